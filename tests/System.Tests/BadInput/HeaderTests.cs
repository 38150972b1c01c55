using System.Text.Json;

namespace Barnahus.SystemTests.BadInput;

/// <summary>
/// What api.md promises of every command: sent twice with one Idempotency-Key it gets the same answer and the head moves once; decided on what has
/// changed since it is refused (412). Shown in the middle of a case for what its people do to referral, file, interview, safety and roster.
/// </summary>
public sealed class HeaderTests
{
    private const string Referral = "/api/intake/v1/referrals/{referralId}";
    private const string Child = "/api/intake/v1/children/{childId}";
    private const string Interviews = "/api/interviews/v1/children/{childId}";
    private const string Interview = Interviews + "/interviews/{interviewId}";
    private const string Safety = "/api/safety/v1/children/{childId}";
    private const string Measure = Safety + "/measures/{measureId}";

    [Fact]
    public async Task Every_command_keeps_the_promises_of_its_headers()
    {
        await using var story = await Story.BeginAsync(new InOneProcess(), 4);
        var twice = new Twice(story);
        var child = await AcceptAsync(story, twice);
        await FileAsync(twice, child);
        await InterviewAsync(twice, child);
        await SafetyAsync(twice, child);
        await RosterAsync(twice);

        twice.Complaints.ShouldBeEmpty();
        twice.Shown.Count.ShouldBeGreaterThan(35);
    }

    private static async Task<string> AcceptAsync(Story story, Twice twice)
    {
        var closed = $"{await story.SubmitAsync(11)}";
        await twice.DoAsync("intake-officer", Referral + "/identification", new { givenName = "Mila" }, [closed]);
        await twice.DoAsync("intake-officer", Referral + "/triage", new { note = "tekst" }, [closed]);
        await twice.DoAsync("intake-officer", Referral + "/investigation", new { until = "2026-10-05", why = "tekst" }, [closed]);
        await twice.DoAsync("intake-officer", Referral + "/closure", new { ground = "tekst" }, [closed]);
        var redirected = $"{await story.SubmitAsync(8)}";
        await story.TriageAsync(Guid.Parse(redirected));
        await twice.DoAsync("intake-officer", Referral + "/redirection", new { to = "veilig-thuis", ground = "tekst" }, [redirected]);
        var own = await story.SubmitAsync(1);
        await story.SearchAsync(own);
        await story.TriageAsync(own);
        var accepted = await twice.DoAsync("intake-officer", Referral + "/acceptance", Story.Team(Story.Member("youth-care")), [$"{own}"]);
        var child = accepted.Id("childId");
        await story.KnownEverywhereAsync(child);
        return $"{child}";
    }

    private static async Task FileAsync(Twice twice, string child)
    {
        await ChangeAsync("wishes", new { words = "tekst" });
        await ChangeAsync("needs", new { lvb = false, text = new[] { "tekst" } });
        await ChangeAsync("representatives", new { name = "tekst", relation = "guardian" });
        await ChangeAsync("involvements", new { category = "witness", name = "tekst" });
        await ChangeAsync("individual-assessments", new { circumstances = "tekst", measures = new[] { "tekst" } });
        await ChangeAsync("corrections", new { field = "givenName", value = "Jasper", reason = "tekst" });
        await ChangeAsync("restrictions", new { part = "involvements", kind = "processing", reason = "tekst" });
        await ChangeAsync("team-members", Story.Member("medical"));
        await ChangeAsync("team-members", Story.Member("interviewer-2", "interviewer"));
        await ChangeAsync("access/conflicts", new { accountId = Guid.NewGuid() });
        await ChangeAsync("safety-coordinator", new { accountId = Story.IdOf("safety-coordinator"), reason = "tekst" });

        Task<JsonElement> ChangeAsync(string what, object body) => twice.DoAsync("intake-officer", $"{Child}/{what}", body, [child]);
    }

    private static async Task InterviewAsync(Twice twice, string child)
    {
        await twice.DoAsync("interviewer", Interviews + "/own-times", new { travelMinutes = 20 }, [child]);
        var asked = await twice.DoAsync("interviewer", Interviews + "/interviews", new { kind = "forensic", question = "tekst" }, [child]);
        string[] interview = [child, $"{asked.Id("interviewId")}"];
        await twice.DoAsync("prosecutor", Interview + "/decision", new { approved = true, reasoning = "tekst" }, interview);
        await twice.DoAsync("interviewer", Interview + "/psychologist", new { psychologistId = "p-meijer" }, interview);
        await twice.DoAsync("psychologist", Interview + "/advice", new { setting = "tekst", pace = "rustig" }, interview);
        await twice.DoAsync("interviewer", Interview + "/advice-acknowledgement", new { version = 1 }, interview);
        await twice.DoAsync("interviewer", Interview + "/pre-visit", new { tellingWillWork = true, impression = "tekst" }, interview);
        await twice.DoAsync("prosecutor", Interview + "/waivers", new { rule = "booked-time", why = "tekst" }, interview);
        await twice.DoAsync("interviewer", Interviews + "/medical-appointments", new { at = "2026-09-28T09:00:00Z", forensic = false }, [child]);
        await twice.DoAsync("interviewer", Interview + "/cancellation", new { code = "other", reason = "tekst" }, interview);
    }

    private static async Task SafetyAsync(Twice twice, string child)
    {
        await ChangeAsync("risk-assessments", new { level = "high", factors = new[] { "tekst" }, reasoning = "tekst" });
        await ChangeAsync("safety-plans", new { goals = new[] { "tekst" } });
        await ChangeAsync("triggers", new { type = "runaway", what = "tekst" });
        await ChangeAsync("incidents", new { happenedAt = "2026-09-01T10:00:00Z", what = "tekst" });
        await ChangeAsync("whereabouts", new { place = "tekst" });
        await ChangeAsync("contacts", new { name = "tekst", relation = "school" });
        await ChangeAsync("report-route", new { steps = new[] { new { when = "tekst", who = "tekst", phone = "112" } } });
        await ChangeAsync("willingness", new { standing = "undecided", explained = Array.Empty<string>() });
        var proposed = await ChangeAsync("measures", new { type = "phone-swap", ground = "tekst", ownerOrganisation = "tekst", ownerPerson = "tekst" });
        string[] measure = [child, $"{proposed.Id("measureId")}"];
        await twice.DoAsync("safety-coordinator", Measure + "/activation", new { }, measure);
        await twice.DoAsync("safety-coordinator", Measure + "/confirmation", new { note = "tekst" }, measure);
        await twice.DoAsync("safety-coordinator", Measure + "/ending", new { reason = "tekst" }, measure);

        Task<JsonElement> ChangeAsync(string what, object body) => twice.DoAsync("safety-coordinator", $"{Safety}/{what}", body, [child]);
    }

    private static async Task RosterAsync(Twice twice)
    {
        await twice.DoAsync("planner", "/api/interviews/v1/studios", new { id = "twice", region = "Limburg", name = "tekst" }, hasRevision: false);
        await twice.DoAsync("planner", "/api/interviews/v1/people", new { id = "p-twice", role = "psychologist", name = "tekst", regions = new[] { "Limburg" } }, hasRevision: false);
    }
}
