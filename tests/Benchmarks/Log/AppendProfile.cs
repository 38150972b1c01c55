using System.Diagnostics;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql;
using Barnahus.Platform.EventLog.Sql.Sqlite;
using Barnahus.Platform.State;

namespace Barnahus.Benchmarks.Log;

/// <summary>Where the writer's time goes: the engine's own parts, with a stopwatch around what it asks of SQLite.</summary>
internal sealed class AppendProfile(IAppendTransaction inner) : IAppendTransaction
{
    private long inserting;
    private long committing;
    private long looking;
    private int commits;

    public static async Task<IReadOnlyList<Share>> TakeAsync(string path, Func<Append, Task<double>> run, int events)
    {
        using var profile = new AppendProfile(new SqliteAppendTransaction(SqliteFile.OpenWriter(path, SqliteEventTable.Schema)));
        await using var commit = new GroupCommit(new BatchWriter(profile, TimeProvider.System), new AppendSignal(), "profile");
        Task<Appended> AppendAsync(string stream, long expected, IReadOnlyList<EventToAppend> list, CancellationToken token) =>
            commit.AppendAsync(PendingAppend.Checked(stream, expected, list), token);

        await run(AppendAsync);
        profile.Reset();
        var started = Stopwatch.GetTimestamp();
        await run(AppendAsync);
        return profile.Shares(Stopwatch.GetTimestamp() - started, events);
    }

    public void Begin() => Timed(ref looking, inner.Begin);

    public void Commit()
    {
        commits++;
        Timed(ref committing, inner.Commit);
    }

    public void Rollback() => inner.Rollback();

    public long LastPosition() => inner.LastPosition();

    public long LastRevision(string stream)
    {
        var started = Stopwatch.GetTimestamp();
        var revision = inner.LastRevision(stream);
        looking += Stopwatch.GetTimestamp() - started;
        return revision;
    }

    public IReadOnlyList<(Guid Id, long Position)> Ids(string stream, long fromRevision, int count) => inner.Ids(stream, fromRevision, count);

    public bool TryInsert(long position, string stream, long revision, EventToAppend e, long recordedAt)
    {
        var started = Stopwatch.GetTimestamp();
        var inserted = inner.TryInsert(position, stream, revision, e, recordedAt);
        inserting += Stopwatch.GetTimestamp() - started;
        return inserted;
    }

    public void RemoveAfter(long position) => inner.RemoveAfter(position);

    public void Dispose() => inner.Dispose();

    private static void Timed(ref long ticks, Action action)
    {
        var started = Stopwatch.GetTimestamp();
        action();
        ticks += Stopwatch.GetTimestamp() - started;
    }

    private void Reset() => (inserting, committing, looking, commits) = (0, 0, 0, 0);

    private List<Share> Shares(long total, int events)
    {
        Share Of(string what, long ticks) => new(what, (double)ticks / total, Stopwatch.GetElapsedTime(0, ticks).TotalMicroseconds / events);
        return
        [
            .. new[]
            {
                Of($"commit: write-ahead file synced ({(double)events / commits:0.0} events each)", committing),
                Of("insert: row and two indexes", inserting),
                Of("begin, revision of a stream seen first", looking),
                Of("queue: waking callers, waiting for the next", total - committing - inserting - looking),
            }.OrderByDescending(share => share.Part),
        ];
    }
}
