using System.Collections.Concurrent;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.State;
using Barnahus.Platform.Tests.Bus;
using Barnahus.Platform.Tests.Hosting;
using Barnahus.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>A subscription finds again what it parked, wherever an engine's positions lie.</summary>
public abstract class ParkingContract : LogContract
{
    private const string Name = "publisher.toy";
    private readonly EventCodec codec = new(
        new EventTypes([new EventSource("toy", [typeof(NoteCounted)]), new EventSource("bus", [typeof(Parked), typeof(Unparked)])]), new MemoryKeyVault());

    [SkippableFact]
    public async Task What_is_parked_is_handled_after_all_at_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
        await using (var state = SqliteStateStore.Open(Path.Combine(folder, "state.db"), TimeProvider.System))
        {
            var ids = new List<Guid>();
            for (var i = 0; i < 5; i++)
            {
                ids.Add(await AppendNoteAsync());
            }

            // The first, one between and the last: each stands somewhere else among the positions. Once the checkpoint is saved none comes again.
            Guid[] refused = [ids[0], ids[2], ids[4]];
            var last = await Log.HeadAsync(None);
            await RunAsync(state, id => refused.Contains(id), async () => await state.LoadAsync(Name, None) >= last);
            (await OfTypeAsync<Parked>()).Select(e => e.EventId).ShouldBe(refused);

            var handled = await RunAsync(state, _ => false, async () => (await OfTypeAsync<Unparked>()).Count == 3);
            handled.ShouldBe(refused, "in their order, and none that was handled before");
            (await OfTypeAsync<Unparked>()).Select(e => e.EventId).ShouldBe(refused);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What a reaction looked up may change before its command comes to another stream; the next time it looks again.</summary>
    [SkippableFact]
    public async Task What_is_refused_once_is_tried_again_before_it_is_parked()
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
        await using (var state = SqliteStateStore.Open(Path.Combine(folder, "state.db"), TimeProvider.System))
        {
            var id = await AppendNoteAsync();
            var last = await Log.HeadAsync(None);
            var tries = 0;
            (await RunAsync(state, _ => tries++ == 0, async () => await state.LoadAsync(Name, None) >= last)).ShouldBe([id]);
            (await OfTypeAsync<Parked>()).ShouldBeEmpty();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<IEnumerable<Guid>> RunAsync(SqliteStateStore state, Func<Guid, bool> refuses, Func<Task<bool>> done)
    {
        var handled = new ConcurrentQueue<Guid>();
        using var stop = new CancellationTokenSource();
        var subscription = new LogSubscription(
            Name,
            new HashSet<Type> { typeof(NoteCounted) },
            (recorded, _) =>
            {
                if (refuses(recorded.Envelope.EventId))
                {
                    throw new RefusedException("not-now", "Not now.");
                }

                handled.Enqueue(recorded.Envelope.EventId);
                return Task.CompletedTask;
            },
            1,
            Log,
            codec,
            state,
            NullLogger.Instance);
        var running = Task.Run(() => subscription.RunAsync(stop.Token));
        await Wait.ForAsync(done, "parked, or handled after all");
        await stop.CancelAsync();
        await running;
        return handled;
    }

    private async Task<Guid> AppendNoteAsync()
    {
        var child = Guid.CreateVersion7();
        var context = new CommandContext(child, Actor.System("test"), null, DateTimeOffset.UnixEpoch, child);
        var encoded = await codec.EncodeAsync(Toy.Stream(child), [new NoteCounted(child)], context, None);
        await Log.AppendAsync(Toy.Stream(child), StreamRevision.None, encoded, None);
        return encoded[0].Id;
    }

    private async Task<List<T>> OfTypeAsync<T>() => [.. (await ReadAsync(ParkedEvents.Stream(Name))).Select(e => codec.Decode(e).Event).OfType<T>()];
}
