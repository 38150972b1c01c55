using System.Diagnostics;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql;

namespace Barnahus.Benchmarks.Log;

/// <summary>Where the writer's time goes: the engine's own parts, with a stopwatch around what it asks of the database.</summary>
internal sealed class AppendProfile(IAppendTransaction inner) : IAppendTransaction
{
    private long committing;
    private long looking;
    private int commits;

    /// <param name="transaction">The engine's.</param>
    /// <param name="run">Appends <paramref name="events"/> events.</param>
    /// <param name="looks">What beginning is, for people.</param>
    /// <param name="commits">What inserting and committing is.</param>
    public static async Task<IReadOnlyList<Share>> TakeAsync(
        IAppendTransaction transaction, Func<Append, Task<double>> run, int events, string looks, string commits)
    {
        using var profile = new AppendProfile(transaction);
        await using var commit = new GroupCommit(new BatchWriter(profile), () => { }, "profile");
        Task<Appended> AppendAsync(string stream, long expected, IReadOnlyList<EventToAppend> list, CancellationToken token) =>
            commit.AppendAsync(PendingAppend.Checked(stream, expected, list), token);

        await run(AppendAsync);
        profile.Reset();
        var started = Stopwatch.GetTimestamp();
        await run(AppendAsync);
        return profile.Shares(Stopwatch.GetTimestamp() - started, events, looks, commits);
    }

    public LogState Begin(IReadOnlyDictionary<string, long> expected, bool certain)
    {
        var started = Stopwatch.GetTimestamp();
        var state = inner.Begin(expected, certain);
        looking += Stopwatch.GetTimestamp() - started;
        return state;
    }

    public IReadOnlyList<(Guid Id, long Position)> Ids(string stream, long fromRevision, int count) => inner.Ids(stream, fromRevision, count);

    public CommitResult Commit(IReadOnlyList<EventToInsert> events)
    {
        commits++;
        var started = Stopwatch.GetTimestamp();
        var result = inner.Commit(events);
        committing += Stopwatch.GetTimestamp() - started;
        return result;
    }

    public void Rollback() => inner.Rollback();

    public void Dispose() => inner.Dispose();

    private void Reset() => (committing, looking, commits) = (0, 0, 0);

    private List<Share> Shares(long total, int events, string looks, string writes)
    {
        Share Of(string what, long ticks) => new(what, (double)ticks / total, Stopwatch.GetElapsedTime(0, ticks).TotalMicroseconds / events);
        return
        [
            .. new[]
            {
                Of($"{writes} ({(double)events / commits:0.0} events each)", committing),
                Of(looks, looking),
                Of("queue and judging: waking callers, waiting for the next", total - committing - looking),
            }.OrderByDescending(share => share.Part),
        ];
    }
}
