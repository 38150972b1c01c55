using System.Text.Json;

namespace Barnahus.SystemTests.Cases;

/// <summary>Case 08: Lotte, 14, found by the police in the park. The forensic medical examination comes first.</summary>
public abstract class Case08LotteTests(IShape shape)
{
    private const string Plan = "lotte-plan";
    private const string Examination = "lotte-examination";
    private const string Booking = "lotte-booking";

    private static readonly DateTimeOffset WindowEnds = DateTimeOffset.Parse("2026-09-22T03:05:00+02:00");
    private static readonly object Appointment = new { at = "2026-09-15T09:00:00+02:00", place = "CSG Utrecht, forensisch arts", forensic = true };

    [SkippableFact]
    public async Task Lotte_is_examined_within_seven_days_of_the_park_and_only_then_booked_in_utr_2()
    {
        await using var story = await Story.BeginAsync(shape, 8);
        var referral = await story.SubmitAsync(8);
        await TriagedAsync(story, referral);
        await story.SearchAsync(referral);
        var childId = await story.AcceptAsync(referral, key: "lotte-acceptance", others: Story.Member("medical"));
        await story.KnownEverywhereAsync(childId);
        var interviewId = await story.RequestAsync(childId, "Wat is er in het park gebeurd?", "lotte-request");
        await story.PrepareAsync(childId, interviewId, "p-meijer", new { setting = "Eigen trui, haar moeder in de wachtkamer", pace = "langzaam" });
        await NothingBeforeTheExaminationAsync(story, childId, interviewId);
        var before = await story.TimelineAsync(childId);

        // In the middle: asked for, prepared, and refused.
        await story.RestartAsync();
        (await story.TimelineAsync(childId)).ShouldGoOnFrom(before);
        (await story.SubmitAsync(8, expected: 200)).ShouldBe(referral);
        await NothingBeforeTheExaminationAsync(story, childId, interviewId);
        await WindowAsync(story, childId, "running");
        var (appointmentId, planned) = await PlannedAsync(story, childId, interviewId);

        // Planned, and the power fails while she is with the physician.
        await story.RestartAsync(DateTimeOffset.Parse("2026-09-15T10:30:00+02:00"));
        (await story.DoAsync("medical", $"{Child(childId)}/medical-appointments", Appointment, 201, Plan)).ToString().ShouldBe(planned);
        await story.RefusedAsync("interviewer", BookingOf(childId, interviewId), Slot("2026-09-15T14:00:00+02:00"), "medical-first");
        await ExaminedAsync(story, childId, appointmentId);
        var slot = await BookedAsync(story, childId, interviewId);

        var booked = await story.TimelineAsync(childId);
        await story.RestartAsync();
        (await story.DoAsync("interviewer", BookingOf(childId, interviewId), slot, key: Booking)).Text("status").ShouldBe("booked");
        await AtTheEndAsync(story, referral, childId, interviewId, appointmentId);
        (await story.TimelineAsync(childId)).Select(line => line.Id("eventId")).ShouldBe(booked.Select(line => line.Id("eventId")));
    }

    private static async Task TriagedAsync(Story story, Guid referral)
    {
        var advice = (await story.SeeAsync("intake-officer", $"/intake/v1/referrals/{referral}")).GetProperty("advice");
        advice.GetProperty("proposed").Texts("route").ShouldBe(["team-zeden"]);
        advice.GetProperty("consider").Texts("route").ShouldBe(["csg"]);
        await story.TriageAsync(referral, new { routes = new[] { "team-zeden", "csg" } });
    }

    /// <summary>No slot is offered, and one chosen by hand is refused: both by the same rule.</summary>
    private static async Task NothingBeforeTheExaminationAsync(Story story, Guid childId, Guid interviewId)
    {
        var found = await story.SlotsAsync(childId, interviewId, "2026-09-15T00:00:00+02:00", "2026-09-18T00:00:00+02:00");
        found.GetProperty("slotCount").GetInt32().ShouldBe(0);
        found.GetProperty("rejected").EnumerateArray()
            .ShouldContain(one => one.Text("roomId") == "utr-2" && one.GetProperty("rules").Texts().SequenceEqual(new[] { "medical-first" }));
        await story.RefusedAsync("interviewer", BookingOf(childId, interviewId), Slot("2026-09-16T10:00:00+02:00"), "medical-first");
        (await AgendaAsync(story)).GetArrayLength().ShouldBe(0, "a refused booking holds nothing");
    }

    /// <summary>One minute after the window is too late for traces; a plan alone opens no booking, but what is offered lies behind it.</summary>
    private static async Task<(Guid AppointmentId, string Planned)> PlannedAsync(Story story, Guid childId, Guid interviewId)
    {
        var path = $"{Child(childId)}/medical-appointments";
        await story.RefusedAsync("medical", path, new { at = WindowEnds.AddMinutes(1), forensic = true }, "forensic-window");
        var planned = await story.DoAsync("medical", path, Appointment, 201, Plan);
        planned.GetProperty("forensicWindowEnds").GetDateTimeOffset().ShouldBe(WindowEnds);
        planned.GetProperty("advice").Texts().ShouldBe(["do-not-wash", "do-not-eat-or-drink", "do-not-change-clothes", "do-not-ask-about-what-happened"]);

        var slots = (await story.SlotsAsync(childId, interviewId, "2026-09-15T00:00:00+02:00", "2026-09-16T00:00:00+02:00")).GetProperty("slots");
        slots.EnumerateArray().Select(one => one.GetProperty("start").GetDateTimeOffset())
            .ShouldAllBe(start => start > DateTimeOffset.Parse("2026-09-15T09:00:00+02:00"));
        slots.GetArrayLength().ShouldBeGreaterThan(0);
        await story.RefusedAsync("interviewer", BookingOf(childId, interviewId), Slot(slots[0].Text("start")), "medical-first");
        return (planned.Id("appointmentId"), planned.ToString());
    }

    private static async Task ExaminedAsync(Story story, Guid childId, Guid appointmentId)
    {
        var path = $"{Child(childId)}/medical-appointments/{appointmentId}/examination";
        var done = new { at = "2026-09-15T09:40:00+02:00" };
        await story.DoAsync("interviewer", path, done, 403);
        await story.RefusedAsync("medical", $"{Child(childId)}/medical-appointments/{childId}/examination", done, "unknown-appointment");
        var recorded = await story.DoAsync("medical", path, done, key: Examination);
        (await story.DoAsync("medical", path, done, key: Examination)).ToString().ShouldBe(recorded.ToString());
        await story.RefusedAsync("medical", path, done, "already-examined");
    }

    private static async Task<object> BookedAsync(Story story, Guid childId, Guid interviewId)
    {
        var slots = (await story.SlotsAsync(childId, interviewId, "2026-09-15T00:00:00+02:00", "2026-09-16T00:00:00+02:00")).GetProperty("slots");
        slots.Texts("roomId").Distinct().ShouldBe(["utr-2"]);
        slots.Texts("interviewerId").Distinct().ShouldBe(["i-vos"]);
        slots[0].GetProperty("why").Texts().ShouldContain("same-visit-as-medical");
        var start = slots[slots.GetArrayLength() - 1].Text("start");
        await story.RefusedAsync("interviewer", BookingOf(childId, interviewId), Slot(start, "utr-1"), "room-age");
        var slot = Slot(start);
        (await story.DoAsync("interviewer", BookingOf(childId, interviewId), slot, key: Booking)).Text("status").ShouldBe("booked");
        return slot;
    }

    private static async Task AtTheEndAsync(Story story, Guid referral, Guid childId, Guid interviewId, Guid appointmentId)
    {
        var shown = await story.SeeAsync("intake-officer", $"/intake/v1/referrals/{referral}");
        shown.GetProperty("referral").Text("status").ShouldBe("accepted");
        (await story.SeeAsync("intake-officer", $"/intake/v1/children/{childId}")).OpenTasks().ShouldBe(["individual-assessment"]);

        var known = await story.SeeAsync("medical", Story.Interviews(childId));
        known.GetProperty("medical").Id("appointmentId").ShouldBe(appointmentId);
        var examinedAt = known.GetProperty("medical").GetProperty("examinedAt").GetDateTimeOffset();
        examinedAt.ShouldBe(DateTimeOffset.Parse("2026-09-15T09:40:00+02:00"));
        var seen = await story.SeeAsync("interviewer", Story.Interviews(childId));
        seen.Lacks("medical").ShouldBeTrue("the medical part is the physician's");
        var interview = seen.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        interview.Id("interviewId").ShouldBe(interviewId);
        interview.Text("status").ShouldBe("booked");
        interview.GetProperty("booking").Text("roomId").ShouldBe("utr-2");
        interview.GetProperty("booking").Text("interviewerId").ShouldBe("i-vos");
        interview.GetProperty("booking").GetProperty("start").GetDateTimeOffset().ShouldBeGreaterThan(examinedAt);
        (await AgendaAsync(story)).EnumerateArray().ShouldHaveSingleItem().Text("status").ShouldBe("confirmed");

        await WindowAsync(story, childId, "met");
        var clocks = await story.ClocksAsync(childId);
        clocks.Keys.ShouldBe(["report-to-file", "referral-to-assessment", "request-to-interview", "forensic-window"], ignoreOrder: true);
        clocks.Values.Where(clock => clock.Text("clock") != "forensic-window").ShouldAllBe(clock => clock.Text("state") == "running");
        var timeline = await story.TimelineAsync(childId);
        foreach (var once in new[]
        {
            "intake.referral-accepted.v1", "intake.child-file-opened.v1", "interviews.interview-requested.v1", "interviews.examination-planned.v3",
            "interviews.examination-done.v2", "interviews.interview-booked.v2", "turnaround.case-opened.v1", "turnaround.clock-stopped.v1",
        })
        {
            timeline.Of(once).ShouldBe(1, once);
        }

        timeline.Of("turnaround.clock-started.v2").ShouldBe(4);
    }

    /// <summary>Seven days from 03:05 on the fifteenth, Amsterdam time. That she was examined reaches Turnaround over the bus.</summary>
    private static async Task WindowAsync(Story story, Guid childId, string state)
    {
        var caseId = (await story.SeeAsync("prosecutor", "/turnaround/v1/board?pageSize=100")).OfChild(childId).Select(row => row.Id("caseId")).First();
        var shown = await story.EventuallyAsync(
            "prosecutor", $"/turnaround/v1/cases/{caseId}", one => Window(one).Text("state") == state, $"the forensic window is {state}");
        Window(shown).GetProperty("startedAt").GetDateTimeOffset().ShouldBe(WindowEnds.AddDays(-7));
        Window(shown).GetProperty("due").GetDateTimeOffset().ShouldBe(WindowEnds);

        static JsonElement Window(JsonElement one) =>
            one.GetProperty("clocks").EnumerateArray().Single(clock => clock.Text("clock") == "forensic-window");
    }

    private static async Task<JsonElement> AgendaAsync(Story story) =>
        (await story.SeeAsync("planner", "/interviews/v1/agenda?from=2026-09-15T00:00:00Z&to=2026-10-01T00:00:00Z")).GetProperty("items");

    private static string Child(Guid childId) => $"/interviews/v1/children/{childId}";

    private static string BookingOf(Guid childId, Guid interviewId) => $"{Story.Interviews(childId)}/{interviewId}/booking";

    private static object Slot(string start, string roomId = "utr-2") => new { start, roomId, interviewerId = "i-vos" };
}
