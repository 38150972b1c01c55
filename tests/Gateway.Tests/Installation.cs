using System.Runtime.CompilerServices;
using System.Text.Json;
using Barnahus.Gateway.Sessions;
using Barnahus.Identity;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Gateway.Tests;

/// <summary>
/// An installation in small: identity provider, one service and the gateway, each a real web application on loopback, over real stores in a
/// temporary folder. The service is called <c>echo</c> and says who called it and with which headers.
/// </summary>
public sealed class Installation : IAsyncDisposable, IAsyncLifetime
{
    public const string Issuer = "https://barnahus.example";
    public const string Password = "correct horse battery staple";
    private readonly string _folder;
    private readonly bool _keep;
    private readonly AtProvider? _atProvider;
    private readonly GatewayKey _key;
    private readonly List<string> _said = [];
    private string[] _common = [];
    private string[] _gatewayArguments = [];

    /// <summary>For tests that share one: xunit makes it and starts it.</summary>
    public Installation()
        : this(Directory.CreateTempSubdirectory("barnahus-").FullName, keep: false)
    {
    }

    private Installation(string folder, bool keep, AtProvider? atProvider = null)
    {
        _folder = folder;
        _keep = keep;
        _atProvider = atProvider;
        _key = atProvider?.Key ?? GatewayKey.Create();
    }

    public Stores Stores { get; private set; } = null!;

    public WebApplication Identity { get; private set; } = null!;

    public WebApplication Service { get; private set; } = null!;

    public WebApplication Gateway { get; private set; } = null!;

    /// <summary>What was said on the console.</summary>
    public IReadOnlyList<string> Said => _said;

    /// <summary>The code that was printed for an account of the installation itself.</summary>
    public string PrintedCode(string loginName) => _said.Last(line => line.Contains($"'{loginName}'", StringComparison.Ordinal)).Split(' ')[^1];

    public string DataFolder => Path.Combine(_folder, "data");

    public static async Task<Installation> StartAsync(
        string? folder = null,
        bool demo = true,
        Action<WebApplicationBuilder>? gateway = null,
        Action<WebApplicationBuilder>? service = null,
        AtProvider? atProvider = null,
        params string[] settings)
    {
        var installation = new Installation(folder ?? Directory.CreateTempSubdirectory("barnahus-").FullName, folder is not null, atProvider);
        await installation.OpenAsync(demo, gateway, service, settings);
        return installation;
    }

    Task IAsyncLifetime.InitializeAsync() => OpenAsync(demo: true, gateway: null, service: null, []);

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public Browser Browser() => new(new Uri(Gateway.Urls.First()));

    /// <summary>A browser in which a demonstration account is signed in and has stated its first purpose.</summary>
    public async Task<Browser> SignedInAsync(string loginName)
    {
        var browser = Browser();
        await browser.SignInAsync(loginName, Password);
        var me = await (await browser.GetAsync("/api/account/me")).JsonAsync();
        var role = me.GetProperty("roles")[0].GetString()!;
        await browser.PostAsync("/api/account/purpose", new { role, purpose = Purposes.For(role)[0].Code });
        return browser;
    }

    /// <summary>Waits until the provider's views show everything that is in the log now.</summary>
    public async Task CaughtUpAsync() => await Identity.Services.GetRequiredService<ViewHost>()
        .WaitForAsync(await Stores.Log.HeadAsync(default), TimeSpan.FromSeconds(20), default);

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { Gateway, Service, Identity })
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        await Stores.DisposeAsync();
        _key.Dispose();
        if (!_keep)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>One more gateway beside the first; the caller stops it.</summary>
    public async Task<WebApplication> AnotherGatewayAsync()
    {
        var another = GatewayApp.Build(_gatewayArguments, _key);
        await another.StartAsync();
        return another;
    }

    /// <summary>One more service beside the first, which asks for the provider's keys at an address of its own; the caller disposes of it.</summary>
    /// <param name="module">Null: echo.</param>
    public async Task<WebApplication> AnotherServiceAsync(string provider, ServiceModule? module = null)
    {
        var another = ServiceHost.Build([.. _common, $"--Tokens:MetadataAddress={provider}/.well-known/openid-configuration"], Stores, [module ?? Echo], null);
        await another.StartAsync();
        return another;
    }

    private async Task OpenAsync(bool demo, Action<WebApplicationBuilder>? gateway, Action<WebApplicationBuilder>? service, string[] settings)
    {
        string[] common =
        [
            "--urls=http://127.0.0.1:0", $"--Data={DataFolder}", $"--Demo={demo}", $"--Tokens:Issuer={_atProvider?.Issuer ?? Issuer}",
            "--Logging:LogLevel:Default=Error", .. settings,
        ];
        _common = common;
        Stores = Stores.Open(new ConfigurationBuilder().AddCommandLine(common).Build());
        string[] identity =
        [
            "--Identity:PasswordRounds=1000", .. common, $"--Identity:GatewayKey={_key.PublicPem}", $"--Identity:DemoPassword={Password}", .. _atProvider?.Identity ?? [],
        ];
        Identity = _atProvider?.Build(identity, Stores, _said.Add) ?? IdentityApp.Build(identity, Stores, _said.Add);
        await Identity.StartAsync();
        await CaughtUpAsync();
        var provider = Identity.Urls.First();
        Service = ServiceHost.Build([.. common, $"--Tokens:MetadataAddress={provider}/.well-known/openid-configuration"], Stores, [Echo], service);
        await Service.StartAsync();
        _gatewayArguments =
        [
            .. common, $"--Gateway:Identity={provider}", $"--Gateway:Services:echo={Service.Urls.First()}",
            $"--Gateway:Services:identity={provider}", "--Gateway:Services:absent=http://127.0.0.1:9", .. _atProvider?.Gateway ?? [],
        ];
        Gateway = GatewayApp.Build(_gatewayArguments, _key, gateway);
        await Gateway.StartAsync();
    }

    internal static ServiceModule Echo { get; } = new("echo", _ => { }, _ => { }, routes =>
    {
        var echo = routes.MapService("echo");
        echo.MapGet("/caller", Answer).Allow([.. Roles.All]).WithSummary("Says who calls");
        echo.MapPost("/caller", Answer).Allow([.. Roles.All]).WithSummary("Says who calls");
        echo.MapPost("/weighty", Answer).Allow([.. Roles.All]).RequireRecentSignIn().WithSummary("Takes a recent proof of who calls");
        echo.MapGet("/slow", async (HttpContext http, Caller caller) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted);
            return Answer(http, caller);
        }).Allow([.. Roles.All]).WithSummary("Takes its time");
        echo.MapGet("/stream", (CancellationToken token) => TypedResults.ServerSentEvents(BeatAsync(token))).Allow([.. Roles.All]).WithSummary("Goes on and on");
        echo.MapGet("/partner", Answer).AllowScope(Scopes.SubmitReferrals).WithSummary("Says which partner calls");
    });

    private static async IAsyncEnumerable<string> BeatAsync([EnumeratorCancellation] CancellationToken token)
    {
        while (true)
        {
            yield return "beat";
            await Task.Delay(TimeSpan.FromMilliseconds(100), token);
        }
    }

    private static IResult Answer(HttpContext http, Caller caller) => Results.Json(new
    {
        caller.AccountId,
        caller.Role,
        caller.Roles,
        caller.Purpose,
        caller.Organisation,
        caller.Regions,
        caller.Client,
        caller.SessionId,
        caller.Scopes,
        Name = http.User.FindFirst("name")?.Value,
        Headers = http.Request.Headers.Keys.Select(name => name.ToLowerInvariant()),
    });
}

/// <summary>Reads JSON answers.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response, int status = 200)
    {
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        return JsonDocument.Parse(text).RootElement;
    }

    public static string[] Strings(this JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
