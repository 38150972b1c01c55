using System.Globalization;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Views;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Barnahus.Testing;

/// <summary>
/// Service modules in one real web application on loopback with real stores in a temporary folder. Who calls is said by headers instead of a
/// token; tokens have tests of their own.
/// </summary>
public sealed class ServiceFixture : IAsyncDisposable
{
    private readonly string _folder;
    private readonly bool _keepFolder;
    private readonly bool _keepStores;
    private readonly Start _start;

    private ServiceFixture(string folder, bool keepFolder, bool keepStores, Stores stores, Start start, WebApplication app)
    {
        _folder = folder;
        _keepFolder = keepFolder;
        _keepStores = keepStores;
        _start = start;
        Stores = stores;
        App = app;
    }

    public Stores Stores { get; }

    public WebApplication App { get; }

    public IServiceProvider Services => App.Services;

    public Uri Address => new(App.Urls.First());

    public static async Task<ServiceFixture> StartAsync(
        IReadOnlyList<ServiceModule> modules,
        DateTimeOffset? clock = null,
        string? folder = null,
        Action<WebApplicationBuilder>? configure = null,
        bool waitUntilCaughtUp = true,
        params string[] settings)
    {
        var keep = folder is not null;
        folder ??= Directory.CreateTempSubdirectory("barnahus-").FullName;
        var data = Path.Combine(folder, "data");
        List<string> args =
        [
            "--urls=http://127.0.0.1:0", $"--Data={data}", "--Clock:Test=true", "--Timers:Interval=00:00:00.1", "--Logging:LogLevel:Default=Warning",

            // A race asks more in a minute than a person may.
            "--Limits:PerAccount=1000000000", "--Limits:PerClient=1000000000", .. settings,
        ];
        if (clock is { } start)
        {
            args.Add($"--Clock:Start={start:O}");
        }

        var stores = Stores.Open(new ConfigurationBuilder().AddCommandLine([.. args]).Build());
        var how = new Start([.. args], modules, configure);
        var fixture = new ServiceFixture(folder, keep, keepStores: false, stores, how, await RunAsync(how, stores));
        if (waitUntilCaughtUp)
        {
            await fixture.CaughtUpAsync();
        }

        return fixture;
    }

    /// <summary>A second process of the same services on the same stores. Dispose of it first.</summary>
    public async Task<ServiceFixture> BesideAsync() =>
        new(_folder, keepFolder: true, keepStores: true, Stores, _start, await RunAsync(_start, Stores));

    private static async Task<WebApplication> RunAsync(Start how, Stores stores)
    {
        var app = ServiceHost.Build([.. how.Args], stores, how.Modules, builder =>
        {
            builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("test", null);
            builder.Services.Configure<AuthenticationOptions>(options => options.DefaultScheme = options.DefaultAuthenticateScheme = options.DefaultChallengeScheme = "test");
            how.Configure?.Invoke(builder);
        });
        await app.StartAsync();
        return app;
    }

    /// <summary>A client acting as one account in one role, with the role's first purpose stated.</summary>
    public HttpClient As(Guid accountId, string role, string region = "Midden-Nederland", string organisation = "00000000000099900006") =>
        Client(("Test-Sub", accountId.ToString("D")), ("Test-Role", role), ("Test-Region", region), ("Test-Org", organisation),
            (Caller.RoleHeader, role), (Caller.PurposeHeader, Purposes.For(role)[0].Code));

    /// <summary>A machine client of a partner organisation.</summary>
    public HttpClient AsPartner(string organisation, params string[] scopes) =>
        Client(("Test-Client", $"partner-{organisation}"), ("Test-Org", organisation), ("Test-Scope", string.Join(' ', scopes)));

    /// <summary>Of all callers: thousands of requests need not each open one. Who asks before it sends a large body waits for the answer, also on a slow machine.</summary>
    private static readonly SocketsHttpHandler Connections = new() { UseCookies = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };

    public HttpClient Client(params (string Name, string Value)[] headers)
    {
        var client = new HttpClient(Connections, disposeHandler: false) { BaseAddress = Address };
        foreach (var (name, value) in headers)
        {
            client.DefaultRequestHeaders.Add(name, value);
        }

        return client;
    }

    /// <summary>Waits until the views show everything that is in the log now.</summary>
    public async Task CaughtUpAsync()
    {
        var head = await Stores.Log.HeadAsync(default);
        await Services.GetRequiredService<ViewHost>().WaitForAsync(head, TimeSpan.FromSeconds(20), default);
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        if (!_keepStores)
        {
            await Stores.DisposeAsync();
        }

        if (!_keepFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private sealed record Start(IReadOnlyList<string> Args, IReadOnlyList<ServiceModule> Modules, Action<WebApplicationBuilder>? Configure);

    private sealed class HeaderAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            string Header(string name) => Request.Headers[name].ToString();
            if (Header("Test-Sub").Length == 0 && Header("Test-Client").Length == 0)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            List<Claim> claims = [new("client_id", Header("Test-Client") is { Length: > 0 } client ? client : "gateway"), new("org", Header("Test-Org"))];
            claims.AddRange(Header("Test-Role").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(role => new Claim("role", role)));
            claims.AddRange(Header("Test-Region").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(region => new Claim("region", region)));
            claims.AddRange(Header("Test-Scope").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(scope => new Claim("scope", scope)));
            if (Header("Test-Sub").Length > 0)
            {
                claims.Add(new Claim("sub", Header("Test-Sub")));
                claims.Add(Seconds("auth_time", DateTimeOffset.UtcNow));
            }

            if (Header("Test-Session") is { Length: > 0 } session)
            {
                claims.Add(new Claim(Caller.SessionClaim, session));
            }

            claims.Add(Seconds("exp", DateTimeOffset.UtcNow.AddSeconds(Header("Test-Life") is { Length: > 0 } life ? int.Parse(life, CultureInfo.InvariantCulture) : 300)));

            var identity = new ClaimsIdentity(claims, Scheme.Name, "name", "role");
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }

        private static Claim Seconds(string name, DateTimeOffset at) => new(name, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>Short words for HTTP in tests.</summary>
public static class HttpWords
{
    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> sending, int expectedStatus)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode != expectedStatus)
        {
            throw new Shouldly.ShouldAssertException($"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri}: {(int)response.StatusCode}, not {expectedStatus}: {text}");
        }

        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Unknown, or not for this reader: an answer does not tell which.</summary>
    public static bool Lacks(this JsonElement element, string name) => !element.TryGetProperty(name, out _);

    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, object body) => client.PostAsJsonAsync(path, body);
}
