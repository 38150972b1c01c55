using System.Diagnostics;
using Barnahus.Nodes;
using Barnahus.StackApp;

namespace Barnahus.SystemTests;

/// <summary>The verbs of <c>deploy/stack</c>, as processes of their own: what runs afterwards is what they said.</summary>
[Collection(StackCollection.Name)]
public sealed class DeployStackTests : IDisposable
{
    private readonly string _folder = DatabaseNode.TemporaryFolder("barnahus-command-");
    private readonly Guard _guard;

    public DeployStackTests() => _guard = new Guard(_folder);

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task Up_starts_all_once_status_shows_it_and_down_ends_exactly_that()
    {
        var up = await RunAsync("up", "--port", "0", "--replicas", "1");
        up.Status.ShouldBe(0, up.Said);
        up.Said.ShouldContain("Barnahus is ready on http://127.0.0.1:");
        up.Said.ShouldContain("Setup secrets, for two people: ");
        var running = Running();
        running.Select(process => process.Name).Order(StringComparer.Ordinal).ShouldBe(
            ["broker", "database", "epmd", "gateway", "identity", "interviews-1", "intake-1", "safety-1", "timeline-1", "turnaround-1"], ignoreOrder: true);

        var second = await RunAsync("up", "--port", "0");
        second.Status.ShouldBe(1);
        second.Said.ShouldContain($"runs in {Data} already. End it first: deploy/stack down --data {Data}");
        Running().ShouldBe(running);

        var status = await RunAsync("status");
        status.Status.ShouldBe(0, status.Said);
        status.Said.ShouldEndWith("All is well.\n");

        // Twelve more starts; what they do is Platform.Tests' and Reliability.Tests' at every run.
        if (Environment.GetEnvironmentVariable("BARNAHUS_ALL") is not null)
        {
            await EachServiceDoesAsync("0 messages replayed", "replay-errors");
            await EachServiceDoesAsync("0 failed", "reconcile", "--from", "1");
        }

        running.Single(process => process.Name == "safety-1").Child.Kill();
        (await RunAsync("status")).Status.ShouldBe(1);

        (await RunAsync("down")).Said.ShouldBe($"{running.Count - 1} processes ended\n");
        Running().ShouldBeEmpty();
        (await RunAsync("down")).Said.ShouldBe("0 processes ended\n");
    }

    /// <summary>Somebody who is impatient: the nodes start, and the command is gone.</summary>
    [Fact]
    public async Task What_a_start_that_was_cut_short_left_is_known_and_down_ends_it()
    {
        using (var up = Start("up", "--port", "0", "--replicas", "1"))
        {
            await Until(() => Running().Count > 1);
            up.Kill();
            await up.WaitForExitAsync();
        }

        var left = Running();
        left.ShouldNotBeEmpty();
        (await RunAsync("down")).Said.ShouldBe($"{left.Count} processes ended\n");
        Running().ShouldBeEmpty();
    }

    /// <summary>The broker's folder can't be one: the database had started.</summary>
    [Fact]
    public async Task A_start_that_fails_ends_what_it_had_started()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "broker"), "in the way");

        var up = await RunAsync("up", "--port", "0", "--replicas", "1");

        up.Status.ShouldBe(1, up.Said);
        up.Said.ShouldContain(Path.Combine(Data, "broker"));
        up.Said.ShouldNotContain("   at ");
        Running().ShouldBeEmpty();
    }

    public void Dispose() => _guard.Dispose();

    private static async Task Until(Func<bool> holds)
    {
        for (var patience = Stopwatch.StartNew(); !holds() && patience.Elapsed < TimeSpan.FromMinutes(1);)
        {
            await Task.Delay(20);
        }

        holds().ShouldBeTrue();
    }

    private List<StackProcess> Running()
    {
        var running = StackState.Load(Data)?.Alive.ToList() ?? [];
        running.ForEach(process => _guard.Watch(process.Child));
        return running;
    }

    /// <summary>Each service answers in a line of its own.</summary>
    private async Task EachServiceDoesAsync(string says, params string[] verb)
    {
        var done = await RunAsync(verb);
        done.Status.ShouldBe(0, done.Said);
        var lines = done.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Select(line => line.Split(':')[0]).ShouldBe(["identity", "intake", "interviews", "safety", "timeline", "turnaround"], ignoreOrder: true);
        lines.ShouldAllBe(line => line.Contains(says, StringComparison.Ordinal));
    }

    private Process Start(params string[] verb) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "Barnahus.StackApp.dll"), .. verb, "--data", Data])
    {
        UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
    })!;

    private async Task<(int Status, string Said)> RunAsync(params string[] verb)
    {
        using var process = Start(verb);
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await complained);
    }
}
