using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;

namespace Barnahus.Interviews.Tests.Interviews;

/// <summary>Two at once on one child, on the embedded log: exactly one wins, and the other is told what changed.</summary>
public sealed class RaceTests : InterviewSpec
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("BARNAHUS_ALL") == "1" ? 1000 : 40;

    [Fact]
    public Task Two_first_interviews() => RaceAsync(
        "one-interview: An interview of this child (forensic) was requested on 1 September 2026 14:00 and is requested. "
            + "Go on with that one, or call it off first.",
        [Learned],
        id => Asking(id));

    [Fact]
    public Task Two_second_interviews_each_with_a_ground() => RaceAsync(
        "one-interview: An interview of this child (supplementary) was requested on 1 September 2026 14:00 and is requested. "
            + "Go on with that one, or call it off first.",
        [Learned, Requested(First), Approved(First), Booked(First), Started(First), Completed(First)],
        id => Asking(id, InterviewKind.Supplementary, ground: true));

    [Fact]
    public Task Two_bookings_of_one_interview() => RaceAsync(
        "already-booked: This interview is booked for 9 September 2026 11:00 in utr-1. Move it (rescheduling), or call it off.",
        [Learned, Requested(First), Approved(First)],
        id => Booking(First, Slot() with { BookingId = id }));

    private static async Task RaceAsync(string told, IReadOnlyList<IEvent> before, Func<Guid, InterviewsCommand> command)
    {
        await using var temporary = new TemporaryLog();
        var codec = new EventCodec(TestEvents.Of(typeof(ChildInterviews).Assembly), new MemoryKeyVault());
        var handler = new CommandHandler(temporary.Log, codec);
        for (var round = 0; round < Rounds; round++)
        {
            var stream = ChildInterviews.StreamOf(Guid.CreateVersion7());
            await temporary.Log.AppendAsync(stream, StreamRevision.None, await codec.EncodeAsync(stream, before, Context(), default), default);
            using var gate = new Barrier(2);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
            {
                var asked = command(Guid.CreateVersion7());
                gate.SignalAndWait();
                try
                {
                    await handler.HandleAsync(InterviewDecider.Decider, stream, asked, Context(), default);
                    return "won";
                }
                catch (RefusedException refused)
                {
                    return $"{refused.Rule}: {refused.Message}";
                }
            })));

            outcomes.Count(outcome => outcome == "won").ShouldBe(1, $"round {round}");
            outcomes.Single(outcome => outcome != "won").ShouldBe(told, $"round {round}");
            var (_, revision) = await handler.StateAsync(InterviewDecider.Decider, stream, default);
            revision.ShouldBe(before.Count);
        }
    }

    private static CommandContext Context() => new(Guid.CreateVersion7(), Actor.System("race"), null, Now, Guid.CreateVersion7());
}
