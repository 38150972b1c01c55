using Barnahus.Interviews.Roster;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;

namespace Barnahus.Interviews.Agenda;

/// <summary>Two at once for one room, or for one interviewer: exactly one wins, and the other is told what changed: the rule and the time that is now held. On the embedded log.</summary>
public sealed class RaceTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("BARNAHUS_ALL") == "1" ? 1000 : 40;
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public Task Two_bookings_of_one_room() => RaceAsync(
        "room-taken: The room is taken at that time. Search again and choose another slot.", ("utr-1", "i-vos"), ("utr-1", "i-brouwer"));

    [Fact]
    public Task Two_interviews_of_one_interviewer_in_two_rooms() => RaceAsync(
        "person-taken: Somebody needed is taken at that time. Search again and choose another slot.", ("utr-1", "i-vos"), ("utr-2", "i-vos"));

    private static async Task RaceAsync(string told, params (string Room, string Person)[] rivals)
    {
        await using var temporary = new TemporaryLog();
        var handler = new CommandHandler(temporary.Log, new EventCodec(TestEvents.Of(typeof(AgendaDay).Assembly), new MemoryKeyVault()));
        for (var round = 0; round < Rounds; round++)
        {
            var from = Now.AddDays(1 + round);
            using var gate = new Barrier(rivals.Length);
            var outcomes = await Task.WhenAll(rivals.Select(rival => Task.Run(async () =>
            {
                var wanted = new Reservation(
                    Guid.CreateVersion7(), Guid.CreateVersion7(), "utrecht", rival.Room, [rival.Person], from, from.AddHours(2), from, from.AddHours(1), [], Now.AddMinutes(10));
                var context = new CommandContext(Guid.CreateVersion7(), Actor.System("race"), null, Now, Guid.CreateVersion7());
                gate.SignalAndWait();
                try
                {
                    await handler.HandleAsync(
                        AgendaDecider.Decider, AgendaDay.StreamOf(from), new AgendaCommand.Reserve(wanted, null, TravelTimes.Default, Now), context, default);
                    return "won";
                }
                catch (RefusedException refused)
                {
                    return $"{refused.Rule}: {refused.Message}";
                }
            })));

            outcomes.Count(outcome => outcome == "won").ShouldBe(1, $"round {round}");
            outcomes.Single(outcome => outcome != "won").ShouldBe($"{told} It is now held for {from.SaidTo(from.AddHours(2))}.", $"round {round}");
            var (day, revision) = await handler.StateAsync(AgendaDecider.Decider, AgendaDay.StreamOf(from), default);
            day.Reservations.Count.ShouldBe(1);
            revision.ShouldBe(0);
        }
    }
}
