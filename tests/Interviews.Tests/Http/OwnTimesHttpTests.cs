using System.Text.Json;
using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>School, naps, medication, religious days and the way to the studio: recorded once, kept to by whoever searches or books.</summary>
public sealed class OwnTimesHttpTests : JasonTests
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var times = new { ownTimes = new[] { new { day = "wednesday", from = "09:30", to = "10:17" } }, travelMinutes = 30 };
        await House.As(Roles.IntakeOfficer).PostAsync($"/interviews/v1/children/{Jason:D}/own-times", times).JsonAsync(200);
        await House.SettledAsync();
    }

    [Fact]
    public async Task A_booking_by_somebody_who_does_not_know_of_them_is_refused_by_their_rule()
    {
        // Wednesday, 11:00: the child must leave at 10:15, and takes its medicine until 10:17.
        (await House.BookAsync(Jason, InterviewId).RuleAsync()).ShouldBe("child-own-times");
        await House.BookAsync(Jason, InterviewId, Steps.Slot("2026-09-09T09:15:00Z")).JsonAsync(200);
    }

    [Fact]
    public async Task A_search_names_the_rule_and_a_nearer_address_can_be_said()
    {
        var rejected = await SearchAsync(new { from = "2026-09-09T00:00:00Z", to = "2026-09-10T00:00:00Z" });
        rejected.GetProperty("rejected").ToString().ShouldContain("child-own-times");
        var near = await SearchAsync(new { from = "2026-09-09T09:00:00Z", to = "2026-09-09T09:15:00Z", travelMinutes = 0 });
        near.GetProperty("slots")[0].GetProperty("roomId").GetString().ShouldBe("utr-1");
    }

    [Fact]
    public async Task They_are_sealed_and_shown_to_those_who_see_the_file()
    {
        var log = await House.Services.GetRequiredService<IEventLog>().ReadStreamAsync(ChildInterviews.StreamOf(Jason), 0, 500, ReadDirection.Forwards, default);
        string.Concat(log.Select(logged => System.Text.Encoding.UTF8.GetString(logged.Data.ToArray()))).ShouldNotContain("10:17");
        var seen = await House.As(Roles.Interviewer).GetAsync(Steps.PathOf(Jason)).JsonAsync(200);
        seen.GetProperty("times").GetProperty("travelMinutes").GetInt32().ShouldBe(30);
        (await House.As(Roles.Medical).GetAsync(Steps.PathOf(Jason)).JsonAsync(200)).ToString().ShouldNotContain("travelMinutes");
        await House.As(Roles.Medical).PostAsync($"/interviews/v1/children/{Jason:D}/own-times", new { }).JsonAsync(403);
        await House.As(Roles.Interviewer).PostAsync($"/interviews/v1/children/{Jason:D}/own-times", new { travelMinutes = -1 }).JsonAsync(400);
    }

    [Fact]
    public async Task They_come_along_in_a_merge()
    {
        var other = await House.ChildAsync(Steps.Jason);
        await House.TellAsync(Jason, 1, "merged", other);
        await House.UntilAsync(async () => (await House.StateAsync(other)).Times is not null, "the times to be carried over");
        (await House.BookAsync(other, InterviewId).RuleAsync()).ShouldBe("child-own-times");
    }

    private Task<JsonElement> SearchAsync(object between) => House.As(Roles.Interviewer)
        .PostAsync($"{Steps.PathOf(Jason, InterviewId)}/slot-searches", between).JsonAsync(200);
}
