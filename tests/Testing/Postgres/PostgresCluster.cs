using System.Collections.Concurrent;
using Barnahus.Nodes;
using Npgsql;

namespace Barnahus.Testing.Postgres;

/// <summary>
/// A private PostgreSQL server (<see cref="DatabaseNode"/>) in a temporary folder, with fsync on as in earnest; server and folder end with this process
/// however that ends. One for all tests of an assembly (<see cref="SharedAsync"/>), or one of its own for a test that stops it.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresCluster>> Shared = new(() => Task.Run(() => StartAsync()));
    private readonly ConcurrentBag<PostgresTestDatabase> _clean = [];
    private readonly string _password;
    private readonly Guard _guard;

    private PostgresCluster(string folder, string password, Guard guard, DatabaseNode node) =>
        (Folder, _password, _guard, Node) = (folder, password, guard, node);

    /// <summary>Why there can be no server on this machine; null when there can.</summary>
    public static string? Missing { get; } = DatabaseNode.Programs is null ? "PostgreSQL's server programs are not installed (Debian: postgresql)." : null;

    /// <summary>Holds the data, and whatever a test puts there.</summary>
    public string Folder { get; }

    /// <summary>The server.</summary>
    public DatabaseNode Node { get; }

    /// <summary>The server that all tests of this process share.</summary>
    public static Task<PostgresCluster> SharedAsync() => Shared.Value;

    /// <summary>A server for the caller alone.</summary>
    public static async Task<PostgresCluster> StartAsync()
    {
        var folder = DatabaseNode.TemporaryFolder("barnahus-pg-");
        var password = Guid.NewGuid().ToString("N");
        var guard = new Guard(folder);
        return new(folder, password, guard, await DatabaseNode.StartAsync(Path.Combine(folder, "server"), password, (_, child, _) => guard.Watch(child)));
    }

    /// <summary>An empty database with an owner and a role at work; new, or one that a test left and that was emptied.</summary>
    public async Task<PostgresTestDatabase> CreateDatabaseAsync()
    {
        if (_clean.TryTake(out var left))
        {
            return left;
        }

        var name = $"test_{Guid.NewGuid():N}";
        var (work, owner) = await Node.EnsureAsync(name, _password);
        return new(this, name, work, owner, new NpgsqlConnectionStringBuilder(Node.AdministratorConnectionString) { Database = name }.ToString());
    }

    public ValueTask DisposeAsync()
    {
        _guard.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Takes a database back: making a new one costs the disk far more than emptying it.</summary>
    internal async Task EmptyAsync(PostgresTestDatabase database)
    {
        await database.CutConnectionsAsync();
        await Node.ExecuteAsync(database.Name, $"DROP OWNED BY {database.Name}_owner CASCADE");
        _clean.Add(database);
    }
}
