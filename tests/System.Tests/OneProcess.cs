using System.Data.Common;
using System.Diagnostics;
using Barnahus.Nodes;
using Microsoft.Data.Sqlite;

namespace Barnahus.SystemTests;

/// <summary>Barnahus as <c>deploy/run</c> starts it: all in one process, on a data folder of its own.</summary>
public sealed class OneProcess : Installation
{
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-system-").FullName;
    private readonly List<string> _output = [];
    private IReadOnlyList<string> _settings = [];
    private Uri _gateway = new("http://127.0.0.1");
    private Process? _process;

    public override string Data => Path.Combine(_folder, "data");

    public override Uri Gateway => _gateway;

    public override IReadOnlyList<string> Output
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
    public static async Task<OneProcess> StartAsync(DateTimeOffset at, params string[] settings)
    {
        var installation = new OneProcess { _settings = settings };
        await installation.StartProcessAsync(at).OrDisposeAsync(installation);
        return installation;
    }

    /// <summary>Starts as <c>deploy/run --demo</c> does: at the present, with the demonstration's cases.</summary>
    public static async Task<OneProcess> StartDemonstrationAsync()
    {
        var installation = new OneProcess();
        await installation.StartProcessAsync(at: null).OrDisposeAsync(installation);
        return installation;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public override DbConnection LogTable() => new SqliteConnection(
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(Data, "events.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());

    protected override Task StartProcessesAsync(DateTimeOffset at) => StartProcessAsync(at);

    private async Task StartProcessAsync(DateTimeOffset? at)
    {
        // Between finding a port and taking it somebody else may have.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StartProcessAsync(at, Ports.Free(1)[0]);
                return;
            }
            catch (InvalidOperationException ended) when (attempt < 3 && ended.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase))
            {
                KillProcesses();
            }
        }
    }

    private async Task StartProcessAsync(DateTimeOffset? at, int port)
    {
        _gateway = new Uri($"http://127.0.0.1:{port}");
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

    protected override void KillProcesses()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
    }
}
