using System.Net;
using Barnahus.AllInOne.Demo;
using Barnahus.Nodes;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql.Postgres;
using Barnahus.StackApp;
using Barnahus.Testing;

namespace Barnahus.Reliability.Tests;

/// <summary>
/// Barnahus as <c>deploy/stack</c> starts it, two processes of each service, with wires between them and the broker and the database that can be
/// spoiled, and the database on a disk that can be filled. All of it ends with this process, however that ends.
/// </summary>
public sealed class House : IAsyncDisposable, IAsyncLifetime
{
    /// <summary>Who has something to tell, and who has an inbox.</summary>
    private static readonly string[] Tellers = ["identity", "intake-1", "interviews-1", "turnaround-1"];
    private static readonly string[] Listeners = ["intake-1", "interviews-1", "safety-1", "turnaround-1"];
    private readonly string _folder = DatabaseNode.TemporaryFolder("barnahus-faults-");
    private readonly Guard _guard = new();
    private readonly Dictionary<string, Wire> _wires = new(StringComparer.Ordinal);
    private readonly List<string> _lost = [];
    private string _password = "";

    public Stack Stack { get; private set; } = null!;

    /// <summary>The disks of database and broker; null where none could be made.</summary>
    public (SmallDisk Database, SmallDisk Broker)? Disks { get; private set; }

    /// <summary>What was said of queues that the broker lost or damaged.</summary>
    public IReadOnlyList<string> Lost => _lost;

    /// <summary>Between the services and the broker.</summary>
    public Wire BrokerWire => _wires["broker"];

    /// <summary>Between the services and the database.</summary>
    public Wire DatabaseWire => _wires["database"];

    private string Data => Path.Combine(_folder, "data");

    public async Task InitializeAsync()
    {
        if (SmallDisk.TryMount(Path.Combine(Data, "database")) is { } database)
        {
            Disks = (database, SmallDisk.TryMount(Path.Combine(Data, "broker"))!);
        }

        var options = new StackOptions
        {
            Data = Data,
            Port = 0,
            Demo = true,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Identity:PasswordRounds"] = "1000", ["Bus:WatchEvery"] = "00:00:01", ["Gateway:SignInsPerAddress"] = "100000",
                ["Gateway:PerCaller"] = "100000", ["Gateway:PerAddress"] = "100000",
            },
        };
        Stack = await Stack.UpAsync(options, _ => { }, _guard, WireTo);
        _password = (await File.ReadAllTextAsync(Path.Combine(Data, "demo", "password"))).Trim();

        // RabbitMQ 3.10 notes where a new quorum queue lives up to half a second late (docs/runbooks/bus.md): that is no fault of these rounds.
        await Task.Delay(TimeSpan.FromSeconds(1));
    }

    /// <summary>A demonstration account, signed in.</summary>
    public Task<PersonClient> SignInAsync(string loginName, string? purpose, CancellationToken cancellationToken) =>
        PersonClient.SignInAsync(Stack.Gateway, loginName, _password, role: null, purpose, cancellationToken);

    /// <summary>The hotel's system.</summary>
    public PartnerClient Partner() => PartnerClient.OfDemo(Stack.Gateway, Data, Referrals.Oin);

    /// <summary>The whole log after a position.</summary>
    public async Task<IReadOnlyList<LoggedEvent>> LogAsync(LogPosition after)
    {
        await using var log = (PostgresEventLog)EventLogs.Open($"postgres:{Stack.LogDatabase}");
        var all = new List<LoggedEvent>();
        while (await log.ReadAllAsync(after, 1000, default) is [.., var last] page)
        {
            all.AddRange(page);
            after = last.Position;
        }

        return all;
    }

    public async Task<LogPosition> HeadAsync()
    {
        await using var log = (PostgresEventLog)EventLogs.Open($"postgres:{Stack.LogDatabase}");
        return await log.HeadAsync(default);
    }

    /// <summary>As <c>deploy/stack mend-inboxes</c> does, and when a queue was lost <c>deploy/stack reconcile</c> after it.</summary>
    public async Task MendInboxesAsync()
    {
        var lost = (await Task.WhenAll(Listeners.Select(MendedAsync))).SelectMany(thrownAway => thrownAway).ToList();
        if (lost.Count > 0)
        {
            // Never one that is whole: the broker itself must have given it up, at its start or after it failed again and again.
            var givenUp = await File.ReadAllTextAsync(Path.Combine(Data, "broker", "broker.log"));
            lost.ShouldAllBe(line => givenUp.Contains($"{QueueOf(line)}' could not be restarted", StringComparison.Ordinal)
                || givenUp.Contains($"{QueueOf(line)}' terminating", StringComparison.Ordinal));
            _lost.AddRange(lost);
            await Stack.ReadyAsync();
            await ReconcileAsync();
        }
    }

    /// <summary>
    /// Has the two queues of a service mended; asked again while it is not known whether they answer, for a broker that has just come up.
    /// </summary>
    /// <returns>What was said of those that were thrown away.</returns>
    private async Task<IReadOnlyList<string>> MendedAsync(string listener)
    {
        var thrownAway = new List<string>();
        for (var attempt = 1; ; attempt++)
        {
            var lines = (await Stack.OnceAsync(listener, "mend-inboxes")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            thrownAway.AddRange(lines.Where(line => line.Contains(": thrown away", StringComparison.Ordinal)));
            if (lines.Count(line => line.EndsWith(": answers", StringComparison.Ordinal) || line.Contains(": thrown away", StringComparison.Ordinal)) == 2)
            {
                return thrownAway;
            }

            attempt.ShouldBeLessThan(5, string.Join('\n', lines));
            await Task.Delay(TimeSpan.FromSeconds(2));
        }
    }

    private static string QueueOf(string line) => line.Split(": ")[0];

    /// <summary>
    /// Publishes everything again, one service after the other as <c>deploy/stack reconcile</c> does, so that none waits behind what another asks.
    /// </summary>
    /// <returns>What each said.</returns>
    public async Task<IReadOnlyList<(string Teller, string Said)>> ReconcileAsync()
    {
        var said = new List<(string, string)>();
        foreach (var teller in Tellers)
        {
            said.Add((teller, await Stack.OnceAsync(teller, "reconcile")));
        }

        return said;
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        _guard.Dispose();
        foreach (var wire in _wires.Values)
        {
            await wire.DisposeAsync();
        }

        Disks?.Database.Dispose();
        Disks?.Broker.Dispose();
        if (Environment.GetEnvironmentVariable("BARNAHUS_KEEP") is null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private int WireTo(string node, int port)
    {
        if (!_wires.TryGetValue(node, out var wire))
        {
            _wires[node] = wire = new Wire(new IPEndPoint(IPAddress.Loopback, port));
        }

        return wire.Port;
    }
}

/// <summary>One house for all rounds: starting it takes longer than most of them.</summary>
[CollectionDefinition(Name)]
public sealed class HouseCollection : ICollectionFixture<House>
{
    public const string Name = "house";
}
