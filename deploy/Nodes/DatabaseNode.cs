using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Barnahus.Nodes;

/// <summary>
/// A PostgreSQL server of our own, from Debian's postgresql: on loopback, in a folder, at a free port; the system's clusters, if there are any, are
/// not touched. It refuses to run as root, so there it runs as the user postgres.
/// </summary>
public sealed class DatabaseNode
{
    private const string Administrator = "administrator";
    private static readonly TimeSpan ReadyAtMost = TimeSpan.FromSeconds(60);

    /// <summary>The processes of a server that was killed see it soon; until they are gone the next one refuses to start.</summary>
    private static readonly TimeSpan GoneAtMost = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, string?> Nothing = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly string _password;
    private readonly Started? _started;

    private DatabaseNode(string folder, string password, int port, Started? started) => (_folder, _password, Port, _started) = (folder, password, port, started);

    /// <summary>Folder of the server's programs, which Debian keeps off the PATH; null when it is not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Order(StringComparer.Ordinal)
            .LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    /// <summary>Where it listens, on loopback.</summary>
    public int Port { get; }

    /// <summary>Of the administrator, in Npgsql's words.</summary>
    public string AdministratorConnectionString => To(Administrator, _password, "postgres");

    /// <summary>The server.</summary>
    public Child? Process { get; private set; }

    private static string? User => Environment.IsPrivilegedProcess ? "postgres" : null;

    private string Log => Path.Combine(_folder, "database.log");

    /// <summary>A new temporary folder that PostgreSQL's own user can pass; what lies in it is for its owner only, folder by folder.</summary>
    public static string TemporaryFolder(string prefix)
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return folder;
    }

    /// <summary>Starts a server and returns when it answers.</summary>
    /// <param name="folder">Its data; made when missing. Where this process is root the user postgres must be able to get there.</param>
    /// <param name="password">Of the administrator.</param>
    /// <param name="started">Told of <c>database</c>, at each start.</param>
    /// <exception cref="InvalidOperationException">It is not installed, or did not start; the message says why.</exception>
    public static async Task<DatabaseNode> StartAsync(string folder, string password, Started? started = null)
    {
        if (Programs is null)
        {
            throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql.");
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var port = Path.Combine(folder, "port");
        if (!File.Exists(port))
        {
            await InitialiseAsync(folder, password);
            await File.WriteAllTextAsync(port, Ports.Free(1)[0].ToString(CultureInfo.InvariantCulture));
        }

        var node = new DatabaseNode(folder, password, int.Parse(await File.ReadAllTextAsync(port), CultureInfo.InvariantCulture), started);
        await node.RestartAsync();
        return node;
    }

    /// <summary>As a power cut would; the next start recovers.</summary>
    public void Kill() => Process?.Kill();

    /// <summary>As its administrator would: connections are cut, what is in memory is written. Returns when it has ended.</summary>
    public Task StopAsync() => EndedAsync(Process!.Interrupt);

    /// <summary>All its processes end at once and nothing is written: the next start recovers. Returns when they have ended.</summary>
    public Task CrashAsync() => EndedAsync(Process!.Quit);

    /// <summary>Starts it again; returns when it answers.</summary>
    public async Task RestartAsync()
    {
        Start();
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                await ExecuteAsync("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException) when (Process!.IsAlive && patience.Elapsed < ReadyAtMost)
            {
                await Task.Delay(50);
            }
            catch (NpgsqlException) when (!Process!.IsAlive && patience.Elapsed < GoneAtMost)
            {
                await Task.Delay(200);
                Start();
            }
            catch (NpgsqlException never)
            {
                Process!.Kill();
                throw new InvalidOperationException($"PostgreSQL did not start:\n{await File.ReadAllTextAsync(Log)}", never);
            }
        }
    }

    /// <summary>Makes a database with a role that owns it and one that works in it, where they are not there yet.</summary>
    /// <returns>Connection strings, in Npgsql's words: of the role at work, and of the owner.</returns>
    public async Task<(string Work, string Owner)> EnsureAsync(string name, string password)
    {
        string[] roles = [$"{name}_work", $"{name}_owner"];
        foreach (var role in roles.Where(role => !Exists($"SELECT 1 FROM pg_roles WHERE rolname = '{role}'")))
        {
            await ExecuteAsync("postgres", $"CREATE ROLE {role} LOGIN PASSWORD '{password}'");
        }

        if (!Exists($"SELECT 1 FROM pg_database WHERE datname = '{name}'"))
        {
            await ExecuteAsync("postgres", $"CREATE DATABASE {name} OWNER {roles[1]}");
        }

        return (To(roles[0], password, name), To(roles[1], password, name));
    }

    /// <summary>Runs one of PostgreSQL's programs (pg_dump, pgbench) as the administrator.</summary>
    /// <returns>What it said.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message says what it said.</exception>
    public Task<string> RunAsync(string program, params ReadOnlySpan<string> arguments) => RunAsync(
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PGHOST"] = "127.0.0.1", ["PGPORT"] = Port.ToString(CultureInfo.InvariantCulture), ["PGUSER"] = Administrator, ["PGPASSWORD"] = _password,
        },
        [Path.Combine(Programs!, program), .. arguments]);

    /// <summary>Runs a statement in a database, as its administrator.</summary>
    /// <param name="values">For <c>$1</c>, <c>$2</c>…</param>
    public async Task ExecuteAsync(string database, string statement, params string[] values)
    {
        await using var connection = new NpgsqlConnection(To(Administrator, _password, database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }

    private async Task EndedAsync(Action end)
    {
        end();
        if (!await Process!.EndedAsync(ReadyAtMost))
        {
            throw new InvalidOperationException($"PostgreSQL did not stop:\n{await File.ReadAllTextAsync(Log)}");
        }
    }

    private void Start()
    {
        Process = Child.Start(
            Log, Nothing, User, Path.Combine(Programs!, "postgres"), "-D", Path.Combine(_folder, "data"), "-p", Port.ToString(CultureInfo.InvariantCulture));
        _started?.Invoke("database", Process, Port);
    }

    private static async Task InitialiseAsync(string folder, string password)
    {
        var secret = Path.Combine(folder, "password");
        PrivateFile.Write(secret, password);
        if (User is not null)
        {
            await RunAsync(Nothing, "chown", "-R", User, folder);
        }

        var data = Path.Combine(folder, "data");
        string[] initdb = [Path.Combine(Programs!, "initdb"), "-D", data, "-U", Administrator, "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"];
        await (User is null ? RunAsync(Nothing, initdb) : RunAsync(Nothing, ["setpriv", $"--reuid={User}", $"--regid={User}", "--init-groups", .. initdb]));
        await File.AppendAllTextAsync(Path.Combine(data, "postgresql.conf"), """

            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            max_connections = 600
            log_min_messages = warning
            """);
        File.Delete(secret);
    }

    private static async Task<string> RunAsync(IReadOnlyDictionary<string, string?> environment, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/" };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = System.Diagnostics.Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said[0] : throw new InvalidOperationException($"{Path.GetFileName(command[0])} failed: {said[0]}{said[1]}");
    }

    private string To(string role, string password, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = Port, Username = role, Password = password, Database = database,
    }.ToString();

    private bool Exists(string query)
    {
        using var connection = new NpgsqlConnection(To(Administrator, _password, "postgres") + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(query, connection);
        return command.ExecuteScalar() is not null;
    }
}
