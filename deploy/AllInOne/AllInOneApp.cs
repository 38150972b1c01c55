using Barnahus.Gateway;
using Barnahus.Gateway.Sessions;
using Barnahus.Identity;
using Barnahus.Intake;
using Barnahus.Interviews;
using Barnahus.Platform.Hosting;
using Barnahus.Safety;
using Barnahus.Timeline;
using Barnahus.Turnaround;

namespace Barnahus.AllInOne;

/// <summary>The whole of Barnahus in one process: five services on the mediator, the identity provider and the gateway, on one log.</summary>
public sealed class AllInOneApp : IAsyncDisposable
{
    /// <summary>The services, as any host takes them.</summary>
    public static IReadOnlyList<ServiceModule> Services { get; } =
        [IntakeModule.Module, InterviewsModule.Module, SafetyModule.Module, TurnaroundModule.Module, TimelineModule.Module];

    private readonly Stores _stores;
    private readonly GatewayKey _key;
    private readonly WebApplication _identity;
    private readonly WebApplication _services;
    private readonly WebApplication _gateway;

    private AllInOneApp(Stores stores, GatewayKey key, WebApplication identity, WebApplication services, WebApplication gateway)
    {
        _stores = stores;
        _key = key;
        _identity = identity;
        _services = services;
        _gateway = gateway;
    }

    /// <summary>Completes when the process was asked to end.</summary>
    public Task Stopping
    {
        get
        {
            var asked = new TaskCompletionSource();
            _gateway.Lifetime.ApplicationStopping.Register(asked.SetResult);
            return asked.Task;
        }
    }

    /// <summary>Starts everything, and returns when it answers and its views have caught up.</summary>
    /// <param name="say">Where passwords and addresses are shown.</param>
    /// <param name="further">More services than Barnahus has: a benchmark's yardstick.</param>
    public static async Task<AllInOneApp> StartAsync(Options options, Action<string> say, params ServiceModule[] further)
    {
        List<ServiceModule> modules = [.. Services, .. further];
        List<string> common =
        [
            $"--Data={options.Data}",
            .. options.Demo ? ["--Demo=true"] : Array.Empty<string>(),
            $"--Tokens:Issuer=http://127.0.0.1:{options.Port}",
            "--Logging:LogLevel:Default=Warning",
            .. options.Settings,
        ];
        var stores = Stores.Open(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine([.. common]).Build());
        var key = GatewayKey.Create();

        // Built beside the provider's start: where that listens it need not know before it starts itself.
        var building = Task.Run(() => ServiceHost.Build([.. common, "--urls=http://127.0.0.1:0"], stores, [.. modules, IdentityModule.Announcer]));
        var identity = IdentityApp.Build([.. common, "--urls=http://127.0.0.1:0", $"--Identity:GatewayKey={key.PublicPem}"], stores, say);
        await identity.StartAsync();
        var provider = identity.Urls.First();

        var services = await building;
        services.Configuration["Tokens:MetadataAddress"] = $"{provider}/.well-known/openid-configuration";
        await services.StartAsync();

        // The first request builds all endpoints: while the gateway starts.
        var ready = Task.WhenAll(Task.Run(() => ReadyAsync(provider)), Task.Run(() => ReadyAsync(services.Urls.First())));
        List<string> routes = [.. modules.Select(service => $"--Gateway:Services:{service.Name}={services.Urls.First()}"), $"--Gateway:Services:{IdentityModule.Name}={provider}"];
        var gateway = GatewayApp.Build([.. common, .. routes, $"--urls=http://127.0.0.1:{options.Port}", $"--Gateway:Identity={provider}"], key);
        await gateway.StartAsync();

        await ready;
        return new AllInOneApp(stores, key, identity, services, gateway);
    }

    public async ValueTask DisposeAsync()
    {
        // From the outside in, so that nothing is asked of a part that is gone.
        foreach (var app in new[] { _gateway, _services, _identity })
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        _key.Dispose();
        await _stores.DisposeAsync();
    }

    private static async Task ReadyAsync(string address)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        while (true)
        {
            using var response = await client.GetAsync("/health/ready");
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(20);
        }
    }
}
