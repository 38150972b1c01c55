using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Barnahus.Testing.Postgres;

/// <summary>
/// A private PostgreSQL server in a folder of its own, with fsync on as in earnest: reached by a socket in that folder, so that no port can be
/// taken, ended with this process however that ends, and the folder with it. One for all tests of an assembly (<see cref="SharedAsync"/>), or one of
/// its own for a test that stops it.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Administrator = "administrator";

    private static readonly Lazy<Task<PostgresCluster>> Shared = new(() => Task.Run(() => StartAsync()));

    private readonly ConcurrentBag<PostgresTestDatabase> clean = [];
    private readonly string password = Guid.NewGuid().ToString("N");
    private PostgresServer? server;

    private PostgresCluster(string folder) => Folder = folder;

    /// <summary>Why there can be no server on this machine; null when there can.</summary>
    public static string? Missing { get; } = PostgresPrograms.Folder is null ? "PostgreSQL's server programs are not installed (Debian: postgresql)." : null;

    /// <summary>Holds the data and the socket.</summary>
    public string Folder { get; }

    /// <summary>Of the superuser, in Npgsql's words, without a database.</summary>
    public string AdministratorConnectionString => ConnectionString(Administrator, password, "postgres");

    /// <summary>The server that all tests of this process share.</summary>
    public static Task<PostgresCluster> SharedAsync() => Shared.Value;

    /// <summary>A server for the caller alone.</summary>
    /// <param name="settings">More of postgresql.conf, one a line.</param>
    public static async Task<PostgresCluster> StartAsync(string settings = "")
    {
        var cluster = new PostgresCluster(Directory.CreateTempSubdirectory("barnahus-pg-").FullName);
        await cluster.InitialiseAsync(settings);
        await cluster.StartServerAsync();
        return cluster;
    }

    /// <summary>An empty database with an owner and a role at work; new, or one that a test left and that was emptied.</summary>
    public async Task<PostgresTestDatabase> CreateDatabaseAsync()
    {
        if (clean.TryTake(out var left))
        {
            return left;
        }

        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync(
            AdministratorConnectionString,
            $"CREATE ROLE {name}_owner LOGIN PASSWORD '{password}'",
            $"CREATE ROLE {name}_work LOGIN PASSWORD '{password}'",
            $"CREATE DATABASE {name} OWNER {name}_owner");
        return new(
            this,
            name,
            ConnectionString($"{name}_work", password, name),
            ConnectionString($"{name}_owner", password, name),
            ConnectionString(Administrator, password, name));
    }

    /// <summary>Starts the server again, after <see cref="StopAsync"/> or <see cref="CrashAsync"/>.</summary>
    public async Task StartServerAsync()
    {
        server = PostgresServer.Start(Folder);
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                await ExecuteAsync(AdministratorConnectionString, "SELECT 1");
                return;
            }
            catch (Exception notYet) when (notYet is NpgsqlException or TimeoutException && patience.Elapsed < TimeSpan.FromSeconds(60) && !server.HasEnded)
            {
                await Task.Delay(50);
            }
            catch (NpgsqlException never)
            {
                throw new InvalidOperationException($"PostgreSQL did not start:\n{await server.SaidAsync()}", never);
            }
        }
    }

    /// <summary>Ends the server as an administrator would: connections are cut, data is written.</summary>
    public Task StopAsync() => server!.StopAsync();

    /// <summary>Ends the server as a crash would: nothing is written; the next start recovers.</summary>
    public Task CrashAsync() => server!.CrashAsync();

    /// <summary>Runs one of PostgreSQL's programs (pg_dump, pgbench) as the administrator.</summary>
    /// <returns>What it said.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public Task<string> RunAsync(string program, params string[] arguments) =>
        PostgresPrograms.RunAsync(program, arguments, ("PGHOST", Folder), ("PGUSER", Administrator), ("PGPASSWORD", password));

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.LeaveAsync();
        }
    }

    /// <summary>Takes a database back: making a new one costs the disk far more than emptying it.</summary>
    internal async Task EmptyAsync(PostgresTestDatabase database)
    {
        await database.CutConnectionsAsync();
        await ExecuteAsync(database.Administrator, $"DROP OWNED BY {database.Name}_owner CASCADE");
        clean.Add(database);
    }

    /// <summary>Statements, each by itself: some of an administrator's stand in no transaction.</summary>
    internal static async Task ExecuteAsync(string connectionString, params string[] statements)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var connection = await database.OpenConnectionAsync();
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private string ConnectionString(string role, string secret, string database) =>
        new NpgsqlConnectionStringBuilder { Host = Folder, Username = role, Password = secret, Database = database }.ToString();

    private async Task InitialiseAsync(string settings)
    {
        var secret = Path.Combine(Folder, "password");
        await File.WriteAllTextAsync(secret, password);
        await PostgresPrograms.GiveAsync(Folder);
        await PostgresPrograms.RunAsServerAsync(
            "initdb", "-D", Path.Combine(Folder, "data"), "-U", Administrator, "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions");
        await File.AppendAllTextAsync(Path.Combine(Folder, "data", "postgresql.conf"), $"""

            listen_addresses = ''
            unix_socket_directories = '{Folder}'
            max_connections = 300
            log_min_messages = fatal
            {settings}

            """);
    }
}
