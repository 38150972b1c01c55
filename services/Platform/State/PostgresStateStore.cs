using Barnahus.Platform.EventLog;
using Npgsql;

namespace Barnahus.Platform.State;

/// <summary>
/// State in a PostgreSQL database, for processes on any number of hosts. Leases run by the database's clock: the one clock that all holders
/// share, so that no host whose clock is wrong takes a lease too early or keeps it too long.
/// </summary>
public sealed class PostgresStateStore : IStateStore, IAsyncDisposable
{
    private static readonly PostgresSchema Schema = new("state", "a state store", ["""
        CREATE TABLE leases (name text COLLATE "C" PRIMARY KEY, holder text NOT NULL, token bigint NOT NULL, expires_at timestamptz NOT NULL);
        CREATE TABLE checkpoints (name text COLLATE "C" PRIMARY KEY, position text NOT NULL);
        """], [("leases", "SELECT, INSERT, UPDATE"), ("checkpoints", "SELECT, INSERT, UPDATE")]);

    // Each is one statement and so one transaction: what it checks cannot change under it. The clock is read after waiting for a row.
    private const string TakeLease = """
        INSERT INTO leases AS lease (name, holder, token, expires_at) VALUES ($1, $2, 1, clock_timestamp() + $3)
        ON CONFLICT (name) DO UPDATE SET
          token = CASE WHEN lease.holder = excluded.holder THEN lease.token ELSE lease.token + 1 END,
          holder = excluded.holder,
          expires_at = clock_timestamp() + $3
        WHERE lease.expires_at <= clock_timestamp() OR lease.holder = excluded.holder
        RETURNING token
        """;

    // FOR UPDATE: a new holder waits until this save is done, or this save sees the new holder. Never both.
    private const string Save = """
        INSERT INTO checkpoints (name, position)
        SELECT name, $4 FROM (SELECT name FROM leases WHERE name = $1 AND token = $2 AND holder = $3 FOR UPDATE) AS held
        ON CONFLICT (name) DO UPDATE SET position = excluded.position
        """;

    private readonly NpgsqlDataSource database;

    private PostgresStateStore(NpgsqlDataSource database) => this.database = database;

    /// <summary>Opens the store, made before or now by its owner.</summary>
    /// <param name="connectionString">Of the role at work.</param>
    /// <param name="owner">Of the role that owns the tables; null when they are there already.</param>
    /// <exception cref="StateUnreachableException">The server does not answer.</exception>
    /// <exception cref="InvalidDataException">The database is no state store, of another version, or grants too much.</exception>
    public static PostgresStateStore Open(string connectionString, string? owner)
    {
        try
        {
            return new(PostgresDatabase.Open(connectionString, owner, Schema));
        }
        catch (Exception failure) when (PostgresErrors.IsOutOfReach(failure))
        {
            throw new StateUnreachableException(failure);
        }
    }

    /// <inheritdoc/>
    public async Task<Lease?> TryLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken) =>
        await ScalarAsync(TakeLease, cancellationToken, name, holder, duration) is long token ? new Lease(name, holder, token) : null;

    /// <inheritdoc/>
    public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) => AskAsync(
        "UPDATE leases SET expires_at = '-infinity' WHERE name = $1 AND token = $2",
        command => command.ExecuteNonQueryAsync(cancellationToken),
        lease.Name, lease.Token);

    /// <inheritdoc/>
    public async Task<LogPosition?> LoadAsync(string name, CancellationToken cancellationToken) =>
        await ScalarAsync("SELECT position FROM checkpoints WHERE name = $1", cancellationToken, name) switch
        {
            null => null,
            string text when LogPosition.TryParse(text, out var position) => position,
            _ => throw new InvalidDataException($"Checkpoint {name} holds no position."),
        };

    /// <inheritdoc/>
    public async Task SaveAsync(Lease lease, LogPosition position, CancellationToken cancellationToken)
    {
        var saved = await AskAsync(
            Save, command => command.ExecuteNonQueryAsync(cancellationToken), lease.Name, lease.Token, lease.Holder, position.ToString());
        if (saved == 0)
        {
            throw new FencedException(lease);
        }
    }

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => database.DisposeAsync();

    private Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken, params object[] parameters) =>
        AskAsync(sql, command => command.ExecuteScalarAsync(cancellationToken), parameters);

    // Each may be done twice: a lease renewed, a position saved again.
    private async Task<T> AskAsync<T>(string sql, Func<NpgsqlCommand, Task<T>> ask, params object[] parameters)
    {
        try
        {
            return await PostgresErrors.AskAsync(async () =>
            {
                await using var command = database.CreateCommand(sql);
                foreach (var value in parameters)
                {
                    command.Parameters.Add(new() { Value = value });
                }

                return await ask(command);
            });
        }
        catch (Exception failure) when (PostgresErrors.IsOutOfReach(failure))
        {
            throw new StateUnreachableException(failure);
        }
    }
}
