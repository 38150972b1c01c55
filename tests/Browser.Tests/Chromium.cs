using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Barnahus.AllInOne;
using Microsoft.Playwright;

namespace Barnahus.Browser.Tests;

/// <summary>Barnahus on loopback and the Chromium of this machine (deploy/test installs it), without a window.</summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string Password = "correct horse battery staple";
    private const string Program = "/usr/bin/chromium";
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
    private AllInOneApp? _house;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static bool IsInstalled => File.Exists(Program);

    /// <summary>By name and not by number: a passkey belongs to a domain.</summary>
    public string House { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (!IsInstalled)
        {
            return;
        }

        var port = FreePort();
        House = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
        _house = await AllInOneApp.StartAsync(
            new Options(Path.Combine(_folder, "data"), port, Demo: false,
            [
                "--Demo=true", $"--Identity:DemoPassword={Password}", "--Identity:PasswordRounds=1000", $"--Tokens:Issuer={House}",
                "--Logging:LogLevel:Default=Error",
            ]),
            _ => { });
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox"] });
    }

    /// <summary>A page in a profile of its own. What the browser complains of (a blocked script, say) is collected.</summary>
    public async Task<(IPage Page, List<string> Complaints)> PageAsync()
    {
        Skip.IfNot(IsInstalled, "Chromium is not installed; deploy/test does it.");
        var page = await (await _browser!.NewContextAsync()).NewPageAsync();
        page.SetDefaultTimeout(60_000);
        List<string> complaints = [];
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        return (page, complaints);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_house is not null)
        {
            await _house.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
