using System.Text.Json;

namespace Barnahus.SystemTests.Cases;

/// <summary>Case 09: a girl of about 15 tells in an anonymous chat that her stepfather brings men home. Her mother may know nothing.</summary>
public abstract class Case09AnonymousChatTests(IShape shape)
{
    private const string Acceptance = "chat-acceptance";

    [SkippableFact]
    public async Task An_anonymous_girl_gets_a_file_of_her_own_and_neither_her_mother_nor_her_stepfather_is_told()
    {
        await using var story = await Story.BeginAsync(shape, 9);
        var referral = await story.SubmitAsync(9);
        await WeighedAsync(story, referral);
        var childId = await story.AcceptAsync(referral, key: Acceptance);
        await story.KnownEverywhereAsync(childId);
        await NobodyIsToldAsync(story, childId);
        (await FileAsync(story, childId)).OpenTasks().ShouldBe(["individual-assessment", "identify-child"], ignoreOrder: true);

        // In the middle: accepted, and nobody knows yet who she is.
        var before = await story.TimelineAsync(childId);
        await story.RestartAsync();
        (await story.TimelineAsync(childId)).ShouldGoOnFrom(before);
        (await story.SubmitAsync(9, expected: 200)).ShouldBe(referral);
        (await story.AcceptAsync(referral, key: Acceptance)).ShouldBe(childId);
        (await FileAsync(story, childId)).OpenTasks().ShouldBe(["individual-assessment", "identify-child"], ignoreOrder: true);

        await story.DoAsync(
            "intake-officer", $"/intake/v1/children/{childId}/identification", new { givenName = "Femke", familyName = "Postma", birthDate = "2011-03-08" });
        (await FileAsync(story, childId)).OpenTasks().ShouldBe(["individual-assessment", "special-guardian", "lawyer"], ignoreOrder: true);
        await NobodyIsToldAsync(story, childId);
        await AtTheEndAsync(story, referral, childId);
    }

    private static async Task WeighedAsync(Story story, Guid referral)
    {
        var path = $"/intake/v1/referrals/{referral}";
        var shown = await story.SeeAsync("intake-officer", path);
        shown.GetProperty("referral").GetProperty("anonymous").GetBoolean().ShouldBeTrue();
        shown.GetProperty("referral").Text("region").ShouldBe("Noord-Nederland");
        shown.GetProperty("advice").GetProperty("reportObligatory").GetBoolean().ShouldBeTrue();
        (await story.SeeAsync("intake-officer", "/intake/v1/tasks")).EnumerateArray().ShouldHaveSingleItem().Text("kind").ShouldBe("identify-child");
        (await story.SearchAsync(referral)).GetProperty("candidates").GetArrayLength().ShouldBe(0);
        await story.RefusedAsync("intake-officer", $"{path}/triage", new { routes = new[] { "112", "team-zeden", "veilig-thuis" } }, "deviation-reason-required");
        await story.TriageAsync(referral);

        var chosen = (await story.SeeAsync("intake-officer", path)).GetProperty("triage").GetProperty("chosen");
        chosen.Texts("route").ShouldBe(["112", "avim", "team-zeden", "veilig-thuis"]);
        chosen.EnumerateArray().Single(one => one.Text("route") == "avim").Text("unit").ShouldBe("Noord-Nederland", "where she lives");
    }

    private static async Task NobodyIsToldAsync(Story story, Guid childId)
    {
        var file = await FileAsync(story, childId);
        file.GetProperty("wishes").Texts("words").ShouldBe(["Mijn moeder mag niets weten."]);
        var parents = file.GetProperty("representatives").EnumerateArray().ToDictionary(one => one.Text("relation"), StringComparer.Ordinal);
        parents.Keys.ShouldBe(["stepfather", "mother"], ignoreOrder: true);
        foreach (var who in new[] { "intake-officer", "safety-coordinator", "interviewer" })
        {
            await story.RefusedAsync(who, $"/intake/v1/children/{childId}/informing", Told(parents["mother"]), "child-does-not-wish");
            await story.RefusedAsync(who, $"/intake/v1/children/{childId}/informing", Told(parents["stepfather"]), "person-suspected");
        }
    }

    private static object Told(JsonElement parent) => new { personId = parent.Id("personId"), what = "Uw dochter heeft zich gemeld.", means = "phone" };

    private static Task<JsonElement> FileAsync(Story story, Guid childId) => story.SeeAsync("intake-officer", $"/intake/v1/children/{childId}");

    private static async Task AtTheEndAsync(Story story, Guid referral, Guid childId)
    {
        var file = await FileAsync(story, childId);
        file.Text("status").ShouldBe("open");
        file.GetProperty("identity").Text("familyName").ShouldBe("Postma");
        file.GetProperty("identity").GetProperty("age").GetInt32().ShouldBe(15);
        file.GetProperty("identity").GetProperty("minor").GetBoolean().ShouldBeTrue();
        file.GetProperty("referrals").EnumerateArray().ShouldHaveSingleItem().Id("referralId").ShouldBe(referral);
        (await story.SeeAsync("intake-officer", $"/intake/v1/referrals/{referral}")).GetProperty("referral").Text("status").ShouldBe("accepted");
        (await story.SeeAsync("intake-officer", "/intake/v1/referrals")).GetArrayLength().ShouldBe(1);

        var timeline = await story.TimelineAsync(childId);
        foreach (var once in new[]
        {
            "intake.referral-received.v1", "intake.referral-triaged.v2", "intake.referral-accepted.v1", "intake.child-file-opened.v1",
            "intake.child-identity-completed.v1", "intake.child-task-done.v2", "turnaround.case-opened.v1",
        })
        {
            timeline.Of(once).ShouldBe(1, once);
        }

        timeline.Of("intake.child-task-arisen.v2").ShouldBe(4, "assessment, identity; then special guardian and lawyer");
        timeline.Of("intake.child-representative-informed.v1").ShouldBe(0);
    }
}
