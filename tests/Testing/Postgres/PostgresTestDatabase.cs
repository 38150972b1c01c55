using Npgsql;

namespace Barnahus.Testing.Postgres;

/// <summary>A database of a test, empty again when the test is done.</summary>
/// <param name="Cluster">Where it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Work">Connection string of the role at work, in Npgsql's words.</param>
/// <param name="Owner">Of the role that owns the tables.</param>
/// <param name="Administrator">Of the superuser.</param>
public sealed record PostgresTestDatabase(PostgresCluster Cluster, string Name, string Work, string Owner, string Administrator) : IAsyncDisposable
{
    /// <summary>As a store's <c>ConnectionString</c> names it.</summary>
    public string ConnectionString => $"postgres:{Work}";

    /// <summary>As a store's <c>OwnerConnectionString</c> names it.</summary>
    public string OwnerConnectionString => $"postgres:{Owner}";

    /// <summary>Role at work.</summary>
    public string Role => $"{Name}_work";

    /// <summary>Runs a statement, or several, as one of the roles.</summary>
    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>First value of the first row, asked by the superuser.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Administrator) { Pooling = false });
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Cuts all connections to this database but the one that asks, as a fault in the network would.</summary>
    public Task<long> CutConnectionsAsync() => AskAsync<long>(
        $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{Name}' AND pid <> pg_backend_pid()");

    public async ValueTask DisposeAsync() => await Cluster.EmptyAsync(this);
}
