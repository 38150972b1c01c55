using System.Diagnostics;
using System.Globalization;
using Barnahus.Nodes;
using Barnahus.Platform.Tests.Bus;

namespace Barnahus.Platform.Tests.Nodes;

/// <summary>Servers of tests end with who started them, however that ends.</summary>
public sealed class GuardTests
{
    [Fact]
    public async Task Who_is_killed_leaves_no_server_and_no_folder_behind()
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-guard-").FullName;
        var start = new ProcessStartInfo("dotnet", [typeof(GuardTests).Assembly.Location, "guard", folder]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var owner = Process.Start(start)!;
        var said = (await owner.StandardOutput.ReadLineAsync())!.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var (watched, alone) = (new Child((int)said[0], said[1]), new Child((int)said[2], said[3]));
        try
        {
            watched.IsAlive.ShouldBeTrue();
            owner.Kill();
            (await watched.EndedAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
            await Wait.ForAsync(() => Task.FromResult(!Directory.Exists(folder)), "the folder to go");
            alone.IsAlive.ShouldBeTrue("what nobody watches is nobody's to end");
        }
        finally
        {
            alone.Kill();
        }
    }

    /// <summary>What the process does that is killed: it starts two, has one watched, and waits.</summary>
    public static async Task<int> RunAsync(string folder)
    {
        using var guard = new Guard(folder);
        var (watched, alone) = (Sleep(), Sleep());
        guard.Watch(watched);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{watched.Id} {watched.StartedAt} {alone.Id} {alone.StartedAt}"));
        await Console.Out.FlushAsync();
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static Child Sleep() => Child.Start("/dev/null", new Dictionary<string, string?>(StringComparer.Ordinal), user: null, "sleep", "300");
}
