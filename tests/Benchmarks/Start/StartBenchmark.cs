using Barnahus.Benchmarks.House;

namespace Barnahus.Benchmarks.Start;

/// <summary>P10: the whole of Barnahus from nothing to ready, beside an empty ASP.NET Core application; each start a process of its own.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const int Rounds = 5;

    /// <summary>What quality.md allows whatever the yardstick says, in milliseconds.</summary>
    private const double Bound = 5000;

    public string Name => "start";

    public string What => "AllInOne to ready, built in Release, empty data, beside an empty ASP.NET Core application (P10)";

    public async Task<Outcome> RunAsync(CancellationToken cancellationToken)
    {
        var ratio = await Figure.MeasureAsync("P10", "process to ready; bare: the empty application", "ms", 15, Rounds, WholeAsync, EmptyAsync, lessIsBetter: true);
        return new([ratio, new("P10", "process to ready against 5 s", "ms", ratio.Value, Bound, ratio.Value / Bound, 1, LessIsBetter: true)], []);
    }

    private static async Task<double> WholeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-bench-").FullName;
        try
        {
            using var whole = await ChildProcess.StartAsync(
                "Barnahus.AllInOne.dll", "Barnahus is ready on ", ["--data", Path.Combine(folder, "data"), "--port", BenchHouse.FreePort()]);
            return whole.Took.TotalMilliseconds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> EmptyAsync()
    {
        using var empty = await ChildProcess.StartAsync("Barnahus.Benchmarks.dll", "ready", ["--empty"]);
        return empty.Took.TotalMilliseconds;
    }
}
