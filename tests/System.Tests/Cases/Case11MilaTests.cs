
namespace Barnahus.SystemTests.Cases;

/// <summary>Case 11: Mila, about 16, seen in an advert. Nobody knows where she is.</summary>
public abstract class Case11MilaTests(IShape shape)
{
    private static readonly DateTimeOffset ReviewDay = new(2026, 10, 5, 9, 0, 0, TimeSpan.FromHours(2));

    [SkippableFact]
    public async Task Mila_stays_looked_for_until_a_review_date_and_is_not_closed_without_a_ground()
    {
        await using var story = await Story.BeginAsync(shape, 11);
        var referral = await story.SubmitAsync(11);
        var path = $"/intake/v1/referrals/{referral}";
        var shown = await story.SeeAsync("intake-officer", path);
        shown.GetProperty("referral").Lacks("region").ShouldBeTrue("no place is known");
        shown.GetProperty("advice").GetProperty("proposed").Texts("route").ShouldBe(["112", "team-zeden"]);
        await story.RefusedAsync("intake-officer", $"{path}/investigation", new { until = "2026-10-05", why = "Hotel zoeken." }, "triage-first");
        await story.SearchAsync(referral);
        await story.TriageAsync(referral);
        await NotClosedAsync(story, path);
        await story.RefusedAsync("intake-officer", $"{path}/acceptance", Story.Team(), "region-required");
        await story.RefusedAsync("intake-officer", $"{path}/investigation", new { until = "2026-10-05" }, "ground-required");
        await story.RefusedAsync("intake-officer", $"{path}/investigation", new { until = "2026-09-21", why = "Hotel zoeken." }, "review-date-in-past");
        await story.DoAsync("intake-officer", $"{path}/investigation", new { until = "2026-10-05", why = "Het hotel wordt gezocht; telefoonnummer is bekend." });
        var before = await story.SeeAsync("intake-officer", path);

        // In the middle: kept open, a power cut, and the same day goes on.
        await story.RestartAsync();
        (await story.SeeAsync("intake-officer", path)).ToString().ShouldBe(before.ToString());
        (await story.SubmitAsync(11, expected: 200)).ShouldBe(referral);
        await ReviewAsync(story, referral, overdue: false);
        await NotClosedAsync(story, path);

        await story.RestartAsync(ReviewDay);
        await ReviewAsync(story, referral, overdue: true);
        await NotClosedAsync(story, path);
        var open = (await story.SeeAsync("intake-officer", "/intake/v1/referrals")).EnumerateArray().ShouldHaveSingleItem();
        open.Id("referralId").ShouldBe(referral);
        open.Text("status").ShouldBe("under-investigation");
        open.Text("reviewOn").ShouldBe("2026-10-05");
        open.Lacks("childId").ShouldBeTrue();
    }

    private static async Task NotClosedAsync(Story story, string path)
    {
        await story.RefusedAsync("intake-officer", $"{path}/closure", new { }, "ground-required");
        await story.RefusedAsync("intake-officer", $"{path}/closure", new { ground = "  " }, "ground-required");
        await story.RefusedAsync("intake-officer", $"{path}/redirection", new { to = "avim" }, "ground-required");
    }

    private static async Task ReviewAsync(Story story, Guid referral, bool overdue)
    {
        var task = (await story.SeeAsync("intake-officer", "/intake/v1/tasks")).EnumerateArray().ShouldHaveSingleItem();
        task.Text("kind").ShouldBe("review");
        task.Id("referralId").ShouldBe(referral);
        task.Text("dueOn").ShouldBe("2026-10-05");
        task.GetProperty("overdue").GetBoolean().ShouldBe(overdue);
    }
}
