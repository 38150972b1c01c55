using System.Diagnostics;
using System.Net;
using Barnahus.Nodes;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql.Sqlite;

namespace Barnahus.SystemTests;

/// <summary>The command of the README, as somebody types it: it starts, says where, answers, and ends when asked to.</summary>
public sealed class DeployRunTests
{
    [SkippableFact]
    public async Task It_starts_from_any_folder_answers_and_ends_cleanly_when_asked()
    {
        Skip.If(OperatingSystem.IsWindows(), "deploy/run is a bash script.");
        var folder = Directory.CreateTempSubdirectory("barnahus-run-");
        try
        {
            var (first, events) = await RunAsync(folder.FullName);
            first.ShouldContain(line => line.StartsWith("Demonstration password:", StringComparison.Ordinal));
            events.ShouldBeGreaterThan(20);

            // Whatever was under way when it was asked to end was ended: a second start finds nothing to publish or to do again.
            var (second, after) = await RunAsync(folder.FullName);
            second.ShouldContain(line => line.StartsWith("Barnahus is ready on", StringComparison.Ordinal));
            after.ShouldBe(events);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_stands_in_the_way_of_a_start_is_said_in_a_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-run-");
        try
        {
            var data = folder.CreateSubdirectory("data").FullName;
            await using var taken = SqliteEventLog.Open(Path.Combine(data, "events.db"));
            using var run = Process.Start(new ProcessStartInfo(
                "dotnet", [Path.Combine(AppContext.BaseDirectory, "Barnahus.AllInOne.dll"), "--data", data, "--port", $"{Ports.Free(1)[0]}"])
            {
                UseShellExecute = false, RedirectStandardError = true,
            })!;
            var said = await run.StandardError.ReadToEndAsync();
            await run.WaitForExitAsync();
            run.ExitCode.ShouldBe(2, said);
            said.Trim().ShouldContain(data);
            said.ShouldNotContain("   at ");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Starts, asks for health, sends SIGTERM; what it said, and what its log held then.</summary>
    private static async Task<(IReadOnlyList<string> Said, int Events)> RunAsync(string folder)
    {
        var port = Ports.Free(1)[0];
        var start = new ProcessStartInfo("bash", [Path.Combine(ReadmeTests.Root, "deploy", "run"), "--data", "data", "--port", $"{port}", "--demo"])
        {
            UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var run = Process.Start(start)!;
        var complained = run.StandardError.ReadToEndAsync();
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            var said = new List<string>();
            while (await run.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                said.Add(line);
                if (line == $"Barnahus is ready on http://127.0.0.1:{port}")
                {
                    break;
                }
            }

            said.ShouldContain($"Barnahus is ready on http://127.0.0.1:{port}", customMessage: run.HasExited ? await complained : "");
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await client.GetAsync("/account/sign-in")).StatusCode.ShouldBe(HttpStatusCode.OK);

            using var asked = Process.Start("kill", ["-TERM", $"{run.Id}"]);
            await run.WaitForExitAsync(patience.Token);
            run.ExitCode.ShouldBe(0, await complained);
            return (said, await EventsInAsync(Path.Combine(folder, "data")));
        }
        finally
        {
            if (!run.HasExited)
            {
                run.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Events of the log but those of people signing in: loading the demonstration signs in each time.</summary>
    private static async Task<int> EventsInAsync(string data)
    {
        await using var log = SqliteEventLog.Open(Path.Combine(data, "events.db"));
        var events = await log.ReadAllAsync(LogPosition.Start, int.MaxValue, default);
        return events.Count(one => !one.Type.StartsWith("identity.", StringComparison.Ordinal));
    }
}
