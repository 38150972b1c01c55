using System.Security.Cryptography;
using Barnahus.AllInOne.Demo;
using Barnahus.Nodes;
using Npgsql;

namespace Barnahus.StackApp;

/// <summary>The multi-process system on this machine: broker, database, all services in several processes each, provider and gateway.</summary>
public sealed class Stack
{
    private static readonly TimeSpan OnceAtMost = TimeSpan.FromMinutes(3);
    private readonly StackOptions _options;
    private readonly StackState _state;
    private readonly Started _started;
    private readonly Guard? _guard;
    private readonly Detour _detour;
    private StackPlan _plan = null!;

    private Stack(StackOptions options, StackState state, BrokerNode broker, DatabaseNode database, Started started, Guard? guard, Detour detour) =>
        (_options, _state, Broker, Database, _started, _guard, _detour) = (options, state, broker, database, started, guard, detour);

    /// <summary>At which port the processes reach a node, from its name (<c>broker</c>, <c>database</c>) and its own port: for who stands in between.</summary>
    public delegate int Detour(string node, int port);

    /// <summary>The node of RabbitMQ.</summary>
    public BrokerNode Broker { get; }

    /// <summary>The node of PostgreSQL.</summary>
    public DatabaseNode Database { get; }

    /// <summary>Where the gateway listens.</summary>
    public Uri Gateway => _plan.Gateway;

    /// <summary>Where the events are, in Npgsql's words, as the services reach them.</summary>
    public string LogDatabase => _state.Stores!["EventLog:ConnectionString"]["postgres:".Length..];

    /// <summary>Names of all processes of Barnahus: <c>identity</c>, <c>intake-1</c>, …, <c>gateway</c>.</summary>
    public IReadOnlyList<string> Names => _plan.Names;

    /// <summary>Starts all, and returns when all are ready. When one does not start all are ended: half a system is none.</summary>
    /// <param name="guard">Ends all with this process.</param>
    /// <param name="detour">Leads the processes to the nodes; null: straight.</param>
    /// <exception cref="InvalidOperationException">Something runs there already, or did not start; the message says what, and what to do.</exception>
    public static async Task<Stack> UpAsync(
        StackOptions options, Action<string> say, Guard? guard = null, Detour? detour = null, params IReadOnlyList<string> furtherInstallations)
    {
        var state = StackState.Load(options.Data) ?? new StackState();
        if (state.Alive.FirstOrDefault() is { } running)
        {
            throw new InvalidOperationException($"{running.Name} runs in {options.Data} already. End it first: deploy/stack down --data {options.Data}");
        }

        try
        {
            return await UpAsync(options, state, say, guard, detour, furtherInstallations);
        }
        catch
        {
            await StackEnd.DownAsync(options.Data);
            throw;
        }
    }

    private static async Task<Stack> UpAsync(
        StackOptions options, StackState state, Action<string> say, Guard? guard, Detour? detour, IReadOnlyList<string> furtherInstallations)
    {
        // PostgreSQL's own user must be able to pass; what lies in it is for its owner only, file by file.
        Directory.CreateDirectory(options.Data);
        File.SetUnixFileMode(options.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        foreach (var folder in new[] { "log", "demo" })
        {
            Directory.CreateDirectory(Path.Combine(options.Data, folder), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        // Told at once: a start that is cut short leaves nothing that nobody knows of.
        Started started = (name, child, port) =>
        {
            guard?.Watch(child);
            state.Remember(options.Data, new(name, child, port));
        };
        var broker = BrokerNode.StartAsync(Path.Combine(options.Data, "broker"), state.Password, [options.Installation, .. furtherInstallations], started);
        var database = DatabaseNode.StartAsync(Path.Combine(options.Data, "database"), state.Password, started);
        await Task.WhenAll(broker, database);
        var stack = new Stack(options, state, await broker, await database, started, guard, detour ?? ((_, port) => port));
        stack.MakeKeys();
        await stack.StartAllAsync();
        stack.Announce(say);
        if (options.Demo && !options.Settings.ContainsKey("Clock:Start"))
        {
            await DemoCases.LoadAsync(new(options.Data, stack.Gateway.Port, true, []), say);
        }

        return stack;
    }

    /// <summary>The same nodes, with another installation of its own on them, or the same at other settings.</summary>
    public async Task<Stack> AgainAsync(StackOptions options)
    {
        var again = new Stack(options, _state, Broker, Database, _started, _guard, _detour);
        await again.StartAllAsync();
        again.Announce(_ => { });
        return again;
    }

    /// <summary>As a power cut would for one process.</summary>
    public void Kill(string name) => Find(name).Child.Kill();

    /// <summary>It holds all it has and answers nothing, until <see cref="Continue"/>.</summary>
    public void Pause(string name) => Find(name).Child.Pause();

    /// <summary>It goes on where it was paused, and does not know that it was.</summary>
    public void Continue(string name) => Find(name).Child.Continue();

    /// <summary>As a power cut would for all processes of Barnahus; broker and database go on.</summary>
    public void KillAll()
    {
        foreach (var name in Names)
        {
            Kill(name);
        }
    }

    /// <summary>Starts a process again where it was, and returns when it is ready.</summary>
    public async Task StartAsync(string name)
    {
        Launch(name);
        await ReadyAsync(name);
    }

    /// <summary>Returns when all are ready.</summary>
    /// <exception cref="InvalidOperationException">One is not, for minutes; the message says which.</exception>
    public Task ReadyAsync() => Task.WhenAll(Names.Select(ReadyAsync));

    /// <summary>Runs a verb of a service's own program beside it, and returns what that printed once it has ended.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public async Task<string> OnceAsync(string name, params IReadOnlyList<string> verb)
    {
        var log = LogOf($"{verb[0]}-{StackPlan.ServiceOf(name)}");
        File.Delete(log);
        var child = Child.Start(log, _plan.Environment(name), null, ["dotnet", StackPlan.Program(name), .. verb]);
        _guard?.Watch(child);
        await child.EndedAsync(OnceAtMost);
        child.Kill();
        return await File.ReadAllTextAsync(log);
    }

    /// <summary>What runs in a folder, for a command that goes beside it.</summary>
    /// <exception cref="InvalidOperationException">Nothing runs there.</exception>
    internal static StackPlan PlanOf(string folder) => StackState.Load(folder) is { Options: { } options, Stores: { } stores } state && state.Alive.Any()
        ? new StackPlan(options, state, stores, state.Processes.Single(process => process.Name == "broker").Port)
        : throw new InvalidOperationException($"Nothing runs in {folder}. Start it first: deploy/stack up --data {folder}");

    private async Task StartAllAsync()
    {
        _state.Options = _options;
        _state.Stores = await StoresAsync();
        _plan = new StackPlan(_options, _state, _state.Stores, _detour("broker", Broker.Port));
        Launch("identity");
        await ReadyAsync("identity");

        // Nobody else is at work yet: who held a lease is dead, and need not be waited for.
        await Database.ExecuteAsync($"{_options.Installation}_state", "UPDATE leases SET expires_at = '-infinity' WHERE holder NOT LIKE '%/' || $1 || '/%'", $"{Find("identity").Child.Id}");
        foreach (var name in Names.Skip(1))
        {
            Launch(name);
        }

        await ReadyAsync();
    }

    private void Launch(string name) => _started(name, _plan.Start(name), _plan.PortOf(name));

    private StackProcess Find(string name) => _state.Processes.Single(process => process.Name == name);

    private Task ReadyAsync(string name) => Readiness.WaitAsync(name, Find(name).Child, _plan.PortOf(name), LogOf(name));

    private string LogOf(string name) => Path.Combine(_options.Data, "log", $"{name}.log");

    private async Task<Dictionary<string, string>> StoresAsync()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (store, suffix) in new[] { ("EventLog", "events"), ("AccessLog", "accesses"), ("Vault", "vault"), ("State", "state") })
        {
            if (store == "EventLog" && _options.Log != "postgres")
            {
                settings["EventLog:ConnectionString"] = _options.Log;
                continue;
            }

            var (work, owner) = await Database.EnsureAsync($"{_options.Installation}_{suffix}", _state.Password);
            settings[$"{store}:ConnectionString"] = Led(work);
            settings[$"{store}:OwnerConnectionString"] = Led(owner);
        }

        return settings;

        string Led(string there) => $"postgres:{new NpgsqlConnectionStringBuilder(there) { Port = _detour("database", Database.Port) }}";
    }

    /// <summary>The key that opens the vault, beside the folder and never in it; and the key with which the gateway proves itself.</summary>
    private void MakeKeys()
    {
        var vault = $"{_options.Data}.key";
        if (!File.Exists(vault))
        {
            PrivateFile.Write(vault, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n");
        }

        var gateway = Path.Combine(_options.Data, "gateway.pem");
        if (!File.Exists(gateway))
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            PrivateFile.Write(gateway, key.ExportPkcs8PrivateKeyPem() + "\n");
            PrivateFile.Write(Path.Combine(_options.Data, "gateway-public.pem"), key.ExportSubjectPublicKeyInfoPem() + "\n");
        }
    }

    private void Announce(Action<string> say)
    {
        if (File.Exists(_plan.AnnouncementsFile))
        {
            foreach (var line in File.ReadLines(_plan.AnnouncementsFile))
            {
                say(line);
            }

            // Said once, to the person who started it.
            File.Delete(_plan.AnnouncementsFile);
        }

        if (!_options.Demo)
        {
            say($"Setup secrets, for two people: administrator {_state.SetupSecret}, second-administrator {_state.SecondSetupSecret}");
        }
    }
}
