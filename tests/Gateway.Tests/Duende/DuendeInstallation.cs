#if FULL_REGISTRY
using System.Security.Cryptography;
using Barnahus.Identity.Duende;
#endif
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Barnahus.Gateway.Tests.Duende;

/// <summary>An installation with Duende IdentityServer in the embedded issuer's place, where people sign in.</summary>
public sealed class DuendeInstallation : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
    private Installation? Built { get; set; }

    /// <exception cref="SkipException">The host was not built.</exception>
    public Installation House => Built
        ?? throw new SkipException("Duende IdentityServer: the host was not built, since its package is not in the registry (deploy/registry).");

    /// <summary>What Duende said in its log, warnings and worse.</summary>
    public ConcurrentQueue<string> Warnings { get; } = [];

    public string KeyFolder => Path.Combine(_folder, "keys");

    public string Issuer => House.Identity.Urls.First();

    public Task InitializeAsync() => OpenAsync(demo: true, staticKey: true);

    public async Task DisposeAsync()
    {
        await (Built?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(_folder, recursive: true);
    }

    /// <param name="staticKey">One key of a file; else Duende makes keys itself.</param>
    public async Task OpenAsync(bool demo, bool staticKey, params string[] settings)
    {
#if FULL_REGISTRY
        var address = AtProvider.FreeAddress();
        var keyFile = Path.Combine(_folder, "signing.pem");
        using var key = RSA.Create(3072);
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        string[] own = [$"--urls={address}", "--Logging:LogLevel:Duende=Warning", staticKey ? $"--Duende:SigningKeyFile={keyFile}" : $"--Duende:KeyFolder={KeyFolder}", .. settings];
        Built = await Installation.StartAsync(demo: demo, atProvider: new()
        {
            Issuer = address.GetLeftPart(UriPartial.Authority),
            Build = (args, stores, say) => DuendeApp.Build([.. args, .. own], stores, say, builder => builder.Logging.AddProvider(new Listener(Warnings))),
        });
#else
        await Task.CompletedTask;
#endif
    }

    /// <summary>From the gateway to the page to sign in on: its markup, in the browser's hand at the provider.</summary>
    public async Task<string> AskedAsync(Browser browser, Browser there)
    {
        var authorization = (await browser.GetAsync("/account/provider")).Headers.Location!;
        authorization.GetLeftPart(UriPartial.Path).ShouldBe($"{Issuer}/connect/authorize");
        var page = (await there.GetAsync(authorization.PathAndQuery)).Headers.Location!;
        return await (await there.GetAsync(new Uri(new Uri(Issuer), page).PathAndQuery)).Content.ReadAsStringAsync();
    }

    /// <summary>Fills the page in.</summary>
    /// <returns>Where the browser is sent; null: shown the page again.</returns>
    public async Task<Uri?> FilledInAsync(Browser there, string page, string loginName, string password, string code)
    {
        var answer = await there.SubmitAsync(page, [("loginName", loginName), ("password", password), ("code", code)], "/sign-in");
        return answer.Headers.Location is { } next ? new Uri(new Uri(Issuer), next) : null;
    }

    /// <summary>Signs in at the provider and comes back.</summary>
    public async Task SignInAsync(Browser browser, string loginName, string password = Installation.Password, string code = "")
    {
        using var there = new Browser(new(Issuer));
        var on = await FilledInAsync(there, await AskedAsync(browser, there), loginName, password, code);
        var back = (await there.GetAsync(on!.PathAndQuery)).Headers.Location!;
        back.GetLeftPart(UriPartial.Path).ShouldBe($"{House.Gateway.Urls.First()}/account/provider/return", "no question of consent");
        (await browser.GetAsync(back.PathAndQuery)).EnsureSuccessStatusCode();
    }

    private sealed class Listener(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
