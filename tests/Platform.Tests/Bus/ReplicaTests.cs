using System.Collections.Concurrent;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.State;
using Barnahus.Platform.Tests.Hosting;
using Barnahus.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Barnahus.Platform.Tests.Bus;

/// <summary>Two replicas of one subscription over one log and one state store: one of them works, none of the events is missed, whoever falls out.</summary>
public sealed class ReplicaTests : IAsyncDisposable, IAsyncLifetime
{
    private const string Name = "publisher.toy";
    private readonly TemporaryLog _log = new();
    private readonly Later _time = new();
    private readonly ConcurrentQueue<(string Replica, Guid EventId)> _handled = new();
    private SqliteStateStore _state = null!;
    private EventCodec _codec = null!;

    public Task InitializeAsync()
    {
        _state = SqliteStateStore.Open(Path.Combine(_log.Folder, "state.db"), _time);
        _codec = new EventCodec(new EventTypes([new EventSource("toy", [typeof(NoteCounted)]), new EventSource("bus", [typeof(Parked), typeof(Unparked)])]), new MemoryKeyVault());
        return Task.CompletedTask;
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _state.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task One_works_and_the_other_takes_over_when_it_ends()
    {
        using var first = Start("first", out var firstEnds);
        await AppendAsync(20);
        await HandledAsync(20);
        using var second = Start("second", out var secondEnds);
        await AppendAsync(20);
        await HandledAsync(40);
        _handled.Select(one => one.Replica).ShouldAllBe(replica => replica == "first");

        await first.CancelAsync();
        await firstEnds;
        await AppendAsync(20);
        await HandledAsync(60);
        _handled.Skip(40).Select(one => one.Replica).ShouldAllBe(replica => replica == "second");
        await second.CancelAsync();
        await secondEnds;
        _handled.Count.ShouldBe(60, "nothing twice when leases are given back");
    }

    [Fact]
    public async Task One_that_stalls_is_overtaken_and_cannot_move_the_checkpoint_any_more()
    {
        var stalled = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        using var first = Start("first", out var firstEnds, async () =>
        {
            reached.TrySetResult();
            await stalled.Task;
        });
        await AppendAsync(20);
        await reached.Task;

        // Its lease runs out while it is stuck.
        _time.Shift = TimeSpan.FromMinutes(1);
        using var second = Start("second", out var secondEnds);
        await HandledAsync(20);
        await AppendAsync(20);
        await HandledAsync(40);
        var saved = await SavedAsync();
        stalled.SetResult();
        await Task.Delay(500);
        (await SavedAsync()).ShouldBe(saved, "the fenced one saves nothing");
        await Task.WhenAll(first.CancelAsync(), second.CancelAsync());
        await Task.WhenAll(firstEnds, secondEnds);
    }

    [Fact]
    public async Task With_many_at_once_the_checkpoint_never_passes_one_that_is_not_handled()
    {
        var held = new TaskCompletionSource();
        var ids = await AppendAsync(50);
        using var replica = Start("first", out var ends, () => Task.CompletedTask, atOnce: 16, id => id == ids[3] ? held.Task : Task.CompletedTask);
        await HandledAsync(49);
        (await SavedAsync()).ShouldBeNull();
        held.SetResult();
        await HandledAsync(50);
        await Wait.ForAsync(async () => await SavedAsync() is { Value: 50 }, "the checkpoint at the end");
        await replica.CancelAsync();
        await ends;
    }

    private CancellationTokenSource Start(string replica, out Task ends, Func<Task>? before = null, int atOnce = 1, Func<Guid, Task>? hold = null)
    {
        var stop = new CancellationTokenSource();
        var subscription = new LogSubscription(
            Name,
            new HashSet<Type> { typeof(NoteCounted) },
            async (recorded, _) =>
            {
                await (before?.Invoke() ?? Task.CompletedTask);
                await (hold?.Invoke(recorded.Envelope.EventId) ?? Task.CompletedTask);
                _handled.Enqueue((replica, recorded.Envelope.EventId));
            },
            atOnce,
            _log.Log,
            _codec,
            _state,
            NullLogger.Instance);
        ends = Task.Run(() => subscription.RunAsync(stop.Token));
        return stop;
    }

    private async Task<IReadOnlyList<Guid>> AppendAsync(int count)
    {
        var ids = new List<Guid>();
        for (var number = 0; number < count; number++)
        {
            var child = Guid.CreateVersion7();
            var context = new CommandContext(child, Actor.System("test"), null, DateTimeOffset.UnixEpoch, child);
            var encoded = await _codec.EncodeAsync(Toy.Stream(child), [new NoteCounted(child)], context, default);
            await _log.Log.AppendAsync(Toy.Stream(child), StreamRevision.None, encoded, default);
            ids.Add(encoded[0].Id);
        }

        return ids;
    }

    private Task HandledAsync(int count) => Wait.ForAsync(
        () => Task.FromResult(_handled.Select(one => one.EventId).Distinct().Count() >= count), $"{count} events handled");

    private Task<LogPosition?> SavedAsync() => _state.LoadAsync(Name, default);

    private sealed class Later : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
    }
}
