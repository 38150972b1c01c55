using System.Text.Json;
using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>School, naps, medication, religious days and the way to the studio: recorded once, kept to by whoever searches or books.</summary>
public sealed class OwnTimesHttpTests : IAsyncLifetime
{
    private InterviewHouse _house = null!;
    private Guid _jason;
    private Guid _interview;

    public async Task InitializeAsync()
    {
        _house = await InterviewHouse.OpenAsync();
        _jason = await _house.ChildAsync(Steps.Jason);
        _interview = await _house.DecidedAsync(_jason);
        var times = new { ownTimes = new[] { new { day = "wednesday", from = "09:30", to = "10:17" } }, travelMinutes = 30 };
        await _house.As(Roles.IntakeOfficer).PostAsync($"/interviews/v1/children/{_jason:D}/own-times", times).JsonAsync(200);
        await _house.SettledAsync();
    }

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task A_booking_by_somebody_who_does_not_know_of_them_is_refused_by_their_rule()
    {
        // Wednesday, 11:00: the child must leave at 10:15, and takes its medicine until 10:17.
        (await _house.BookAsync(_jason, _interview).RuleAsync()).ShouldBe("child-own-times");
        await _house.BookAsync(_jason, _interview, Steps.Slot("2026-09-09T09:15:00Z")).JsonAsync(200);
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
        var log = await _house.Services.GetRequiredService<IEventLog>().ReadStreamAsync(ChildInterviews.StreamOf(_jason), 0, 500, ReadDirection.Forwards, default);
        string.Concat(log.Select(logged => System.Text.Encoding.UTF8.GetString(logged.Data.ToArray()))).ShouldNotContain("10:17");
        var seen = await _house.As(Roles.Interviewer).GetAsync(Steps.PathOf(_jason)).JsonAsync(200);
        seen.GetProperty("times").GetProperty("travelMinutes").GetInt32().ShouldBe(30);
        (await _house.As(Roles.Medical).GetAsync(Steps.PathOf(_jason)).JsonAsync(200)).ToString().ShouldNotContain("travelMinutes");
        await _house.As(Roles.Medical).PostAsync($"/interviews/v1/children/{_jason:D}/own-times", new { }).JsonAsync(403);
        await _house.As(Roles.Interviewer).PostAsync($"/interviews/v1/children/{_jason:D}/own-times", new { travelMinutes = -1 }).JsonAsync(400);
    }

    [Fact]
    public async Task They_come_along_in_a_merge()
    {
        var other = await _house.ChildAsync(Steps.Jason);
        await _house.TellAsync(_jason, 1, "merged", other);
        await _house.UntilAsync(async () => (await _house.StateAsync(other)).Times is not null, "the times to be carried over");
        (await _house.BookAsync(other, _interview).RuleAsync()).ShouldBe("child-own-times");
    }

    private Task<JsonElement> SearchAsync(object between) => _house.As(Roles.Interviewer)
        .PostAsync($"{Steps.PathOf(_jason, _interview)}/slot-searches", between).JsonAsync(200);
}
