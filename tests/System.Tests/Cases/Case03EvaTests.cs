namespace Barnahus.SystemTests.Cases;

/// <summary>Case 03: Eva, 16, raped by the coach who would help her lose weight. Her father may know, her mother not yet.</summary>
public abstract class Case03EvaTests(IShape shape)
{
    private const string Booking = "eva-booking";

    [SkippableFact]
    public async Task Eva_is_heard_at_Leeuwarden_after_lunch_within_the_forensic_window_and_her_mother_is_told_nothing()
    {
        await using var story = await Story.BeginAsync(shape, 3);
        var referral = await story.SubmitAsync(3);
        await story.SearchAsync(referral);
        await story.TriageAsync(referral);
        (await story.SeeAsync("intake-officer", $"/intake/v1/referrals/{referral}")).GetProperty("triage").GetProperty("chosen").Texts("route")
            .ShouldBe(["112", "team-zeden"]);
        var childId = await story.AcceptAsync(referral, key: "eva-acceptance");
        await story.KnownEverywhereAsync(childId);
        var (father, mother) = await ParentsAsync(story, childId);
        await ToldAsync(story, childId, father, mother);
        var interviewId = await story.RequestAsync(childId, "Wat deed de coach?");
        await story.PrepareAsync(childId, interviewId, "p-hoekstra", new { setting = "Na de lunch, vader in de wachtkamer", pace = "langzaam: dissocieert bij snelle vragen" });
        var before = await story.TimelineAsync(childId);
        var (slot, booked) = await BookedAsync(story, childId, interviewId, father, mother);

        // In the middle: the booking is acknowledged and nothing of it has reached the others.
        await story.RestartAsync();
        (await story.DoAsync("interviewer", $"{Story.Interviews(childId)}/{interviewId}/booking", slot, key: Booking)).ToString().ShouldBe(booked);
        (await story.SubmitAsync(3, expected: 200)).ShouldBe(referral);
        await ToldAsync(story, childId, father, mother);
        await AtTheEndAsync(story, childId, interviewId);
        (await story.TimelineAsync(childId)).ShouldGoOnFrom(before);
    }

    private static async Task<(Guid Father, Guid Mother)> ParentsAsync(Story story, Guid childId)
    {
        var file = await story.SeeAsync("intake-officer", $"/intake/v1/children/{childId}");
        file.GetProperty("wishes").Texts("words").ShouldBe(["Mijn vader mag het weten, mijn moeder nog niet."]);
        var parents = file.GetProperty("representatives").EnumerateArray().ToDictionary(one => one.Text("relation"), StringComparer.Ordinal);
        parents["father"].GetProperty("mayBeInformed").GetBoolean().ShouldBeTrue();
        parents["mother"].Text("whyNotInformed").ShouldBe("child-does-not-wish");
        return (parents["father"].Id("personId"), parents["mother"].Id("personId"));
    }

    /// <summary>Whoever tries, and whatever the way: the mother is not told. The father is, once however often it is sent.</summary>
    private static async Task ToldAsync(Story story, Guid childId, Guid father, Guid mother)
    {
        var path = $"/intake/v1/children/{childId}/informing";
        foreach (var who in new[] { "intake-officer", "safety-coordinator", "interviewer" })
        {
            await story.RefusedAsync(who, path, new { personId = mother, what = "Eva wordt gehoord.", means = "phone" }, "child-does-not-wish");
        }

        await story.RefusedAsync(
            "safety-coordinator",
            $"/safety/v1/children/{childId}/contacts",
            new { name = "J. de Wit", relation = "mother", personId = mother, mayBeTold = new[] { "interview" } },
            "may-not-be-informed");
        await story.DoAsync("intake-officer", path, new { personId = father, what = "Eva wordt in Leeuwarden gehoord.", means = "phone" }, key: "eva-father");
    }

    private static async Task<(object Slot, string Booked)> BookedAsync(Story story, Guid childId, Guid interviewId, Guid father, Guid mother)
    {
        var path = $"{Story.Interviews(childId)}/{interviewId}/booking";
        var answer = await story.SlotsAsync(childId, interviewId, "2026-09-07T00:00:00+02:00", "2026-09-08T00:00:00+02:00");
        var starts = answer.GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("start").GetDateTimeOffset()).ToList();
        starts.ShouldNotBeEmpty();
        starts.ShouldAllBe(start => start >= DateTimeOffset.Parse("2026-09-07T13:30:00+02:00"));
        answer.GetProperty("slots").Texts("roomId").Distinct().ShouldBe(["lwd-1"]);
        var best = answer.GetProperty("slots")[0];

        await story.RefusedAsync("interviewer", path, Slot("2026-09-07T13:15:00+02:00"), "child-not-before");
        await story.RefusedAsync("interviewer", path, Slot(best.Text("start"), new { personId = mother, place = "welcome" }), "may-not-be-informed");
        var slot = Slot(best.Text("start"), new { personId = father, place = "waiting-room" });
        var booked = await story.DoAsync("interviewer", path, slot, key: Booking);
        booked.Text("status").ShouldBe("booked");
        return (slot, booked.ToString());
    }

    private static async Task AtTheEndAsync(Story story, Guid childId, Guid interviewId)
    {
        var interview = (await story.SeeAsync("interviewer", Story.Interviews(childId))).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        interview.Id("interviewId").ShouldBe(interviewId);
        interview.Text("status").ShouldBe("booked");
        var booking = interview.GetProperty("booking");
        booking.Text("roomId").ShouldBe("lwd-1");
        booking.Text("interviewerId").ShouldBe("i-dijkstra");
        booking.Text("psychologistId").ShouldBe("p-hoekstra");
        booking.GetProperty("start").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(DateTimeOffset.Parse("2026-09-07T13:30:00+02:00"));
        var agenda = (await story.SeeAsync("planner", "/interviews/v1/agenda?region=Noord-Nederland&from=2026-09-07T00:00:00Z&to=2026-09-12T00:00:00Z")).GetProperty("items");
        agenda.EnumerateArray().ShouldHaveSingleItem().Text("status").ShouldBe("confirmed");

        var clocks = await story.ClocksAsync(childId);
        clocks.Keys.ShouldBe(["report-to-file", "referral-to-assessment", "request-to-interview", "forensic-window"], ignoreOrder: true);
        clocks.Values.ShouldAllBe(clock => clock.Text("state") == "running");
        var window = clocks["forensic-window"];
        window.GetProperty("due").GetDateTimeOffset().ShouldBe(DateTimeOffset.Parse("2026-09-10T22:00:00+02:00"));
        booking.GetProperty("end").GetDateTimeOffset().ShouldBeLessThan(window.GetProperty("due").GetDateTimeOffset());

        var timeline = await story.TimelineAsync(childId);
        foreach (var once in new[]
        {
            "intake.referral-accepted.v1", "intake.child-file-opened.v1", "intake.child-representative-informed.v1",
            "interviews.interview-requested.v1", "interviews.interview-booked.v2", "turnaround.case-opened.v1",
        })
        {
            timeline.Of(once).ShouldBe(1, once);
        }

        timeline.Of("turnaround.clock-started.v2").ShouldBe(4);
        timeline.Of("safety.contact-set.v1").ShouldBe(0);
    }

    private static object Slot(string start, params object[] attendance) => new { start, roomId = "lwd-1", interviewerId = "i-dijkstra", attendance };
}
