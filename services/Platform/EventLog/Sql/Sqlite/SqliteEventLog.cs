using Barnahus.Platform.State;

namespace Barnahus.Platform.EventLog.Sql.Sqlite;

/// <summary>
/// The embedded log: one SQLite file in write-ahead mode, synced at every commit. One thread writes with group commit, any number read
/// beside it. One process at a time has the file (docs/decisions/0001-embedded-log.md).
/// </summary>
public sealed class SqliteEventLog : IEventLog, IAsyncDisposable
{
    private readonly SqliteLogLock held;
    private readonly SqliteAppendTransaction transaction;
    private readonly GroupCommit commits;
    private readonly SqliteReaders readers;
    private readonly LogTail tail;
    private readonly AppendSignal signal = new();
    private readonly CancellationTokenSource closing = new();

    private SqliteEventLog(string path, SqliteLogLock fileLock, SqliteAppendTransaction transaction, LogTail tail)
    {
        held = fileLock;
        this.transaction = transaction;
        this.tail = tail;
        commits = new(new(transaction), signal.Raise, $"log {Path.GetFileName(path)}");
        readers = new(path);
    }

    /// <summary>Opens the file, creating it (and its folder) when it is not there.</summary>
    /// <exception cref="LogInUseException">It is open already, in this process or another.</exception>
    /// <exception cref="InvalidDataException">The file is no event log, or of a later version.</exception>
    public static SqliteEventLog Open(string path)
    {
        path = Path.GetFullPath(path);
        var fileLock = SqliteLogLock.Take(path);
        try
        {
            var latest = new LogTail();
            return new(path, fileLock, new(SqliteFile.OpenWriter(path, SqliteEventTable.Schema), TimeProvider.System, latest), latest);
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<Appended> AppendAsync(
        string stream, long expectedRevision, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken) =>
        commits.AppendAsync(PendingAppend.Checked(stream, expectedRevision, events), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LoggedEvent>> ReadStreamAsync(
        string stream, long fromRevision, int maxCount, ReadDirection direction, CancellationToken cancellationToken) =>
        ReadAsync(maxCount, reader => reader.Stream(stream, fromRevision, maxCount, direction), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LoggedEvent>> ReadAllAsync(LogPosition after, int maxCount, CancellationToken cancellationToken) =>
        ReadAsync(maxCount, reader => reader.All(after, maxCount), cancellationToken);

    /// <inheritdoc/>
    public async Task<LoggedEvent?> ReadAtAsync(LogPosition position, CancellationToken cancellationToken) =>
        await ReadAllAsync(new(position.Value - 1), 1, cancellationToken) is [var found] && found.Position == position ? found : null;

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<LoggedEvent>> FollowAsync(
        LogPosition after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        await foreach (var batch in LogFollower.FollowAsync(after, Page, signal, alone: true, () => Timeout.InfiniteTimeSpan, ending.Token))
        {
            yield return batch;
        }
    }

    /// <inheritdoc/>
    public Task<LogPosition> HeadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(transaction.Head);
    }

    /// <summary>Finishes the appends that wait, ends who follows, closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await commits.DisposeAsync();
        await closing.CancelAsync();
        readers.Dispose();
        transaction.Dispose();
        held.Dispose();
    }

    private ValueTask<IReadOnlyList<LoggedEvent>> Page(LogPosition after, CancellationToken cancellationToken) =>
        new(tail.After(after) ?? readers.Read(reader => reader.All(after, LogFollower.PageSize, LogFollower.PageBytes)));

    // A read takes microseconds and its driver knows no other way than to do it here and now.
    private Task<IReadOnlyList<LoggedEvent>> ReadAsync(
        int maxCount, Func<SqliteReader, IReadOnlyList<LoggedEvent>> read, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxCount);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(readers.Read(read));
    }
}
