using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Testing;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>Who wants to watch is asked for and warned about; a slot without them is still a slot.</summary>
public sealed class ObserverHttpTests : IAsyncLifetime
{
    private InterviewHouse _house = null!;
    private Guid _jason;
    private Guid _interview;

    public async Task InitializeAsync()
    {
        _house = await InterviewHouse.OpenAsync();
        var planner = _house.As(Roles.Planner);
        var person = new { id = "o-leeuwen", role = "observer", name = "E. van Leeuwen", regions = new[] { "Amsterdam" } };
        await planner.PostAsync("/interviews/v1/people", person).JsonAsync(201);
        var away = new { kind = "absence", personId = "o-leeuwen", from = "2026-09-09T00:00:00Z", to = "2026-09-10T00:00:00Z" };
        await planner.PostAsync("/interviews/v1/availabilities", away).JsonAsync(201);
        await _house.SettledAsync();
        _jason = await _house.ChildAsync(Steps.Jason);
        _interview = await _house.DecidedAsync(_jason);
    }

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task A_slot_says_whether_those_who_want_to_watch_can_and_none_is_rejected_for_it()
    {
        var without = await SearchAsync(null);
        var with = await SearchAsync(["o-leeuwen"]);
        with.GetProperty("slotCount").GetInt32().ShouldBe(without.GetProperty("slotCount").GetInt32());
        with.GetProperty("rejected").ToString().ShouldBe(without.GetProperty("rejected").ToString());
        without.GetProperty("slots").ToString().ShouldNotContain("observer");
        foreach (var slot in with.GetProperty("slots").EnumerateArray())
        {
            var away = slot.GetProperty("start").GetDateTimeOffset().Day == 9;
            var why = slot.GetProperty("why").EnumerateArray().Select(one => one.GetString()).ToList();
            why.Contains("observer-unavailable").ShouldBe(away);
            why.Contains("observers-free").ShouldBe(!away);
        }
    }

    [Theory]
    [InlineData("2026-09-09T09:00:00Z", "o-leeuwen", "long-for-age observer-unavailable")]
    [InlineData("2026-09-10T09:00:00Z", "o-leeuwen", "long-for-age")]
    [InlineData("2026-09-10T09:00:00Z", "p-meijer", "long-for-age")]
    [InlineData("2026-09-10T09:00:00Z", "nobody", "long-for-age observer-unavailable")]
    public async Task A_booking_warns_and_does_not_refuse(string start, string observer, string warnings)
    {
        var slot = new { start, roomId = "utr-1", interviewerId = "i-brouwer", psychologistId = "p-meijer", observerIds = new[] { observer } };
        var booked = await _house.BookAsync(_jason, _interview, slot).JsonAsync(200);
        booked.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()).ShouldBe(warnings.Split(' '));
    }

    private Task<JsonElement> SearchAsync(string[]? observerIds) => _house.As(Roles.Interviewer)
        .PostAsync($"{Steps.PathOf(_jason, _interview)}/slot-searches", new { from = "2026-09-09T00:00:00Z", to = "2026-09-11T00:00:00Z", observerIds })
        .JsonAsync(200);
}
