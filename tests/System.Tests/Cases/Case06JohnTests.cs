namespace Barnahus.SystemTests.Cases;

/// <summary>
/// Case 06: John, 14, whose pictures are used to make him lend his bank account. Disclosures are not there yet, so that one to his
/// sports club is refused for want of a legal ground is not played here.
/// </summary>
public abstract class Case06JohnTests(IShape shape)
{
    private const string Wish = "Niemand op de voetbalclub mag het weten.";

    [SkippableFact]
    public async Task John_is_not_in_acute_danger_so_nobody_calls_112_and_what_he_wishes_is_on_the_file()
    {
        await using var story = await Story.BeginAsync(shape, 6);
        var referral = await story.SubmitAsync(6);
        await TriagedAsync(story, referral);
        await story.SearchAsync(referral);

        // In the middle: weighed, searched for and not yet accepted.
        await story.RestartAsync();
        (await story.SubmitAsync(6, expected: 200)).ShouldBe(referral);
        await RoutesAsync(story, referral);
        var childId = await story.AcceptAsync(referral, key: "john-acceptance");

        // Again: accepted, and nobody has heard of it yet.
        await story.RestartAsync();
        (await story.AcceptAsync(referral, key: "john-acceptance")).ShouldBe(childId);
        await story.RefusedAsync("intake-officer", $"/intake/v1/referrals/{referral}/acceptance", Story.Team(), "already-accepted");
        await story.KnownEverywhereAsync(childId);
        await AtTheEndAsync(story, referral, childId);

        var before = await story.TimelineAsync(childId);
        await story.RestartAsync();
        await AtTheEndAsync(story, referral, childId);
        (await story.TimelineAsync(childId)).ShouldGoOnFrom(before);
    }

    /// <summary>He told it himself: a report is no choice. Nothing is acute: 112 is neither proposed nor suggested.</summary>
    private static async Task TriagedAsync(Story story, Guid referral)
    {
        var path = $"/intake/v1/referrals/{referral}";
        var advice = (await story.SeeAsync("intake-officer", path)).GetProperty("advice");
        advice.GetProperty("reportObligatory").GetBoolean().ShouldBeTrue();
        advice.GetProperty("grounds").Texts().ShouldBe(["disclosure-by-child"]);
        advice.GetProperty("proposed").Texts("route").ShouldBe(["avim", "team-zeden"]);
        advice.GetProperty("consider").Texts("route").ShouldBe(["care-coordinator"]);
        await story.RefusedAsync("intake-officer", $"{path}/triage", new { routes = new[] { "care-coordinator" } }, "report-obligatory");
        await story.RefusedAsync("intake-officer", $"{path}/triage", new { routes = new[] { "avim" } }, "deviation-reason-required");
        await story.TriageAsync(referral);
    }

    private static async Task RoutesAsync(Story story, Guid referral)
    {
        var chosen = (await story.SeeAsync("intake-officer", $"/intake/v1/referrals/{referral}")).GetProperty("triage").GetProperty("chosen");
        chosen.Texts("route").ShouldBe(["avim", "team-zeden"]);
        chosen.Texts("unit").ShouldBe(["Amsterdam", "Amsterdam"]);
    }

    private static async Task AtTheEndAsync(Story story, Guid referral, Guid childId)
    {
        await RoutesAsync(story, referral);
        (await story.SeeAsync("intake-officer", $"/intake/v1/referrals/{referral}")).GetProperty("referral").Text("status").ShouldBe("accepted");

        // His words, once, for all of the team who see the file; who is not on it does not see that there is one.
        var path = $"/intake/v1/children/{childId}";
        foreach (var who in new[] { "intake-officer", "interviewer", "prosecutor", "safety-coordinator" })
        {
            (await story.SeeAsync(who, path)).GetProperty("wishes").Texts("words").ShouldBe([Wish], who);
        }

        await story.SeeAsync("youth-care", path, 404);
        var file = await story.SeeAsync("intake-officer", path);
        file.GetProperty("identity").GetProperty("age").GetInt32().ShouldBe(14);
        var told = file.GetProperty("referrals").EnumerateArray().ShouldHaveSingleItem();
        told.Id("referralId").ShouldBe(referral);
        told.GetProperty("acuteUnsafety").GetBoolean().ShouldBeFalse();
        file.OpenTasks().ShouldBe(["individual-assessment"]);

        // Not acute: Safety has three days for its first assessment, and not one.
        var board = (await story.SeeAsync("safety-coordinator", "/safety/v1/board")).GetProperty("items");
        var first = board.EnumerateArray().ShouldHaveSingleItem();
        first.Text("kind").ShouldBe("first-assessment");
        (first.GetProperty("dueAt").GetDateTimeOffset() - file.GetProperty("openedAt").GetDateTimeOffset()).ShouldBe(TimeSpan.FromDays(3));

        (await story.SeeAsync("interviewer", Story.Interviews(childId))).GetProperty("items").GetArrayLength().ShouldBe(0, "nobody has asked for an interview");
        var clocks = await story.ClocksAsync(childId);
        clocks.Keys.ShouldBe(["report-to-file", "referral-to-assessment"], ignoreOrder: true);
        clocks.Values.ShouldAllBe(clock => clock.Text("state") == "running");
        var timeline = await story.TimelineAsync(childId);
        foreach (var once in new[]
        {
            "intake.referral-received.v1", "intake.referral-accepted.v1", "intake.child-file-opened.v1", "turnaround.case-opened.v1",
        })
        {
            timeline.Of(once).ShouldBe(1, once);
        }

        timeline.Of("access.member-added.v1").ShouldBe(5);
        timeline.Of("turnaround.clock-started.v2").ShouldBe(2);
    }
}
