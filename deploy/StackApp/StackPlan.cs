using System.Globalization;
using Barnahus.Nodes;

namespace Barnahus.StackApp;

/// <summary>Which processes there are, where they listen and what each is told: by environment, so that no command line holds a secret.</summary>
internal sealed class StackPlan
{
    private static readonly string[] Services = ["intake", "interviews", "safety", "turnaround", "timeline"];
    private readonly StackOptions _options;
    private readonly StackState _state;
    private readonly IReadOnlyDictionary<string, string> _stores;
    private readonly int _brokerPort;
    private readonly Dictionary<string, int> _ports;

    /// <param name="stores">Settings that name the stores.</param>
    /// <param name="brokerPort">Port of the broker.</param>
    public StackPlan(StackOptions options, StackState state, IReadOnlyDictionary<string, string> stores, int brokerPort)
    {
        (_options, _state, _stores, _brokerPort) = (options, state, stores, brokerPort);
        var replicas = Services.SelectMany(service => Enumerable.Range(1, options.Replicas).Select(number => $"{service}-{number}")).ToList();
        List<string> names = ["identity", .. replicas, "gateway"];
        _ports = names.Zip(Ports.Free(names.Count)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        foreach (var known in state.Alive.Where(process => _ports.ContainsKey(process.Name)))
        {
            _ports[known.Name] = known.Port;
        }

        if (options.Port != 0)
        {
            _ports["gateway"] = options.Port;
        }

        Names = names;
    }

    /// <summary>All processes, the provider first and the gateway last.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The address for people and partners.</summary>
    public Uri Gateway => new(Address("gateway"));

    public string GatewayKeyFile => Path.Combine(_options.Data, "gateway.pem");

    public string GatewayPublicKeyFile => Path.Combine(_options.Data, "gateway-public.pem");

    /// <summary>What the provider tells the person who starts it.</summary>
    public string AnnouncementsFile => Path.Combine(_options.Data, "announcements");

    public int PortOf(string name) => _ports[name];

    public static string ServiceOf(string name) => name.Split('-')[0];

    /// <summary>Starts a process; its output goes to <c>log/NAME.log</c>.</summary>
    public Child Start(string name) => Child.Start(
        Path.Combine(_options.Data, "log", $"{name}.log"), Environment(name), null, "dotnet", Program(name));

    /// <summary>The program of a process.</summary>
    public static string Program(string name)
    {
        var service = ServiceOf(name);
        return Path.Combine(AppContext.BaseDirectory, $"Barnahus.{char.ToUpperInvariant(service[0])}{service[1..]}.dll");
    }

    /// <summary>What a process is told.</summary>
    public Dictionary<string, string?> Environment(string name)
    {
        var told = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Data"] = _options.Data,
            ["Demo"] = _options.Demo ? "true" : "false",
            ["ASPNETCORE_URLS"] = Address(name),
            ["Tokens:Issuer"] = Address("gateway"),
            ["Bus:ConnectionString"] = $"rabbitmq://{BrokerNode.User}:{_state.Password}@127.0.0.1:{Text(_brokerPort)}/{_options.Installation}",

            // No dots: the shell that starts a process would drop such a name.
            ["Logging:LogLevel:Microsoft"] = "Warning",
            ["Logging:LogLevel:Yarp"] = "Warning",

            // A dozen processes share this machine: its memory, its time to start them, and what threads without work would spin away.
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
        };
        foreach (var (setting, value) in _options.Settings)
        {
            told[setting] = value;
        }

        foreach (var (setting, value) in ServiceOf(name) switch { "gateway" => Gatekeeper(), "identity" => Provider(), _ => Service() })
        {
            told[setting] = value;
        }

        return told.ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => (string?)pair.Value, StringComparer.Ordinal);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Address(string name) => $"http://127.0.0.1:{Text(_ports[name])}";

    private IEnumerable<(string, string)> Service() =>
        [.. Stores(owner: false), ("Tokens:MetadataAddress", $"{Address("identity")}/.well-known/openid-configuration")];

    /// <summary>The provider starts first, so it makes the tables; the others work with less.</summary>
    private IEnumerable<(string, string)> Provider() =>
    [
        .. Stores(owner: true), ("Identity:GatewayKey", GatewayPublicKeyFile), ("Identity:AnnouncementsFile", AnnouncementsFile),
        ("Identity:SetupSecret", _state.SetupSecret), ("Identity:SecondSetupSecret", _state.SecondSetupSecret),
    ];

    private IEnumerable<(string, string)> Gatekeeper()
    {
        var replicas = Names.Where(name => name is not "gateway")
            .GroupBy(ServiceOf)
            .SelectMany(service => service.Select((name, index) => ($"Gateway:Services:{service.Key}:{Text(index)}", Address(name))));
        return [.. replicas, ("Gateway:Identity", Address("identity")), ("Gateway:KeyFile", GatewayKeyFile)];
    }

    private IEnumerable<(string, string)> Stores(bool owner) => _stores
        .Where(store => owner || !store.Key.EndsWith("OwnerConnectionString", StringComparison.Ordinal))
        .Select(store => (store.Key, store.Value));
}
