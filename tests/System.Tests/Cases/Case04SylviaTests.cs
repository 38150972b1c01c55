namespace Barnahus.SystemTests.Cases;

/// <summary>Case 04: Sylvia, 15, exploited to pay off drugs: home in Maastricht, exploited in Heerlen, school in Roermond.</summary>
public abstract class Case04SylviaTests(IShape shape)
{
    private const string Booking = "sylvia-booking";

    [SkippableFact]
    public async Task Sylvia_is_heard_at_Maastricht_in_the_afternoon_by_Claessen_with_her_care_coordinator_on_the_team()
    {
        await using var story = await Story.BeginAsync(shape, 4);
        var referral = await story.SubmitAsync(4);
        await TriagedAsync(story, referral);
        await story.SearchAsync(referral);
        var childId = await story.AcceptAsync(referral, key: "sylvia-acceptance");

        // In the middle: accepted, and nobody has heard of it yet.
        await story.RestartAsync();
        (await story.SubmitAsync(4, expected: 200)).ShouldBe(referral);
        (await story.AcceptAsync(referral, key: "sylvia-acceptance")).ShouldBe(childId);
        await story.KnownEverywhereAsync(childId);
        await CareCoordinatorJoinsAsync(story, childId);
        var interviewId = await story.RequestAsync(childId, "Wat moest je doen voor de schuld?");
        await story.PrepareAsync(childId, interviewId, "p-hoekstra", new { setting = "Alleen 's middags, in verband met ontwenning", pace = "rustig" });
        var slot = await BookedAsync(story, childId, interviewId);

        var before = await story.TimelineAsync(childId);
        await story.RestartAsync();
        (await story.DoAsync("interviewer", $"{Story.Interviews(childId)}/{interviewId}/booking", slot, key: Booking)).Text("status").ShouldBe("booked");
        await AtTheEndAsync(story, referral, childId, interviewId);
        (await story.TimelineAsync(childId)).Select(line => line.Id("eventId")).ShouldBe(before.Select(line => line.Id("eventId")));
    }

    private static async Task TriagedAsync(Story story, Guid referral)
    {
        var path = $"/intake/v1/referrals/{referral}";
        var shown = await story.SeeAsync("intake-officer", path);
        shown.GetProperty("municipalities").Texts("name").ShouldBe(["Maastricht", "Heerlen", "Roermond"], ignoreOrder: true);
        shown.GetProperty("advice").GetProperty("proposed").Texts("route").ShouldBe(["112", "avim"]);
        shown.GetProperty("advice").GetProperty("consider").Texts("route").ShouldContain("care-coordinator");
        await story.RefusedAsync("intake-officer", $"{path}/triage", new { routes = new[] { "care-coordinator" } }, "report-obligatory");
        await story.TriageAsync(referral, new { routes = new[] { "112", "avim", "care-coordinator" } });
        var chosen = (await story.SeeAsync("intake-officer", path)).GetProperty("triage").GetProperty("chosen");
        chosen.Texts("route").ShouldBe(["112", "avim", "care-coordinator"]);
        chosen.Texts("unit").ShouldBe(["Limburg", "Limburg", "Limburg"]);
    }

    /// <summary>Until she is on the team the care coordinator sees nothing, not even that there is a file.</summary>
    private static async Task CareCoordinatorJoinsAsync(Story story, Guid childId)
    {
        var file = $"/intake/v1/children/{childId}";
        await story.SeeAsync("youth-care", file, 404);
        await story.RefusedAsync("intake-officer", $"{file}/team-members", Story.Member("planner", "youth-care"), "role-not-held");
        await story.DoAsync("intake-officer", $"{file}/team-members", Story.Member("youth-care"), key: "sylvia-care");
        await story.DoAsync("intake-officer", $"{file}/team-members", Story.Member("youth-care"), key: "sylvia-care");
        (await story.SeeAsync("youth-care", file)).GetProperty("needs").GetProperty("text").Texts().ShouldBe(["withdrawal: afternoons only"]);
        await story.SeeAsync("youth-care", $"/safety/v1/children/{childId}/plan");
    }

    private static async Task<object> BookedAsync(Story story, Guid childId, Guid interviewId)
    {
        var path = $"{Story.Interviews(childId)}/{interviewId}/booking";
        var slots = (await story.SlotsAsync(childId, interviewId, "2026-09-10T00:00:00+02:00", "2026-09-11T00:00:00+02:00")).GetProperty("slots");
        slots.EnumerateArray().Min(one => one.GetProperty("start").GetDateTimeOffset()).ShouldBe(DateTimeOffset.Parse("2026-09-10T13:00:00+02:00"));
        slots.Texts("roomId").Distinct().ShouldBe(["mst-1"]);
        slots.Texts("interviewerId").Distinct().ShouldBe(["i-claessen"]);
        await story.RefusedAsync("interviewer", path, Slot("2026-09-10T12:45:00+02:00", "mst-1", "i-claessen"), "child-not-before");
        await story.RefusedAsync("interviewer", path, Slot("2026-09-10T13:00:00+02:00", "mst-1", "i-vos"), "interviewer-region");
        await story.RefusedAsync("interviewer", path, Slot("2026-09-10T13:00:00+02:00", "utr-2", "i-claessen"), "other-region");
        var slot = Slot(slots[0].Text("start"), "mst-1", "i-claessen");
        (await story.DoAsync("interviewer", path, slot, key: Booking)).Text("status").ShouldBe("booked");
        return slot;
    }

    private static async Task AtTheEndAsync(Story story, Guid referral, Guid childId, Guid interviewId)
    {
        var file = await story.SeeAsync("youth-care", $"/intake/v1/children/{childId}");
        var told = file.GetProperty("referrals").EnumerateArray().ShouldHaveSingleItem();
        told.Id("referralId").ShouldBe(referral);
        told.GetProperty("municipalities").EnumerateArray().Select(place => (place.Text("code"), string.Join(',', place.GetProperty("involvement").Texts())))
            .ShouldBe([("GM0935", "home"), ("GM0917", "exploitation"), ("GM0957", "school")]);
        file.GetProperty("team").Texts("role")
            .ShouldBe(["intake-officer", "interviewer", "prosecutor", "psychologist", "safety-coordinator", "youth-care"]);
        file.GetProperty("region").GetString().ShouldBe("Limburg");

        var interview = (await story.SeeAsync("youth-care", Story.Interviews(childId))).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        interview.Id("interviewId").ShouldBe(interviewId);
        var booking = interview.GetProperty("booking");
        booking.Text("roomId").ShouldBe("mst-1");
        booking.Text("interviewerId").ShouldBe("i-claessen");
        booking.GetProperty("start").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(2)).TimeOfDay.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(13));
        var agenda = (await story.SeeAsync("planner", "/interviews/v1/agenda?from=2026-09-08T00:00:00Z&to=2026-09-30T00:00:00Z")).GetProperty("items");
        agenda.EnumerateArray().ShouldHaveSingleItem().Text("status").ShouldBe("confirmed");

        var clocks = await story.ClocksAsync(childId);
        clocks.Keys.ShouldBe(["report-to-file", "referral-to-assessment", "request-to-interview"], ignoreOrder: true);
        clocks.Values.ShouldAllBe(clock => clock.Text("state") == "running");
        var timeline = await story.TimelineAsync(childId);
        foreach (var once in new[]
        {
            "intake.referral-accepted.v1", "intake.child-file-opened.v1", "intake.child-involvement-recorded.v1",
            "interviews.interview-requested.v1", "interviews.interview-booked.v2", "turnaround.case-opened.v1",
        })
        {
            timeline.Of(once).ShouldBe(1, once);
        }

        timeline.Of("access.member-added.v1").ShouldBe(6);
        timeline.Of("turnaround.clock-started.v2").ShouldBe(3);
    }

    private static object Slot(string start, string roomId, string interviewerId) => new { start, roomId, interviewerId };
}
