using System.Text.Json;

namespace Barnahus.SystemTests.Cases;

/// <summary>Case 05: Nuria, 17, threatened for over a year and followed by an app on her phone. She turns eighteen on 19 December 2026.</summary>
public abstract class Case05NuriaTests(IShape shape)
{
    private const string Booking = "nuria-booking";
    private const string Question = "Wat moest je 's avonds doen?";

    [SkippableFact]
    public async Task Nuria_is_heard_by_a_woman_her_phone_is_swapped_and_somebody_must_see_to_it_that_help_goes_on_at_eighteen()
    {
        await using var story = await Story.BeginAsync(shape, 5);
        var referral = await story.SubmitAsync(5);
        await TriagedAsync(story, referral);
        await story.SearchAsync(referral);
        var childId = await story.AcceptAsync(referral, key: "nuria-acceptance");
        await HandoverAsync(story, childId);
        await story.KnownEverywhereAsync(childId);
        var measure = await PhoneSwappedAsync(story, childId);

        // In the middle: her phone is said to be swapped, and nobody has confirmed that it holds.
        var active = await story.TimelineAsync(childId);
        await story.RestartAsync();
        (await story.TimelineAsync(childId)).ShouldGoOnFrom(active);
        (await story.SubmitAsync(5, expected: 200)).ShouldBe(referral);
        (await story.AcceptAsync(referral, key: "nuria-acceptance")).ShouldBe(childId);
        (await ProposeAsync(story, childId)).ShouldBe(measure);
        await ConfirmedAsync(story, childId, measure);

        var interviewId = await story.RequestAsync(childId, Question, "nuria-request");
        await story.PrepareAsync(childId, interviewId, "p-meijer", new { setting = "Een vrouw, haar eigen telefoon blijft buiten", pace = "rustig" });
        await WomenOnlyAsync(story, childId, interviewId);
        var (slot, booked) = await BookedAsync(story, childId, interviewId);

        // Again: the booking is acknowledged and nothing of it has reached the others.
        await story.RestartAsync();
        (await story.DoAsync("interviewer", $"{Story.Interviews(childId)}/{interviewId}/booking", slot, key: Booking)).ToString().ShouldBe(booked);
        (await story.RequestAsync(childId, Question, "nuria-request")).ShouldBe(interviewId);
        await ConfirmedAsync(story, childId, measure);
        await AtTheEndAsync(story, referral, childId, interviewId, measure);
        (await story.TimelineAsync(childId)).ShouldGoOnFrom(active);
    }

    private static async Task TriagedAsync(Story story, Guid referral)
    {
        var path = $"/intake/v1/referrals/{referral}";
        var advice = (await story.SeeAsync("intake-officer", path)).GetProperty("advice");
        advice.GetProperty("grounds").Texts().ShouldBe(["acute-unsafety", "disclosure-by-child"]);
        advice.GetProperty("proposed").Texts("route").ShouldBe(["112", "avim"]);
        advice.GetProperty("proposed").Texts("unit").ShouldBe(["Amsterdam", "Amsterdam"]);
        await story.TriageAsync(referral);
    }

    /// <summary>At once: in the first read after the file opened, whoever of the team looks.</summary>
    private static async Task HandoverAsync(Story story, Guid childId)
    {
        var file = await story.SeeAsync("intake-officer", $"/intake/v1/children/{childId}");
        file.OpenTasks().ShouldBe(["handover", "individual-assessment"], ignoreOrder: true);
        var handover = file.GetProperty("tasks").EnumerateArray().Single(task => task.Text("kind") == "handover");
        handover.Text("dueOn").ShouldBe("2026-12-19");
        handover.GetProperty("arisenAt").GetDateTimeOffset().ShouldBe(file.GetProperty("openedAt").GetDateTimeOffset());
    }

    private static async Task<Guid> PhoneSwappedAsync(Story story, Guid childId)
    {
        var measure = await ProposeAsync(story, childId);
        await story.RefusedAsync("safety-coordinator", $"{Measures(childId)}/{measure}/confirmation", new { }, "activate-first");
        (await NamesOfMeasuresAsync(story, childId)).ShouldBeEmpty("a proposed measure is not in force");
        await story.SeeAsync("youth-care", $"/safety/v1/children/{childId}/plan", 404);
        (await story.DoAsync("safety-coordinator", $"{Measures(childId)}/{measure}/activation", new { }, key: "nuria-activation")).Text("status").ShouldBe("active");
        return measure;
    }

    private static async Task<Guid> ProposeAsync(Story story, Guid childId)
    {
        var content = new { type = "phone-swap", ground = "Volgapp op haar telefoon.", ownerOrganisation = "Politie", ownerPerson = "J. de Boer" };
        return (await story.DoAsync("safety-coordinator", Measures(childId), content, 201, "nuria-phone")).Id("measureId");
    }

    private static async Task ConfirmedAsync(Story story, Guid childId, Guid measure)
    {
        var confirmed = await story.DoAsync(
            "safety-coordinator", $"{Measures(childId)}/{measure}/confirmation", new { note = "Ander toestel, nieuw nummer." }, key: "nuria-confirmation");
        confirmed.Text("status").ShouldBe("confirmed");
    }

    /// <summary>The interviewer sees which measures hold, by name, and nothing of what they say.</summary>
    private static async Task<IReadOnlyList<string>> NamesOfMeasuresAsync(Story story, Guid childId) =>
        (await story.SeeAsync("interviewer", $"/safety/v1/children/{childId}/plan")).GetProperty("measures").Texts("type");

    /// <summary>Wherever one looks: where only a man could hear her there is no slot, and the rule that says so is named.</summary>
    private static async Task WomenOnlyAsync(Story story, Guid childId, Guid interviewId)
    {
        var path = $"{Story.Interviews(childId)}/{interviewId}";
        var everywhere = new
        {
            from = "2026-09-14T00:00:00+02:00",
            to = "2026-09-15T00:00:00+02:00",
            otherRegions = new[] { "Midden-Nederland", "Limburg" },
        };
        var answer = await story.DoAsync("interviewer", $"{path}/slot-searches", everywhere);
        answer.GetProperty("slots").Texts("interviewerId").ShouldAllBe(one => one == "i-vos" || one == "i-okafor");
        answer.GetProperty("slots").Texts("roomId").ShouldAllBe(room => room == "ams-2" || room == "utr-2");
        answer.GetProperty("rejected").EnumerateArray()
            .ShouldContain(one => one.Text("roomId") == "mst-1" && one.GetProperty("rules").Texts().SequenceEqual(new[] { "interviewer-gender" }));

        await RejectedAsync("utr-2", "i-brouwer", "p-meijer", "interviewer-gender, interviewer-certified-age");
        await RejectedAsync("mst-1", "i-claessen", "p-hoekstra", "interviewer-gender");
        await story.RefusedAsync("interviewer", $"{path}/booking", Slot("2026-09-14T10:00:00+02:00", "ams-1", "i-okafor"), "room-age");
        await story.RefusedAsync("interviewer", $"{path}/booking", Slot("2026-09-14T10:00:00+02:00", "ams-2", "i-dijkstra"), "interviewer-region");

        async Task RejectedAsync(string roomId, string interviewerId, string psychologistId, string rules)
        {
            var chosen = new { start = "2026-09-14T10:00:00+02:00", roomId, interviewerId, psychologistId, everywhere.otherRegions };
            var problem = await story.DoAsync("interviewer", $"{path}/booking", chosen, 409);
            problem.Text("rule").ShouldBe("interviewer-gender");
            problem.Text("detail").ShouldEndWith($"Rules broken: {rules}.");
        }
    }

    private static async Task<(object Slot, string Booked)> BookedAsync(Story story, Guid childId, Guid interviewId)
    {
        var slots = (await story.SlotsAsync(childId, interviewId, "2026-09-14T00:00:00+02:00", "2026-09-15T00:00:00+02:00")).GetProperty("slots");
        slots.GetArrayLength().ShouldBeGreaterThan(0);
        slots.Texts("roomId").Distinct().ShouldBe(["ams-2"]);
        var slot = Slot(slots[0].Text("start"), "ams-2", slots[0].Text("interviewerId"));
        var booked = await story.DoAsync("interviewer", $"{Story.Interviews(childId)}/{interviewId}/booking", slot, key: Booking);
        booked.Text("status").ShouldBe("booked");
        return (slot, booked.ToString());
    }

    private static async Task AtTheEndAsync(Story story, Guid referral, Guid childId, Guid interviewId, Guid measure)
    {
        (await story.SeeAsync("intake-officer", $"/intake/v1/referrals/{referral}")).GetProperty("referral").Text("status").ShouldBe("accepted");
        var file = await story.SeeAsync("intake-officer", $"/intake/v1/children/{childId}");
        file.GetProperty("identity").GetProperty("age").GetInt32().ShouldBe(17);
        file.GetProperty("wishes").Texts("words").ShouldBe(["Ik wil weten wat er daarna gebeurt."]);
        await HandoverAsync(story, childId);

        var plan = await story.SeeAsync("safety-coordinator", $"/safety/v1/children/{childId}/plan");
        var swapped = plan.GetProperty("measures").EnumerateArray().ShouldHaveSingleItem();
        swapped.Id("measureId").ShouldBe(measure);
        swapped.Text("status").ShouldBe("confirmed");
        swapped.GetProperty("content").Text("type").ShouldBe("phone-swap");
        (await NamesOfMeasuresAsync(story, childId)).ShouldBe(["phone-swap"]);

        var interview = (await story.SeeAsync("interviewer", Story.Interviews(childId))).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        interview.Id("interviewId").ShouldBe(interviewId);
        interview.Text("status").ShouldBe("booked");
        interview.GetProperty("booking").Text("interviewerId").ShouldBeOneOf("i-vos", "i-okafor");
        interview.GetProperty("booking").Text("roomId").ShouldBe("ams-2");
        var agenda = (await story.SeeAsync("planner", "/interviews/v1/agenda?from=2026-09-10T00:00:00Z&to=2026-09-30T00:00:00Z")).GetProperty("items");
        agenda.EnumerateArray().ShouldHaveSingleItem().Text("status").ShouldBe("confirmed");

        var clocks = await story.ClocksAsync(childId);
        clocks.Keys.ShouldBe(["report-to-file", "referral-to-assessment", "request-to-interview"], ignoreOrder: true);
        clocks.Values.ShouldAllBe(clock => clock.Text("state") == "running");
        OnceEach(await story.TimelineAsync(childId));
    }

    private static void OnceEach(IReadOnlyList<JsonElement> timeline)
    {
        foreach (var once in new[]
        {
            "intake.referral-accepted.v1", "intake.child-file-opened.v1", "safety.measure-proposed.v2", "safety.measure-activated.v1",
            "safety.measure-confirmed.v1", "interviews.interview-requested.v1", "interviews.interview-booked.v2", "turnaround.case-opened.v1",
        })
        {
            timeline.Of(once).ShouldBe(1, once);
        }

        timeline.Of("intake.child-task-arisen.v2").ShouldBe(2);
        timeline.Of("turnaround.clock-started.v2").ShouldBe(3);
        timeline.Of("safety.alarm-raised.v2").ShouldBe(0, "confirmed in time");
    }

    private static string Measures(Guid childId) => $"/safety/v1/children/{childId}/measures";

    private static object Slot(string start, string roomId, string interviewerId) => new { start, roomId, interviewerId };
}
