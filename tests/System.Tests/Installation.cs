using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Barnahus.AllInOne.Demo;

namespace Barnahus.SystemTests;

/// <summary>
/// The whole of Barnahus as a process of its own with a data folder of its own, at a domain time of its own. It can be killed and started again.
/// </summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-system-").FullName;
    private readonly List<string> _output = [];
    private readonly List<IDisposable> _clients = [];
    private IReadOnlyList<string> _settings = [];
    private Process? _process;

    /// <summary>Folder of log, vault and state.</summary>
    public string Data => Path.Combine(_folder, "data");

    /// <summary>Where the gateway listens; another after a restart.</summary>
    public Uri Gateway { get; private set; } = new("http://127.0.0.1");

    /// <summary>Everything the process printed, all starts together.</summary>
    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_output)
            {
                return [.. _output];
            }
        }
    }

    /// <summary>Starts with the demonstration's accounts and partners, but without its cases, at a domain time.</summary>
    /// <param name="settings">Further settings, as on the command line.</param>
    public static async Task<Installation> StartAsync(DateTimeOffset at, params string[] settings)
    {
        var installation = new Installation { _settings = settings };
        await installation.StartProcessAsync(at).OrDisposeAsync(installation);
        return installation;
    }

    /// <summary>Starts as <c>deploy/run --demo</c> does: at the present, with the demonstration's cases.</summary>
    public static async Task<Installation> StartDemonstrationAsync()
    {
        var installation = new Installation();
        await installation.StartProcessAsync(at: null).OrDisposeAsync(installation);
        return installation;
    }

    /// <summary>As a power cut would: nothing is told, nothing is flushed. Then it starts again at a domain time; who was signed in is no longer.</summary>
    public async Task KillAndRestartAsync(DateTimeOffset at)
    {
        Kill();
        await StartProcessAsync(at);
    }

    /// <summary>A demonstration account, signed in, with its role's purpose stated.</summary>
    public async Task<HttpClient> SignInAsync(string loginName, string? purpose = null)
    {
        var password = (await File.ReadAllTextAsync(Path.Combine(Data, "demo", "password"))).Trim();
        var person = await PersonClient.SignInAsync(Gateway, loginName, password, role: null, purpose);
        _clients.Add(person);
        return person.Http;
    }

    /// <summary>The partner with an OIN.</summary>
    public PartnerClient Partner(string oin)
    {
        var partner = PartnerClient.OfDemo(Gateway, Data, oin);
        _clients.Add(partner);
        return partner;
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StartProcessAsync(DateTimeOffset? at)
    {
        var port = FreePort();
        Gateway = new Uri($"http://127.0.0.1:{port}");
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Barnahus.AllInOne.dll"), "--data", Data, "--port", $"{port}",
            .. at is { } domainTime ? ["--Demo=true", $"--Clock:Start={domainTime:O}", "--Timers:Interval=00:00:00.2", "--Identity:PasswordRounds=1000"] : new[] { "--demo" },
            .. _settings,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Keep(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data, ready);
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("Barnahus ended before it was ready:\n" + string.Join('\n', Output)));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(90));
    }

    private void Keep(string? line, TaskCompletionSource ready)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (line.StartsWith("Barnahus is ready on ", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }

    /// <summary>As a power cut would, and it stays dark.</summary>
    public void Kill()
    {
        _clients.ForEach(client => client.Dispose());
        _clients.Clear();
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
    }
}

/// <summary>A scene that fails half-way ends what it started: no process of it stays behind.</summary>
public static class Scenes
{
    public static async Task OrDisposeAsync(this Task building, IAsyncDisposable scene)
    {
        try
        {
            await building;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }
}
