using System.Text.Json;
using System.Text.Json.Nodes;

namespace Barnahus.SystemTests.Cases;

/// <summary>Case 10: Linh, about 15, left reception and was found at night in a nail studio. She speaks Vietnamese; Nidos is her guardian.</summary>
public abstract class Case10LinhTests(IShape shape)
{
    private const string From = "2026-09-21T00:00:00+02:00";
    private const string To = "2026-09-26T00:00:00+02:00";
    private const string Booking = "linh-booking";

    [SkippableFact]
    public async Task Linh_is_heard_at_Leeuwarden_with_an_interpreter_and_nothing_depends_on_her_residence_status()
    {
        await using var story = await Story.BeginAsync(shape, 10);
        var referral = await story.SubmitAsync(10);
        var other = await WithoutStatusAsync(story);
        (await AdviceAsync(story, referral)).ShouldBe(await AdviceAsync(story, other));
        var childId = await AcceptedAsync(story, referral);
        var interviewId = await story.RequestAsync(childId, "Wat gebeurde er in de nagelstudio?", "linh-request");

        // In the middle: asked for and not decided.
        var before = await story.TimelineAsync(childId);
        await story.RestartAsync();
        (await story.TimelineAsync(childId)).ShouldGoOnFrom(before);
        (await story.SubmitAsync(10, expected: 200)).ShouldBe(referral);
        (await story.RequestAsync(childId, "Wat gebeurde er in de nagelstudio?", "linh-request")).ShouldBe(interviewId);

        await story.PrepareAsync(childId, interviewId, "p-hoekstra", new { setting = "Tolk naast haar, niet tegenover haar", pace = "langzaam" });
        var otherChild = await AcceptedAsync(story, other);
        var otherInterview = await story.RequestAsync(otherChild, "Wat gebeurde er in de nagelstudio?");
        await story.PrepareAsync(otherChild, otherInterview, "p-hoekstra", new { setting = "Tolk naast haar, niet tegenover haar", pace = "langzaam" });
        var slots = (await story.SlotsAsync(childId, interviewId, From, To)).GetProperty("slots");
        (await story.SlotsAsync(otherChild, otherInterview, From, To)).GetProperty("slots").ToString().ShouldBe(slots.ToString());

        var (slot, booked) = await BookedAsync(story, childId, interviewId, slots);
        await story.RestartAsync();
        (await story.DoAsync("interviewer", $"{Story.Interviews(childId)}/{interviewId}/booking", slot, key: Booking)).ToString().ShouldBe(booked);
        await AtTheEndAsync(story, childId, interviewId);
    }

    /// <summary>The same child, told of without a word about residence.</summary>
    private static async Task<Guid> WithoutStatusAsync(Story story)
    {
        var same = Story.Case(10);
        same["id"] = "ref-2026-0010-b";
        same["data"]!["child"]!.AsObject().Remove("residenceStatus").ShouldBeTrue();
        using var response = await story.House.Partner("00000000000099900008").SubmitAsync(same.ToJsonString());
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["referralId"]!.GetValue<Guid>();
    }

    private static async Task<string> AdviceAsync(Story story, Guid referral)
    {
        var advice = (await story.SeeAsync("intake-officer", $"/intake/v1/referrals/{referral}")).GetProperty("advice");
        advice.GetProperty("proposed").Texts("route").ShouldBe(["112", "avim"]);
        return advice.ToString();
    }

    private static async Task<Guid> AcceptedAsync(Story story, Guid referral)
    {
        await story.SearchAsync(referral);
        await story.TriageAsync(referral);
        var childId = await story.AcceptAsync(referral, key: $"accept-{referral}");
        var nidos = await story.DoAsync(
            "intake-officer", $"/intake/v1/children/{childId}/representatives", new { name = "Nidos", relation = "guardian", custody = true, childAllows = true });
        await story.DoAsync(
            "intake-officer",
            $"/intake/v1/children/{childId}/informing",
            new { personId = nidos.GetProperty("result").Id("personId"), what = "Linh wordt in Leeuwarden gehoord.", means = "phone" });
        await story.KnownEverywhereAsync(childId);
        return childId;
    }

    private static async Task<(object Slot, string Booked)> BookedAsync(Story story, Guid childId, Guid interviewId, JsonElement slots)
    {
        slots.GetArrayLength().ShouldBePositive();
        slots.Texts("roomId").ShouldAllBe(room => room == "lwd-1");
        slots.Texts("interviewerId").ShouldAllBe(interviewer => interviewer == "i-dijkstra");
        slots.Texts("interpreterId").ShouldAllBe(interpreter => interpreter == "t-pham");
        var path = $"{Story.Interviews(childId)}/{interviewId}/booking";
        var start = slots[0].Text("start");
        await story.RefusedAsync("interviewer", path, new { start, roomId = "lwd-1", interviewerId = "i-dijkstra" }, "no-interpreter");
        var slot = new { start, roomId = "lwd-1", interviewerId = "i-dijkstra", interpreterId = "t-pham" };
        var booked = await story.DoAsync("interviewer", path, slot, key: Booking);
        booked.Text("status").ShouldBe("booked");
        return (slot, booked.ToString());
    }

    private static async Task AtTheEndAsync(Story story, Guid childId, Guid interviewId)
    {
        var file = await story.SeeAsync("intake-officer", $"/intake/v1/children/{childId}");
        file.GetProperty("needs").ToString().ShouldContain("\"vi\"");
        var nidos = file.GetProperty("representatives").EnumerateArray().ShouldHaveSingleItem();
        nidos.Text("name").ShouldBe("Nidos");
        nidos.Text("relation").ShouldBe("guardian");
        nidos.GetProperty("mayBeInformed").GetBoolean().ShouldBeTrue();
        var interview = (await story.SeeAsync("interviewer", Story.Interviews(childId))).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        interview.Id("interviewId").ShouldBe(interviewId);
        interview.GetProperty("booking").Text("interpreterId").ShouldBe("t-pham");

        var held = (await story.SeeAsync("planner", "/interviews/v1/agenda?from=2026-09-20T22:00:00Z&to=2026-09-25T22:00:00Z")).GetProperty("items")
            .EnumerateArray().ShouldHaveSingleItem();
        held.Text("roomId").ShouldBe("lwd-1");
        held.GetProperty("personIds").Texts().ShouldBe(["i-dijkstra", "p-hoekstra", "t-pham"], ignoreOrder: true);

        var timeline = await story.TimelineAsync(childId);
        foreach (var once in new[]
        {
            "intake.referral-accepted.v1", "intake.child-representative-informed.v1", "interviews.interview-requested.v1", "interviews.interview-booked.v2",
        })
        {
            timeline.Of(once).ShouldBe(1, once);
        }

        // Told on the wire, and nowhere after it.
        foreach (var shown in new[] { file.ToString(), string.Concat(timeline), interview.ToString() })
        {
            shown.ShouldNotContain("asylum");
            shown.ShouldNotContain("residence", Case.Insensitive);
        }
    }
}
