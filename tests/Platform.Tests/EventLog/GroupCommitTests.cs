using System.Collections.Concurrent;
using System.Text;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>The cost of being durable is shared, and who follows costs nothing while nothing happens: counted, not timed.</summary>
public sealed class GroupCommitTests
{
    [Fact]
    public async Task Appends_that_wait_share_one_commit()
    {
        using var transaction = new Counting();
        await using var commits = new GroupCommit(new BatchWriter(transaction), () => { }, "counted");
        var first = AppendAsync(commits);
        transaction.Entered.Wait(TimeSpan.FromSeconds(10)).ShouldBeTrue();

        // The first is on its way to the disk; these come meanwhile.
        var waiting = Enumerable.Range(0, 32).Select(_ => AppendAsync(commits)).ToList();
        transaction.Gate.Set();
        await first;
        await Task.WhenAll(waiting);
        transaction.Commits.ShouldBe([1, 32]);
    }

    [Fact]
    public async Task What_waits_at_the_end_is_written_and_what_comes_later_is_refused()
    {
        using var transaction = new Counting();
        var commits = new GroupCommit(new BatchWriter(transaction), () => { }, "ending");
        var first = AppendAsync(commits);
        transaction.Entered.Wait(TimeSpan.FromSeconds(10)).ShouldBeTrue();
        var waiting = AppendAsync(commits);
        var ending = commits.DisposeAsync().AsTask();
        await Should.ThrowAsync<ObjectDisposedException>(() => AppendAsync(commits));
        transaction.Gate.Set();
        await ending;
        await Task.WhenAll(first, waiting).WaitAsync(TimeSpan.FromSeconds(10));
        transaction.Commits.ShouldBe([1, 1]);
    }

    [Theory]
    [InlineData(true, 4, "one for each that is new")]
    [InlineData(false, 7, "one for what is new and one that finds no more, where others append too")]
    public async Task A_follower_that_has_caught_up_reads_only_when_something_was_appended(bool alone, int expected, string why)
    {
        var signal = new AppendSignal();
        var log = new ConcurrentQueue<LoggedEvent>();
        var reads = 0;
        ValueTask<IReadOnlyList<LoggedEvent>> ReadAsync(LogPosition after, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref reads);
            return new([.. log.Where(e => e.Position > after)]);
        }

        using var ending = new CancellationTokenSource();
        var followed = 0;
        var caughtUp = new SemaphoreSlim(0);
        var following = Task.Run(async () =>
        {
            await foreach (var page in LogFollower.FollowAsync(LogPosition.Start, ReadAsync, signal, alone, () => Timeout.InfiniteTimeSpan, ending.Token))
            {
                followed += page.Count;
                if (page.Count == 0)
                {
                    caughtUp.Release();
                }
            }
        });
        (await caughtUp.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        await Task.Delay(500);
        reads.ShouldBe(1, "half a second in which nothing happens costs no read");

        for (var i = 1; i <= 3; i++)
        {
            log.Enqueue(new(new LogPosition(i), "test", i - 1, Guid.NewGuid(), "test.happened.v1", default, default, default));
            signal.Raise();
            (await caughtUp.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        }

        await Task.Delay(200);
        followed.ShouldBe(3);
        reads.ShouldBe(expected, why);
        await ending.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => following);
    }

    private static Task<Appended> AppendAsync(GroupCommit commits) => commits.AppendAsync(
        PendingAppend.Checked(
            $"test.thing-{Guid.NewGuid():D}",
            StreamRevision.None,
            [new EventToAppend(Guid.NewGuid(), "test.happened.v1", Encoding.UTF8.GetBytes("{}"), Encoding.UTF8.GetBytes("{}"))]),
        CancellationToken.None);

    /// <summary>An engine that counts what each commit holds; its first waits at the gate.</summary>
    private sealed class Counting : IAppendTransaction
    {
        private long _head;

        public ManualResetEventSlim Entered { get; } = new();

        public ManualResetEventSlim Gate { get; } = new();

        public List<int> Commits { get; } = [];

        public LogState Begin(IReadOnlyDictionary<string, long> expected, bool certain)
        {
            Entered.Set();
            Gate.Wait(TimeSpan.FromSeconds(10));
            return new(_head, expected.Keys.ToDictionary(stream => stream, _ => StreamRevision.None, StringComparer.Ordinal), Certain: true);
        }

        public IReadOnlyList<(Guid Id, long Position)> Ids(string stream, long fromRevision, int count) => [];

        public CommitResult Commit(IReadOnlyList<EventToInsert> events)
        {
            _head += events.Count;
            Commits.Add(events.Count);
            return CommitResult.Done;
        }

        public void Rollback()
        {
        }

        public void Dispose()
        {
            Entered.Dispose();
            Gate.Dispose();
        }
    }
}
