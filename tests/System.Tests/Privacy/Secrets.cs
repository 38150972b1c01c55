using System.Text.Json;

namespace Barnahus.SystemTests.Privacy;

/// <summary>
/// Everything that people write about a child, written once, with one word in every text: wherever that word stands in clear afterwards, something leaks.
/// Kayleigh's file has it all; what happens to referrals and to merged files is told of others.
/// </summary>
internal sealed class Secrets(Story story)
{
    /// <summary>In no name, code or file of ours.</summary>
    public const string Word = "Kwikstaart";

    private int _written;
    private Guid _referral;

    public Guid Child { get; private set; }

    private string Text => $"{Word} {++_written}";

    public async Task WriteAsync()
    {
        await ReferralsAsync();
        Child = await AcceptAsync(2);
        await FileAsync($"/intake/v1/children/{Child}");
        await InterviewsAsync(Story.Interviews(Child));
        await SafetyAsync($"/safety/v1/children/{Child}");
        await CaseAsync();
        await RosterAsync();
        await MergeAsync();
        await EndAsync($"/intake/v1/children/{Child}");
    }

    private Task<JsonElement> OfficerAsync(string path, object body) => story.DoAsync("intake-officer", path, body);

    private async Task<Guid> AcceptAsync(int number, Guid? join = null)
    {
        var referral = _referral = await story.SubmitAsync(number);
        await story.SearchAsync(referral);
        await story.TriageAsync(referral, new { note = $"Geen loverboy: {Text}" });
        var child = await story.AcceptAsync(referral, join, null, Story.Member("youth-care"), Story.Member("medical"));
        if (join is not null)
        {
            await OfficerAsync($"/intake/v1/children/{child}/join-correction", new { referralId = referral, reason = Text });
            return child;
        }

        await story.KnownEverywhereAsync(child);
        return child;
    }

    private async Task ReferralsAsync()
    {
        var closed = $"/intake/v1/referrals/{await story.SubmitAsync(11)}";
        await OfficerAsync($"{closed}/identification", new { givenName = Text });
        await OfficerAsync($"{closed}/triage", new { note = Text, whyStepsNotTaken = Text, routes = new[] { "team-zeden" }, deviationReason = Text });
        await OfficerAsync($"{closed}/investigation", new { until = "2026-10-05", why = Text });
        await OfficerAsync($"{closed}/closure", new { ground = Text });
        var redirected = await story.SubmitAsync(8);
        await story.TriageAsync(redirected);
        await OfficerAsync($"/intake/v1/referrals/{redirected}/redirection", new { to = "veilig-thuis", ground = Text });
    }

    private async Task FileAsync(string path)
    {
        var referral = _referral;
        await AcceptAsync(12, join: Child);
        await OfficerAsync($"{path}/identification", new { familyName = Text, birthDate = "2009-02-14" });

        // A task that follows from her birth date is withdrawn with it, and arises again.
        await OfficerAsync($"{path}/corrections", new { field = "birthDate", value = "2013-02-14", reason = Text });
        await OfficerAsync($"{path}/corrections", new { field = "birthDate", value = "2009-02-14", reason = Text });
        await OfficerAsync($"{path}/wishes", new { words = Text });
        await OfficerAsync($"{path}/needs", new { lvb = true, extraBreaks = true, supportPerson = true, text = new[] { Text } });
        var personId = Guid.CreateVersion7();
        await OfficerAsync($"{path}/representatives", new { personId, name = Text, relation = "guardian", contact = Text, childAllows = true });
        await OfficerAsync($"{path}/informing", new { personId, what = Text });
        await OfficerAsync($"{path}/representatives", new { name = Text, relation = "stepfather", custody = true, suspected = true });
        await OfficerAsync($"{path}/tasks/completion", new { kind = "special-guardian", note = Text });
        await OfficerAsync($"{path}/involvements", new { category = "suspect", name = Text, relation = "ronselaar", note = Text, description = Text });
        await OfficerAsync($"{path}/individual-assessments", new { circumstances = Text, measures = new[] { Text }, wishes = Text });
        await OfficerAsync($"{path}/corrections", new { field = "givenName", value = Text, reason = $"Geen loverboy: {Text}" });
        await OfficerAsync($"{path}/corrections", new { referralId = referral, field = "facts[0].what", value = Text, reason = Text });
        await OfficerAsync($"{path}/restrictions", new { part = "wishes", kind = "processing", reason = Text });
        await OfficerAsync($"{path}/restrictions", new { part = "wishes", kind = "processing", reason = Text, lift = true });
    }

    private async Task InterviewsAsync(string path)
    {
        var file = $"/interviews/v1/children/{Child}";
        await story.DoAsync("interviewer", $"{file}/own-times", new { travelMinutes = 10 });
        await story.DoAsync("prosecutor", $"{file}/suspect-status", new { heardAs = "victim", caution = Text, lawyer = Text, reasoning = Text });
        var appointment = await story.DoAsync("medical", $"{file}/medical-appointments", new { at = story.Now.AddDays(1), place = Text, forensic = false }, 201);
        await story.DoAsync("medical", $"{file}/medical-appointments/{appointment.Id("appointmentId")}/examination", new { });
        var first = $"{path}/{await story.RequestAsync(Child, Text)}";
        await DecideAsync(first, groundApproved: false);
        await story.DoAsync("interviewer", $"{first}/psychologist", new { psychologistId = "p-meijer" });
        await story.DoAsync("psychologist", $"{first}/advice", new { setting = Text, pace = Text, trauma = Text, triggers = new[] { Text }, wording = new[] { Text }, breaks = Text });
        await story.DoAsync("interviewer", $"{first}/advice-acknowledgement", new { version = 1 });
        await story.DoAsync("interviewer", $"{first}/pre-visit", new { tellingWillWork = true, impression = Text });
        foreach (var rule in new[] { "booked-time", "booked-interviewer" })
        {
            await story.DoAsync("prosecutor", $"{first}/waivers", new { rule, why = Text });
        }

        var id = Guid.Parse(first.Split('/')[^1]);
        await BookAsync(id, "booking", 0);
        await BookAsync(id, "rescheduling", 1);
        await story.DoAsync("interviewer", $"{first}/start", new { });
        foreach (var phase in new[] { "introduction", "free-recall", "closure" })
        {
            await story.DoAsync("interviewer", $"{first}/phases", new { phase });
        }

        await story.DoAsync("interviewer", $"{first}/completion", new
        {
            recording = Text,
            recordingSha256 = new string('a', 64),
            present = new[] { new { who = Text, place = "interview-room" } },
            deviations = new[] { Text },
            remark = Text,
        });
        var asked = await story.DoAsync("interviewer", path, new { kind = "supplementary", question = Text, ground = Text }, 201);
        var second = $"{path}/{asked.Id("interviewId")}";
        await DecideAsync(second, groundApproved: true);
        await story.DoAsync("interviewer", $"{second}/psychologist", new { psychologistId = "p-meijer" });
        await BookAsync(asked.Id("interviewId"), "booking", 2);
        await story.DoAsync("interviewer", $"{second}/cancellation", new { code = "child-unwell", reason = Text });
    }

    private Task<JsonElement> DecideAsync(string path, bool groundApproved) =>
        story.DoAsync("prosecutor", $"{path}/decision", new { approved = true, groundApproved, reasoning = Text, contraIndications = new[] { Text } });

    private async Task BookAsync(Guid interview, string how, int slot)
    {
        var slots = await story.SlotsAsync(Child, interview, $"{story.Now.AddDays(3):O}", $"{story.Now.AddDays(17):O}");
        var best = slots.GetProperty("slots")[slot];
        var choice = JsonSerializer.SerializeToNode(new { start = best.Text("start"), roomId = best.Text("roomId"), interviewerId = best.Text("interviewerId") })!;
        if (how == "rescheduling")
        {
            choice["reason"] = Text;
        }

        await story.DoAsync("interviewer", $"{Story.Interviews(Child)}/{interview}/{how}", choice);
    }

    private async Task SafetyAsync(string path)
    {
        Task<JsonElement> DoAsync(string what, object body, int expected = 201) => story.DoAsync("safety-coordinator", $"{path}/{what}", body, expected);
        await DoAsync("risk-assessments", new { level = "high", factors = new[] { Text }, protectiveFactors = new[] { Text }, reasoning = Text, childsView = Text });
        await DoAsync("safety-plans", new { goals = new[] { Text }, agreements = new[] { new { what = Text, who = Text, when = Text } }, childsWords = Text });
        foreach (var last in new[] { "ending", "withdrawal" })
        {
            var proposed = await DoAsync("measures", new { type = "shelter-place", ground = Text, ownerOrganisation = Text, ownerPerson = Text, details = Text, end = story.Now.AddDays(20) });
            var measure = $"measures/{proposed.Id("measureId")}";
            await DoAsync($"{measure}/activation", new { }, 200);
            if (last == "ending")
            {
                await DoAsync($"{measure}/confirmation", new { note = Text }, 200);
                await DoAsync($"{measure}/extension", new { end = story.Now.AddDays(40), ground = Text }, 200);
            }

            await DoAsync($"{measure}/{last}", new { reason = Text }, 200);
        }

        await DoAsync("incidents", new { happenedAt = story.Now.AddDays(-1), what = Text, where = Text, taken = Text });
        await DoAsync("triggers", new { type = "runaway", what = Text });
        await DoAsync("contacts", new { name = Text, relation = "school", phone = Text, mayBeTold = new[] { "contact" }, note = Text });
        await DoAsync("report-route", new { steps = new[] { new { when = Text, who = Text, phone = Text } } }, 200);
        await DoAsync("willingness", new { standing = "undecided", explained = new[] { Text }, childsWords = Text });
        await DoAsync("whereabouts", new { place = Text, with = Text, reachable = Text });
    }

    private async Task CaseAsync()
    {
        var board = await story.SeeAsync("prosecutor", "/turnaround/v1/board?pageSize=100");
        var path = $"/turnaround/v1/cases/{board.OfChild(Child).First().Id("caseId")}";
        Task<JsonElement> DoAsync(string what, object body) => story.DoAsync("prosecutor", $"{path}/{what}", body);
        await DoAsync("milestones", new { milestone = "file-to-om", at = story.Now.AddHours(-3), parketnummer = "13/123456-26", procesVerbaalnummer = "PL0900-2026-118" });
        await DoAsync("milestones", new { milestone = "file-to-om", at = story.Now.AddHours(-2), correction = Text });
        var clock = (await story.SeeAsync("prosecutor", path)).GetProperty("clocks").EnumerateArray().First(one => one.Text("clock") == "receipt-to-first-assessment").Id("clockId");
        await DoAsync("targets", new { clockId = clock, due = story.Now.AddDays(30), planOfApproach = Text });
        await DoAsync("extensions", new { clockId = clock, due = story.Now.AddDays(60), reason = Text });
        await DoAsync("suspensions", new { clockId = clock, reason = Text });
    }

    private async Task RosterAsync()
    {
        await story.DoAsync("planner", "/interviews/v1/people", new { id = "t-secret", role = "interpreter", name = Text, regions = new[] { "Limburg" }, languages = new[] { "ti" } }, 201);
        await story.DoAsync("planner", "/interviews/v1/availabilities", new { kind = "working-hours", personId = "t-secret", hours = new[] { new { day = "monday", from = "09:10", to = "12:35" } } }, 201);
        await story.DoAsync("planner", "/interviews/v1/availabilities", new { kind = "absence", personId = "t-secret", from = story.Now.AddDays(40), to = story.Now.AddDays(41) }, 201);
    }

    /// <summary>Hers turns out to be the second file of a child: all that was written goes on in the other, under its key.</summary>
    private async Task MergeAsync()
    {
        var other = await AcceptAsync(9);
        await OfficerAsync($"/intake/v1/children/{other}/merge", new { from = Child, reason = Text });
        await story.EventuallyAsync(
            "interviewer", Story.Interviews(other), shown => shown.GetProperty("items").EnumerateArray().Count() == 2, "the interviews are carried over");
        Child = other;
    }

    private async Task EndAsync(string path)
    {
        var broken = await story.DoAsync("intake-officer-2", $"{path}/access/break-glass", new { reason = Text });
        await story.DoAsync("safety-coordinator", $"{path}/access/reviews", new { breakId = broken.Id("breakId"), justified = true, remark = Text });
        await OfficerAsync($"{path}/handover", new { to = "00000000000099900106", arrangement = Text });
        await OfficerAsync($"{path}/closure", new { ground = Text });
        await OfficerAsync($"{path}/reopening", new { ground = Text });
        await story.TimelineAsync(Child);
    }
}
