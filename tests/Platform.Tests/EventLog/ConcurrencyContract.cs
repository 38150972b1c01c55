using System.Collections.Concurrent;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Tests.EventLog;

public abstract class ConcurrencyContract : LogContract
{
    private const int Writers = 32;

    private static int Rounds => All ? 1000 : 60;

    [SkippableFact]
    public async Task Thirty_two_writers_and_a_follower_no_gap_no_skip_no_double()
    {
        using var ending = new CancellationTokenSource();
        var followed = FollowAsync(Writers * Rounds, ending.Token);
        var acknowledged = new ConcurrentDictionary<Guid, Appended>();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            var stream = NewStream();
            for (var i = 0; i < Rounds; i++)
            {
                var e = Event();
                acknowledged[e.Id] = await AppendAsync(stream, i - 1, e);
            }
        })));

        var all = await ReadAllAsync();
        all.Count.ShouldBe(Writers * Rounds);
        all.Zip(all.Skip(1)).ShouldAllBe(pair => pair.First.Position < pair.Second.Position);
        all.ShouldAllBe(e => acknowledged[e.Id] == new Appended(e.Revision, e.Position));
        all.GroupBy(e => e.Stream).Count().ShouldBe(Writers);
        all.GroupBy(e => e.Stream).ShouldAllBe(stream => stream.Select((e, i) => e.Revision == i).All(right => right));
        (await followed.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBe(all.Select(e => e.Id));
        await ending.CancelAsync();
    }

    [SkippableFact]
    public async Task Of_all_who_race_for_one_revision_one_wins_and_the_others_are_told_the_revision()
    {
        var stream = NewStream();
        var rounds = All ? 1000 : 40;
        for (var round = 0; round < rounds; round++)
        {
            var expected = round - 1;
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                try
                {
                    return (await AppendAsync(stream, expected, Event())).Revision;
                }
                catch (WrongRevisionException lost)
                {
                    lost.Actual.ShouldBe(round);
                    return -1;
                }
            })));
            outcomes.Where(revision => revision >= 0).ShouldBe([round]);
        }

        (await ReadAsync(stream, 0, 2000)).Select(e => e.Revision).ShouldBe(Enumerable.Range(0, rounds).Select(i => (long)i));
    }

    [SkippableFact]
    public async Task The_same_append_by_many_at_once_happens_once()
    {
        for (var round = 0; round < (All ? 500 : 20); round++)
        {
            var stream = NewStream();
            var events = Events(3);
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AppendAsync(stream, StreamRevision.None, events))));
            results.Distinct().ShouldHaveSingleItem().Revision.ShouldBe(2);
            (await ReadAsync(stream)).Select(e => e.Id).ShouldBe(events.Select(e => e.Id));
        }
    }

    [SkippableFact]
    public async Task Who_reads_while_others_write_sees_whole_appends_and_no_gap()
    {
        var stream = NewStream();
        using var done = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                await AppendAsync(stream, (i * 5) - 1, Events(5));
            }

            await done.CancelAsync();
        });
        while (!done.IsCancellationRequested)
        {
            var seen = await ReadAsync(stream, 0, 10_000);
            (seen.Count % 5).ShouldBe(0);
            seen.Select((e, i) => e.Revision == i).ShouldAllBe(right => right);
            await Task.Yield();
        }

        await writing;
        (await ReadAsync(stream, 0, 10_000)).Count.ShouldBe(Rounds * 5);
    }

    [SkippableFact]
    public async Task Who_was_answered_is_in_the_log_and_who_cancelled_in_time_is_not_and_nobody_is_there_by_half()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, All ? 5000 : 400).Select(i => Task.Run(async () =>
        {
            var stream = NewStream();
            using var cancelling = new CancellationTokenSource();
            var appending = Log.AppendAsync(stream, StreamRevision.None, Events(3), cancelling.Token);
            var cancel = i % 3 == 0 ? Task.CompletedTask : cancelling.CancelAsync();
            var answered = true;
            try
            {
                await appending;
            }
            catch (OperationCanceledException)
            {
                answered = false;
            }

            await cancel;
            return (stream, answered);
        })));

        foreach (var (stream, answered) in answers)
        {
            (await ReadAsync(stream)).Count.ShouldBeOneOf(answered ? [3] : CancelledMayBeThere ? [0, 3] : [0]);
        }

        answers.ShouldContain(a => a.answered);
    }

    /// <summary>True for an engine over a network, where the answer may be lost after the deed.</summary>
    protected virtual bool CancelledMayBeThere => false;

    private async Task<List<Guid>> FollowAsync(int count, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        await foreach (var batch in Log.FollowAsync(LogPosition.Start, cancellationToken))
        {
            ids.AddRange(batch.Select(e => e.Id));
            if (ids.Count >= count)
            {
                break;
            }
        }

        return ids;
    }
}
