using System.Text.Json;

namespace Barnahus.SystemTests.Cases;

/// <summary>Cases 02 and 12: Kayleigh, whom a hotel reports without a family name, and Veilig Thuis by her full name nineteen days later.</summary>
public abstract class Case02And12KayleighTests(IShape shape)
{
    private const string SecondOfficer = "intake-officer-2";
    private const string Joining = "kayleigh-joining";

    [SkippableFact]
    public async Task Kayleigh_of_the_hotel_and_Kayleigh_van_Dam_become_one_child_with_one_interview()
    {
        await using var story = await Story.BeginAsync(shape, 2);
        var first = await story.SubmitAsync(2);
        await ReportedAsync(story, first);
        (await story.SearchAsync(first)).GetProperty("candidates").GetArrayLength().ShouldBe(0);
        var childId = await story.AcceptAsync(first, key: "kayleigh-acceptance");
        await StandsAsync(story, childId, familyName: null, "identify-child", "individual-assessment");
        await story.KnownEverywhereAsync(childId);
        var interviewId = await story.RequestAsync(childId, "Wat gebeurt er in het hotel?");

        // In the middle: nineteen days go by with the lights out.
        var before = await story.TimelineAsync(childId);
        await story.RestartAsync(Story.Case(12)["time"]!.GetValue<DateTimeOffset>());
        await LateAsync(story, childId);
        (await story.SubmitAsync(2, expected: 200)).ShouldBe(first);

        var second = await story.SubmitAsync(12);
        await OfferedAndNotJoinedAsync(story, second, childId);
        var joined = await JoinAsync(story, second, childId);

        // Again, while what follows is still on its way.
        await story.RestartAsync();
        await LetInAsync(story, childId);
        await AtTheEndAsync(story, first, second, childId, interviewId);
        (await JoinAsync(story, second, childId)).ShouldBe(joined);
        (await story.SubmitAsync(12, expected: 200)).ShouldBe(second);
        var timeline = await story.TimelineAsync(childId);
        timeline.ShouldGoOnFrom(before);
        OnceEach(timeline);
    }

    /// <summary>Acute: a report is no choice, and 112 and AVIM are where it goes.</summary>
    private static async Task ReportedAsync(Story story, Guid referral)
    {
        var path = $"/intake/v1/referrals/{referral}";
        var advice = (await story.SeeAsync("intake-officer", path)).GetProperty("advice");
        advice.GetProperty("reportObligatory").GetBoolean().ShouldBeTrue();
        advice.GetProperty("grounds").Texts().ShouldBe(["acute-unsafety"]);
        advice.GetProperty("proposed").Texts("route").ShouldBe(["112", "avim"]);
        advice.GetProperty("proposed").Texts("unit").ShouldBe(["Midden-Nederland", "Midden-Nederland"]);
        await story.RefusedAsync("intake-officer", $"{path}/triage", new { routes = new[] { "care-coordinator" } }, "report-obligatory");
        await story.RefusedAsync("intake-officer", $"{path}/triage", new { routes = new[] { "avim" } }, "deviation-reason-required");
        await story.RefusedAsync("intake-officer", $"{path}/acceptance", Story.Team(), "search-first");
        (await story.TriageAsync(referral)).GetProperty("reportObligatory").GetBoolean().ShouldBeTrue();
        (await story.SeeAsync("intake-officer", path)).GetProperty("triage").GetProperty("chosen").Texts("route").ShouldBe(["112", "avim"]);
    }

    private static async Task<JsonElement> StandsAsync(Story story, Guid childId, string? familyName, params string[] tasks)
    {
        var file = await story.SeeAsync("intake-officer", $"/intake/v1/children/{childId}");
        var identity = file.GetProperty("identity");
        identity.Text("givenName").ShouldBe("Kayleigh");
        identity.Text("familyName").ShouldBe(familyName ?? "");
        identity.GetProperty("age").GetInt32().ShouldBe(13);
        identity.GetProperty("minor").GetBoolean().ShouldBeTrue();
        identity.Lacks("birthDate").ShouldBe(familyName is null, "an estimated age is no birth date");
        file.GetProperty("region").GetString().ShouldBe("Midden-Nederland");
        file.OpenTasks().ShouldBe(tasks, ignoreOrder: true);
        return file;
    }

    /// <summary>Two clocks ran out meanwhile: each threshold alerts, late and once.</summary>
    private static async Task LateAsync(Story story, Guid childId)
    {
        await story.TimelineAsync(childId);
        var clocks = await story.ClocksAsync(childId);
        clocks.Keys.ShouldBe(["report-to-file", "referral-to-assessment", "request-to-interview"], ignoreOrder: true);
        clocks["report-to-file"].Text("state").ShouldBe("running");
        foreach (var late in new[] { "referral-to-assessment", "request-to-interview" })
        {
            clocks[late].Text("state").ShouldBe("breached", late);
            clocks[late].GetProperty("alerted").EnumerateArray().Select(one => one.GetInt32()).ShouldBe([50, 80, 100], late);
        }
    }

    /// <summary>An officer who is not on the team is told that a file may match and why, and nothing of who the child is; the program joins nothing.</summary>
    private static async Task OfferedAndNotJoinedAsync(Story story, Guid second, Guid childId)
    {
        await story.RefusedAsync(SecondOfficer, $"/intake/v1/referrals/{second}/acceptance", Joined(childId), "search-first");
        var search = await story.DoAsync(SecondOfficer, "/intake/v1/child-searches", new { reference = second });
        var candidate = search.GetProperty("candidates").EnumerateArray().ShouldHaveSingleItem();
        candidate.Id("childId").ShouldBe(childId);
        candidate.GetProperty("why").Texts().ShouldBe(["given-name-age-and-municipality"]);
        candidate.GetProperty("onTeam").GetBoolean().ShouldBeFalse();
        candidate.TryGetProperty("identity", out _).ShouldBeFalse();
        candidate.TryGetProperty("status", out _).ShouldBeFalse();
        (await story.DoAsync(SecondOfficer, "/intake/v1/child-searches", new { givenName = "Kayleigh", estimatedAge = 13, municipalities = new[] { "GM0344" } }))
            .GetProperty("candidates").GetArrayLength().ShouldBe(0, "without a referral nobody learns that a child of others exists");
        await story.SeeAsync(SecondOfficer, $"/intake/v1/children/{childId}", 404);
        (await StandsAsync(story, childId, familyName: null, "identify-child", "individual-assessment")).GetProperty("referrals").GetArrayLength().ShouldBe(1);
        await story.RefusedAsync(SecondOfficer, $"/intake/v1/referrals/{second}/acceptance", Joined(childId), "triage-first");
        await story.DoAsync(SecondOfficer, $"/intake/v1/referrals/{second}/triage", new { });
    }

    /// <summary>Handed over to the team that is there: it names nobody.</summary>
    private static object Joined(Guid childId) => new { childId };

    private static async Task<string> JoinAsync(Story story, Guid second, Guid childId) =>
        (await story.DoAsync(SecondOfficer, $"/intake/v1/referrals/{second}/acceptance", Joined(childId), key: Joining)).ToString();

    /// <summary>Joining a referral to a file of others lets nobody in: the team that is there does.</summary>
    private static async Task LetInAsync(Story story, Guid childId)
    {
        await story.SeeAsync(SecondOfficer, $"/intake/v1/children/{childId}", 404);
        await story.DoAsync("intake-officer", $"/intake/v1/children/{childId}/team-members", Story.Member(SecondOfficer, "intake-officer"));
    }

    private static async Task AtTheEndAsync(Story story, Guid first, Guid second, Guid childId, Guid interviewId)
    {
        var file = await StandsAsync(story, childId, "van Dam", "individual-assessment");
        file.GetProperty("identity").Text("bsn").ShouldBe("999990238");
        file.GetProperty("identity").Text("birthDate").ShouldBe("2013-04-18");
        file.GetProperty("referrals").EnumerateArray().Select(one => one.Id("referralId")).ShouldBe([first, second]);
        file.GetProperty("representatives").EnumerateArray().ShouldHaveSingleItem().Text("relation").ShouldBe("mother");
        file.GetProperty("team").EnumerateArray().Count(member => member.Text("role") == "intake-officer").ShouldBe(2);
        file.GetProperty("team").EnumerateArray().Select(member => member.ToString()).ShouldBeUnique();
        var found = await story.DoAsync(SecondOfficer, "/intake/v1/child-searches", new { bsn = "999990238" });
        found.GetProperty("candidates").EnumerateArray().ShouldHaveSingleItem().Id("childId").ShouldBe(childId);
        (await story.SeeAsync("intake-officer", "/intake/v1/referrals?status=accepted")).GetArrayLength().ShouldBe(2);
        await story.RefusedAsync(SecondOfficer, $"/intake/v1/referrals/{second}/acceptance", Story.Team(), "already-accepted");

        // One interview, whichever referral it is asked for, by whom or on which ground.
        var another = new { kind = "forensic", question = "Wat zag de buurvrouw?" };
        await story.RefusedAsync(SecondOfficer, Story.Interviews(childId), another, "one-interview");
        await story.RefusedAsync("interviewer", Story.Interviews(childId), new { another.kind, another.question, ground = "De tweede melding." }, "one-interview");
        (await story.SeeAsync("interviewer", Story.Interviews(childId))).GetProperty("items").EnumerateArray()
            .ShouldHaveSingleItem().Id("interviewId").ShouldBe(interviewId);
        (await story.ClocksAsync(childId)).Count.ShouldBe(3, "one case, with the clocks it had");
    }

    private static void OnceEach(IReadOnlyList<JsonElement> timeline)
    {
        timeline.Of("intake.referral-received.v1").ShouldBe(2);
        timeline.Of("intake.referral-accepted.v1").ShouldBe(2);
        foreach (var once in new[]
        {
            "intake.child-file-opened.v1", "intake.child-referral-joined.v1", "intake.child-involvement-recorded.v1",
            "interviews.interview-requested.v1", "turnaround.case-opened.v1",
        })
        {
            timeline.Of(once).ShouldBe(1, once);
        }

        timeline.Of("turnaround.clock-started.v2").ShouldBe(3);
        timeline.Of("turnaround.clock-alerted.v2").ShouldBe(6);
        timeline.Of("access.member-added.v1").ShouldBe(6, "five at the hotel's referral, and the officer whom the team let in");
    }
}
