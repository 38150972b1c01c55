using System.Threading.Channels;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Tests.EventLog;

public abstract class FollowContract : LogContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [SkippableFact]
    public async Task An_empty_log_is_caught_up_at_once()
    {
        await using var follower = new Follower(Log);
        (await follower.NextAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task It_catches_up_says_so_once_and_then_gives_what_is_appended()
    {
        await AppendAsync(NewStream(), StreamRevision.None, Events(3));
        await using var follower = new Follower(Log);
        (await follower.UntilCaughtUpAsync()).Count.ShouldBe(3);
        await follower.ShouldStaySilentAsync();

        var later = Events(2);
        await AppendAsync(NewStream(), StreamRevision.None, later);
        (await follower.UntilCaughtUpAsync()).Select(e => e.Id).ShouldBe(later.Select(e => e.Id));
        await follower.ShouldStaySilentAsync();
    }

    [SkippableFact]
    public async Task It_starts_after_the_given_position()
    {
        await AppendAsync(NewStream(), StreamRevision.None, Events(3));
        var all = await ReadAllAsync();
        await using var follower = new Follower(Log, all[1].Position);
        (await follower.UntilCaughtUpAsync()).ShouldHaveSingleItem().Id.ShouldBe(all[2].Id);
        await using var atHead = new Follower(Log, all[2].Position);
        (await atHead.NextAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task More_than_a_page_comes_whole_and_in_order()
    {
        for (var i = 0; i < 5; i++)
        {
            await AppendAsync(NewStream(), StreamRevision.None, Events(700));
        }

        await using var follower = new Follower(Log);
        var followed = await follower.UntilCaughtUpAsync();
        followed.Select(e => e.Id).ShouldBe((await ReadAllAsync()).Select(e => e.Id));
        followed.Count.ShouldBe(3500);
    }

    [SkippableFact]
    public async Task Large_events_come_whole_and_in_order()
    {
        var large = new string('x', 250_000);
        for (var i = 0; i < 8; i++)
        {
            await AppendAsync(NewStream(), StreamRevision.None, [.. Enumerable.Range(0, 10).Select(n => Event($"\"{i}.{n}{large}\""))]);
        }

        await using var follower = new Follower(Log);
        var followed = await follower.UntilCaughtUpAsync();
        followed.Select(e => Text(e.Data[1..4])).ShouldBe(
            from i in Enumerable.Range(0, 8) from n in Enumerable.Range(0, 10) select $"{i}.{n}");
    }

    [SkippableFact]
    public async Task Followers_do_not_disturb_each_other()
    {
        await using var one = new Follower(Log);
        await using (var other = new Follower(Log))
        {
            (await other.NextAsync()).ShouldBeEmpty();
        }

        (await one.NextAsync()).ShouldBeEmpty();
        await AppendAsync(NewStream(), StreamRevision.None, Events(1));
        (await one.UntilCaughtUpAsync()).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task Cancelling_ends_it_while_it_waits()
    {
        using var cancelling = new CancellationTokenSource();
        var following = Task.Run(async () =>
        {
            await foreach (var batch in Log.FollowAsync(LogPosition.Start, cancelling.Token))
            {
                batch.ShouldBeEmpty();
                cancelling.CancelAfter(TimeSpan.FromMilliseconds(20));
            }
        });
        await Should.ThrowAsync<OperationCanceledException>(() => following.WaitAsync(Patience));
    }

    [SkippableFact]
    public async Task A_refused_append_wakes_nobody()
    {
        await using var follower = new Follower(Log);
        (await follower.NextAsync()).ShouldBeEmpty();
        await Should.ThrowAsync<WrongRevisionException>(() => AppendAsync(NewStream(), 3, Event()));
        await follower.ShouldStaySilentAsync();
    }

    /// <summary>Follows in the background and hands over batch by batch.</summary>
    private sealed class Follower : IAsyncDisposable
    {
        private readonly CancellationTokenSource ending = new();
        private readonly Channel<IReadOnlyList<LoggedEvent>> batches = Channel.CreateUnbounded<IReadOnlyList<LoggedEvent>>();
        private readonly Task running;

        public Follower(IEventLog log, LogPosition after = default) => running = Task.Run(async () =>
        {
            await foreach (var batch in log.FollowAsync(after, ending.Token))
            {
                await batches.Writer.WriteAsync(batch);
            }
        });

        public async Task<IReadOnlyList<LoggedEvent>> NextAsync() => await batches.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        public async Task<List<LoggedEvent>> UntilCaughtUpAsync()
        {
            var events = new List<LoggedEvent>();
            while (await NextAsync() is { Count: > 0 } batch)
            {
                events.AddRange(batch);
            }

            return events;
        }

        public async Task ShouldStaySilentAsync()
        {
            await Task.Delay(100);
            batches.Reader.TryRead(out _).ShouldBeFalse();
        }

        public async ValueTask DisposeAsync()
        {
            await ending.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
            ending.Dispose();
        }
    }
}
