using Barnahus.Platform.EventLog;
using Microsoft.Data.Sqlite;
using static Microsoft.Data.Sqlite.SqliteType;

namespace Barnahus.Platform.State;

/// <summary>State in a SQLite file of its own, which several processes of one machine may share.</summary>
public sealed class SqliteStateStore : IStateStore, IAsyncDisposable
{
    // NORMAL: a power cut may take the last commits, together with every process that acted on them. A checkpoint may lag, never lead.
    private static readonly SqliteSchema Schema = new("a state store", ApplicationId: 0x424E4853, Version: 1, Synchronous: "NORMAL", """
        CREATE TABLE leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, token INTEGER NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE checkpoints (name TEXT PRIMARY KEY, position TEXT NOT NULL) WITHOUT ROWID;
        """);

    private readonly SqliteConnection connection;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly SqliteCommand takeLease;
    private readonly SqliteCommand release;
    private readonly SqliteCommand load;
    private readonly SqliteCommand save;

    private SqliteStateStore(SqliteConnection connection, TimeProvider time)
    {
        this.connection = connection;
        this.time = time;

        // Each is one statement and so one transaction: what it checks cannot change under it.
        takeLease = SqliteFile.Prepare(connection, """
            INSERT INTO leases (name, holder, token, expires_at) VALUES (@name, @holder, 1, @until)
            ON CONFLICT (name) DO UPDATE SET
              token = CASE WHEN holder = excluded.holder THEN token ELSE token + 1 END,
              holder = excluded.holder,
              expires_at = excluded.expires_at
            WHERE expires_at <= @now OR holder = excluded.holder
            RETURNING token
            """, ("@name", Text), ("@holder", Text), ("@until", Integer), ("@now", Integer));
        release = SqliteFile.Prepare(
            connection, "UPDATE leases SET expires_at = 0 WHERE name = @name AND token = @token", ("@name", Text), ("@token", Integer));
        load = SqliteFile.Prepare(connection, "SELECT position FROM checkpoints WHERE name = @name", ("@name", Text));
        save = SqliteFile.Prepare(connection, """
            INSERT INTO checkpoints (name, position)
            SELECT name, @position FROM leases WHERE name = @name AND token = @token AND holder = @holder
            ON CONFLICT (name) DO UPDATE SET position = excluded.position
            """, ("@name", Text), ("@token", Integer), ("@holder", Text), ("@position", Text));
    }

    /// <summary>Opens the file, creating it (and its folder) when it is not there.</summary>
    /// <param name="time">For tests; system time otherwise.</param>
    /// <param name="alone">
    /// No other process can be at work on what is leased here: whoever holds a lease crashed, and it is free at once. Tokens rise as ever, so
    /// that even a holder who were still alive is fenced.
    /// </param>
    public static SqliteStateStore Open(string path, TimeProvider? time = null, bool alone = false)
    {
        var writer = SqliteFile.OpenWriter(path, Schema);
        if (alone)
        {
            SqliteFile.Execute(writer, "UPDATE leases SET expires_at = 0");
        }

        return new(writer, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public Task<Lease?> TryLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken) =>
        RunAsync(
            takeLease,
            now => [name, holder, (now + duration).ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds()],
            command => command.ExecuteScalar() is long token ? new Lease(name, holder, token) : null,
            cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) =>
        RunAsync(release, _ => [lease.Name, lease.Token], command => command.ExecuteNonQuery(), cancellationToken);

    /// <inheritdoc/>
    public Task<LogPosition?> LoadAsync(string name, CancellationToken cancellationToken) =>
        RunAsync(load, _ => [name], command => command.ExecuteScalar() switch
        {
            null => (LogPosition?)null,
            string text when LogPosition.TryParse(text, out var position) => position,
            _ => throw new InvalidDataException($"Checkpoint {name} holds no position."),
        }, cancellationToken);

    /// <inheritdoc/>
    public async Task SaveAsync(Lease lease, LogPosition position, CancellationToken cancellationToken)
    {
        var saved = await RunAsync(
            save,
            _ => [lease.Name, lease.Token, lease.Holder, position.ToString()],
            command => command.ExecuteNonQuery() == 1,
            cancellationToken);
        if (!saved)
        {
            throw new FencedException(lease);
        }
    }

    /// <summary>Closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await oneAtATime.WaitAsync();
        foreach (var command in (SqliteCommand[])[takeLease, release, load, save])
        {
            await command.DisposeAsync();
        }

        await connection.DisposeAsync();
        oneAtATime.Dispose();
    }

    private async Task<T> RunAsync<T>(
        SqliteCommand command, Func<DateTimeOffset, object[]> values, Func<SqliteCommand, T> run, CancellationToken cancellationToken)
    {
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var parameters = values(time.GetUtcNow());
            for (var i = 0; i < parameters.Length; i++)
            {
                command.Parameters[i].Value = parameters[i];
            }

            return run(command);
        }
        finally
        {
            oneAtATime.Release();
        }
    }
}
