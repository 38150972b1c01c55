using System.Runtime.CompilerServices;
using Barnahus.Platform.State;
using Npgsql;

namespace Barnahus.Platform.EventLog.Sql.Postgres;

/// <summary>
/// The log in a PostgreSQL database, for several processes and hosts. Each process commits in groups; an advisory lock puts the groups of all
/// processes in one order (docs/decisions/0005-postgresql.md).
/// </summary>
public sealed class PostgresEventLog : IEventLog, IAsyncDisposable
{
    // One event at least, then no more than fit: the driver reads to the end whatever it is given.
    private const string Page = $"""
        SELECT {EventRow.Columns} FROM (
          SELECT *, sum(octet_length(data) + octet_length(metadata)) OVER (ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS size_before
          FROM (SELECT * FROM events WHERE position > @from ORDER BY position LIMIT @count) AS first) AS page
        WHERE size_before IS NULL OR size_before < @bytes ORDER BY position
        """;

    private readonly NpgsqlDataSource database;
    private readonly PostgresAppendTransaction transaction;
    private readonly GroupCommit commits;
    private readonly PostgresNotifier notifier;
    private readonly PostgresListener listener;
    private readonly AppendSignal signal = new();
    private readonly AppendSignal appended = new();
    private readonly CancellationTokenSource closing = new();

    private PostgresEventLog(NpgsqlDataSource database)
    {
        this.database = database;
        transaction = new(database);
        commits = new(new(transaction), Appended, "log postgres");
        notifier = new(database, appended);
        listener = new(database, signal, () => notifier.ProcessId);
    }

    /// <summary>Opens the log, made before or now by its owner.</summary>
    /// <param name="connectionString">Of the role at work, which may SELECT and INSERT only.</param>
    /// <param name="owner">Of the role that owns the tables; null when they are there already.</param>
    /// <exception cref="LogUnreachableException">The server does not answer.</exception>
    /// <exception cref="InvalidDataException">The database is no event log, of another version, or grants too much.</exception>
    public static PostgresEventLog Open(string connectionString, string? owner)
    {
        try
        {
            return new(PostgresDatabase.Open(connectionString, owner, PostgresEventTable.Schema));
        }
        catch (Exception failure) when (PostgresErrors.IsOutOfReach(failure))
        {
            throw new LogUnreachableException(failure);
        }
    }

    /// <inheritdoc/>
    public Task<Appended> AppendAsync(
        string stream, long expectedRevision, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken) =>
        commits.AppendAsync(PendingAppend.Checked(stream, expectedRevision, events), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LoggedEvent>> ReadStreamAsync(
        string stream, long fromRevision, int maxCount, ReadDirection direction, CancellationToken cancellationToken) => EventsAsync(
        direction == ReadDirection.Forwards ? EventRow.Forwards : EventRow.Backwards,
        maxCount,
        cancellationToken,
        ("stream", stream), ("from", fromRevision));

    /// <inheritdoc/>
    public Task<IReadOnlyList<LoggedEvent>> ReadAllAsync(LogPosition after, int maxCount, CancellationToken cancellationToken) =>
        EventsAsync(EventRow.All, maxCount, cancellationToken, ("from", after.Value));

    /// <inheritdoc/>
    public async Task<LoggedEvent?> ReadAtAsync(LogPosition position, CancellationToken cancellationToken) =>
        await ReadAllAsync(new(position.Value - 1), 1, cancellationToken) is [var found] && found.Position == position ? found : null;

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<LoggedEvent>> FollowAsync(
        LogPosition after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        await foreach (var batch in LogFollower.FollowAsync(after, PageAsync, signal, alone: false, () => listener.Patience, ending.Token))
        {
            yield return batch;
        }
    }

    /// <inheritdoc/>
    public Task<LogPosition> HeadAsync(CancellationToken cancellationToken) => ReadAsync(async () =>
    {
        await using var command = database.CreateCommand("SELECT coalesce(max(position), 0) FROM events");
        return new LogPosition((long)(await command.ExecuteScalarAsync(cancellationToken))!);
    });

    /// <summary>Finishes the appends that wait, ends who follows, closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await commits.DisposeAsync();
        await closing.CancelAsync();
        await notifier.DisposeAsync();
        await listener.DisposeAsync();
        transaction.Dispose();
        await database.DisposeAsync();
    }

    private void Appended()
    {
        signal.Raise();
        appended.Raise();
    }

    private static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await PostgresErrors.AskAsync(read);
        }
        catch (Exception failure) when (PostgresErrors.IsOutOfReach(failure))
        {
            throw new LogUnreachableException(failure);
        }
    }

    /// <summary>Who follows waits for a server that is away: it must not stop for that.</summary>
    private async ValueTask<IReadOnlyList<LoggedEvent>> PageAsync(LogPosition after, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await EventsAsync(Page, LogFollower.PageSize, cancellationToken, ("from", after.Value), ("bytes", LogFollower.PageBytes));
            }
            catch (LogUnreachableException)
            {
                await Task.Delay(listener.Patience, cancellationToken);
            }
        }
    }

    private Task<IReadOnlyList<LoggedEvent>> EventsAsync(
        string sql, int maxCount, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxCount);
        return ReadAsync<IReadOnlyList<LoggedEvent>>(async () =>
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.AddWithValue("count", maxCount);
            foreach (var (name, value) in parameters)
            {
                command.Parameters.AddWithValue(name, value);
            }

            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var events = new List<LoggedEvent>();
            while (await reader.ReadAsync(cancellationToken))
            {
                events.Add(EventRow.Read(reader, reader.GetGuid(3)));
            }

            return events;
        });
    }
}
