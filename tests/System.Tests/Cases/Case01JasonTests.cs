using System.Text.Json;

namespace Barnahus.SystemTests.Cases;

/// <summary>Case 01: Jason, 8, made to send pictures in an online game.</summary>
public abstract class Case01JasonTests(IShape shape)
{
    private const string Booking = "jason-booking";

    [SkippableFact]
    public async Task Jason_is_heard_in_utr_1_by_somebody_certified_for_eight_and_his_mother_welcomes_him_but_does_not_watch()
    {
        await using var story = await Story.BeginAsync(shape, 1);
        var referral = await story.SubmitAsync(1);
        (await story.SubmitAsync(1, expected: 200)).ShouldBe(referral);
        var childId = await AcceptedAsync(story, referral);
        await MotherIsInformedAsync(story, childId);
        await story.KnownEverywhereAsync(childId);
        var interviewId = await story.RequestAsync(childId, "Wat is er online gebeurd?", "jason-request");

        // In the middle: asked for and not decided.
        var before = await story.TimelineAsync(childId);
        await story.RestartAsync();
        (await story.TimelineAsync(childId)).ShouldGoOnFrom(before);
        (await story.SubmitAsync(1, expected: 200)).ShouldBe(referral);
        (await story.RequestAsync(childId, "Wat is er online gebeurd?", "jason-request")).ShouldBe(interviewId);
        (await story.SeeAsync("interviewer", Story.Interviews(childId))).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await story.SeeAsync("intake-officer", "/intake/v1/referrals")).GetArrayLength().ShouldBe(1);

        await story.PrepareAsync(childId, interviewId, "p-meijer", new { setting = "Eigen pet op", pace = "rustig", breaks = "elke 15 minuten" });
        await OnlyCertifiedInterviewersAsync(story, childId, interviewId);
        await BookedAsync(story, childId, interviewId);

        var booked = await story.TimelineAsync(childId);
        await story.RestartAsync();
        await AtTheEndAsync(story, referral, childId, interviewId);
        (await story.TimelineAsync(childId)).ShouldGoOnFrom(booked);
    }

    private static async Task<Guid> AcceptedAsync(Story story, Guid referral)
    {
        var advice = (await story.SeeAsync("intake-officer", $"/intake/v1/referrals/{referral}")).GetProperty("advice");
        advice.GetProperty("proposed").Texts("route").ShouldBe(["team-zeden"]);
        await story.RefusedAsync("intake-officer", $"/intake/v1/referrals/{referral}/acceptance", Story.Team(), "search-first");
        (await story.SearchAsync(referral)).GetProperty("candidates").GetArrayLength().ShouldBe(0);
        await story.RefusedAsync("intake-officer", $"/intake/v1/referrals/{referral}/triage", new { routes = new[] { "csg" } }, "report-obligatory");
        (await story.TriageAsync(referral)).GetProperty("reportObligatory").GetBoolean().ShouldBeTrue();
        return await story.AcceptAsync(referral, key: "jason-acceptance");
    }

    private static async Task MotherIsInformedAsync(Story story, Guid childId)
    {
        var mother = await MotherAsync(story, childId);
        mother.GetProperty("mayBeInformed").GetBoolean().ShouldBeTrue();
        await story.DoAsync(
            "intake-officer",
            $"/intake/v1/children/{childId}/informing",
            new { personId = mother.Id("personId"), what = "Jason wordt in Utrecht gehoord.", means = "phone" });
    }

    private static async Task<JsonElement> MotherAsync(Story story, Guid childId) =>
        (await story.SeeAsync("intake-officer", $"/intake/v1/children/{childId}")).GetProperty("representatives").EnumerateArray().Single();

    /// <summary>Brouwer's certificate ends on 15 October; Vos is away that week and certified after it.</summary>
    private static async Task OnlyCertifiedInterviewersAsync(Story story, Guid childId, Guid interviewId)
    {
        var path = $"{Story.Interviews(childId)}/{interviewId}";
        await InterviewersAsync("2026-10-15", "i-brouwer");
        await InterviewersAsync("2026-10-16");
        await InterviewersAsync("2026-10-19", "i-vos");
        await story.RefusedAsync("interviewer", $"{path}/booking", Slot("2026-10-16T10:00:00+02:00", "utr-1", "i-brouwer"), "interviewer-not-certified");
        await story.RefusedAsync("interviewer", $"{path}/booking", Slot("2026-09-09T10:00:00+02:00", "utr-2", "i-brouwer"), "room-age");

        async Task InterviewersAsync(string day, params string[] expected)
        {
            var found = await story.SlotsAsync(childId, interviewId, $"{day}T00:00:00+02:00", $"{day}T23:59:00+02:00");
            found.GetProperty("slots").Texts("interviewerId").Distinct().ShouldBe(expected, day);
            found.GetProperty("slots").Texts("roomId").ShouldAllBe(room => room == "utr-1");
            if (expected.Length == 0)
            {
                found.GetProperty("rejected").EnumerateArray()
                    .ShouldContain(one => one.Text("roomId") == "utr-1" && one.GetProperty("rules").Texts().SequenceEqual(new[] { "interviewer-not-certified", "interviewer-absent" }));
            }
        }
    }

    private static async Task BookedAsync(Story story, Guid childId, Guid interviewId)
    {
        var path = $"{Story.Interviews(childId)}/{interviewId}/booking";
        var mother = (await MotherAsync(story, childId)).Id("personId");
        var best = (await story.SlotsAsync(childId, interviewId, "2026-09-07T00:00:00+02:00", "2026-09-12T00:00:00+02:00")).GetProperty("slots")[0];
        best.Text("roomId").ShouldBe("utr-1");
        best.Text("interviewerId").ShouldBeOneOf("i-brouwer", "i-vos");
        var start = best.Text("start");
        await story.RefusedAsync(
            "interviewer", path, Slot(start, "utr-1", best.Text("interviewerId"), new { personId = mother, place = "observation-room" }), "no-parent-in-observation-room");
        (await story.SeeAsync("planner", "/interviews/v1/agenda?from=2026-09-07T00:00:00Z&to=2026-09-12T00:00:00Z")).GetProperty("items").GetArrayLength()
            .ShouldBe(0, "a refused booking holds nothing");

        var slot = Slot(start, "utr-1", best.Text("interviewerId"), new { personId = mother, place = "welcome" });
        var booked = await story.DoAsync("interviewer", path, slot, key: Booking);
        booked.Text("status").ShouldBe("booked");
        booked.GetProperty("warnings").Texts().ShouldBe(["long-for-age"]);
        (await story.DoAsync("interviewer", path, slot, key: Booking)).ToString().ShouldBe(booked.ToString());
        await story.RefusedAsync("interviewer", path, slot, "already-booked");
    }

    private static async Task AtTheEndAsync(Story story, Guid referral, Guid childId, Guid interviewId)
    {
        var file = await story.SeeAsync("intake-officer", $"/intake/v1/children/{childId}");
        file.GetProperty("identity").GetProperty("age").GetInt32().ShouldBe(8);
        file.GetProperty("referrals").EnumerateArray().ShouldHaveSingleItem().Id("referralId").ShouldBe(referral);
        file.OpenTasks().ShouldBe(["individual-assessment"]);
        var shown = await story.SeeAsync("intake-officer", $"/intake/v1/referrals/{referral}");
        shown.GetProperty("referral").Text("status").ShouldBe("accepted");

        var interview = (await story.SeeAsync("interviewer", Story.Interviews(childId))).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        interview.Id("interviewId").ShouldBe(interviewId);
        interview.Text("status").ShouldBe("booked");
        var booking = interview.GetProperty("booking");
        booking.Text("roomId").ShouldBe("utr-1");
        (booking.GetProperty("end").GetDateTimeOffset() - booking.GetProperty("start").GetDateTimeOffset()).ShouldBe(TimeSpan.FromMinutes(60));
        booking.GetProperty("warnings").Texts().ShouldBe(["long-for-age"]);
        booking.GetProperty("attendance").EnumerateArray().ShouldHaveSingleItem().Text("place").ShouldBe("welcome");
        var held = (await story.SeeAsync("planner", "/interviews/v1/agenda?from=2026-09-07T00:00:00Z&to=2026-09-12T00:00:00Z")).GetProperty("items");
        held.EnumerateArray().ShouldHaveSingleItem().Text("status").ShouldBe("confirmed");

        var clocks = await story.ClocksAsync(childId);
        clocks.Keys.ShouldBe(["report-to-file", "referral-to-assessment", "request-to-interview"], ignoreOrder: true);
        clocks.Values.ShouldAllBe(clock => clock.Text("state") == "running");
        clocks["report-to-file"].GetProperty("due").GetDateTimeOffset().UtcDateTime.Date.ShouldBe(new DateTime(2027, 3, 2));

        var timeline = await story.TimelineAsync(childId);
        foreach (var once in new[]
        {
            "intake.referral-received.v1", "intake.referral-accepted.v1", "intake.child-file-opened.v1", "intake.child-representative-informed.v1",
            "interviews.interview-requested.v1", "interviews.interview-decided.v1", "interviews.interview-booked.v2", "turnaround.case-opened.v1",
        })
        {
            timeline.Of(once).ShouldBe(1, once);
        }

        timeline.Of("turnaround.clock-started.v2").ShouldBe(3);
    }

    private static object Slot(string start, string roomId, string interviewerId, params object[] attendance) => new { start, roomId, interviewerId, attendance };
}
