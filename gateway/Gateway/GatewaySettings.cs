using Barnahus.Platform.Hosting;

namespace Barnahus.Gateway;

/// <summary>Settings of the gateway (section <c>Gateway</c>).</summary>
public sealed record GatewaySettings
{
    /// <summary>Address of the identity provider, from inside.</summary>
    public required Uri Identity { get; init; }

    /// <summary>The provider's <c>iss</c>: the audience of the gateway's own assertions.</summary>
    public required string Issuer { get; init; }

    /// <summary>
    /// Addresses of the replicas per service name: <c>/api/{service}/**</c> goes to one of them, without <c>/api</c>.
    /// <c>Gateway:Services:intake</c> is one address, or <c>Gateway:Services:intake:0</c>, <c>:1</c>… are several.
    /// </summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Uri>> Services { get; init; }

    /// <summary>How often each replica is asked whether it is ready.</summary>
    public TimeSpan HealthEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Folder of the key ring of forms, shared by gateways beside each other; null: keys live as long as the process, and a form from before a restart is shown anew.</summary>
    public string? KeyFolder { get; init; }

    /// <summary>People sign in at the provider (OpenID Connect, code with PKCE) and not here.</summary>
    public bool SignInAtProvider { get; init; }

    /// <summary>A session without a request ends after this time.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>A session ends after this time, whatever happens in it.</summary>
    public TimeSpan Absolute { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Largest request body, in bytes. What a service would cut off is refused here: half-way through it would look as if the service were gone.</summary>
    public long MaxBody { get; init; } = ServiceHost.MaxBody;

    /// <summary>A service that takes longer gets a 504.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections at once, streams among them; one more is closed unheard.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Requests a minute of one account, or of the machine clients at one address.</summary>
    public int PerCaller { get; init; } = 3000;

    /// <summary>Requests a minute of one address without a session.</summary>
    public int PerAddress { get; init; } = 1200;

    /// <summary>Attempts a minute of one address to sign in or to take up an invitation.</summary>
    public int SignInsPerAddress { get; init; } = 60;

    /// <exception cref="SettingException">A setting is missing.</exception>
    public static GatewaySettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Gateway");
        var defaults = new GatewaySettings
        {
            Identity = new Uri(section["Identity"] ?? throw Missing("Gateway:Identity", "the address of the identity provider")),
            Issuer = (configuration["Tokens:Issuer"] ?? throw Missing("Tokens:Issuer", "the issuer of access tokens")).TrimEnd('/'),
            Services = section.GetSection("Services").GetChildren().ToDictionary(service => service.Key, Addresses, StringComparer.Ordinal),
        };
        return defaults with
        {
            KeyFolder = section["KeyFolder"],
            SignInAtProvider = section.GetValue("SignInAtProvider", false),
            HealthEvery = section.GetValue("HealthEvery", defaults.HealthEvery),
            Idle = section.GetValue("Idle", defaults.Idle),
            Absolute = section.GetValue("Absolute", defaults.Absolute),
            MaxBody = section.GetValue("MaxBody", defaults.MaxBody),
            Timeout = section.GetValue("Timeout", defaults.Timeout),
            MaxConnections = section.GetValue("MaxConnections", defaults.MaxConnections),
            PerCaller = section.GetValue("PerCaller", defaults.PerCaller),
            PerAddress = section.GetValue("PerAddress", defaults.PerAddress),
            SignInsPerAddress = section.GetValue("SignInsPerAddress", defaults.SignInsPerAddress),
        };
    }

    private static IReadOnlyList<Uri> Addresses(IConfigurationSection service)
    {
        string?[] named = service.Value is { } one ? [one] : [.. service.GetChildren().Select(replica => replica.Value)];
        return named is [_, ..] && named.All(address => address is { Length: > 0 })
            ? [.. named.Select(address => new Uri(address!))]
            : throw Missing(service.Path, "the address of a service, or of each of its replicas");
    }

    private static SettingException Missing(string name, string what) => new($"{name} is not set: {what}.");
}
