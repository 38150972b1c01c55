using System.Diagnostics;
using System.Globalization;
using Barnahus.AllInOne;
using Barnahus.Benchmarks.House;
using Barnahus.Identity;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Views;

namespace Barnahus.Benchmarks.Replay;

/// <summary>P4: what a start costs: the log into all views of all services.</summary>
internal sealed class ReplayBenchmark(bool large) : IBenchmark
{
    private const int Stories = 8;
    private const int Rounds = 5;

    /// <summary>What quality.md allows a log of 1,000,000 events, in seconds.</summary>
    private const double Bound = 30;

    private int Events => large ? 1_000_000 : 100_000;

    public string Name => "replay";

    public string What => string.Create(CultureInfo.InvariantCulture, $"a log of {Events:N0} events into all views of all services, sealed fields left sealed (P4)");

    public async Task<Outcome> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-bench-").FullName;
        try
        {
            var stories = await PlayAsync(folder, cancellationToken);
            await using var stores = Stores.Open(new ConfigurationBuilder().AddCommandLine([$"--Data={BenchHouse.DataOf(folder)}"]).Build());
            await CopyAsync(folder, stores, stories, cancellationToken);
            var events = await ReadAsync(stores.Log, cancellationToken);
            var replay = await Figure.MeasureAsync(
                "P4", "decoded and folded into all views; bare: pages of the engine", "events/s", 0.5, Rounds,
                () => ReplayAsync(folder, stores, events, cancellationToken),
                async () => await ReadAsync(stores.Log, cancellationToken) / (await TimedAsync(() => ReadAsync(stores.Log, cancellationToken))).TotalSeconds);
            var million = 1_000_000 / replay.Value;
            return new(
                [replay, new("P4", large ? "1,000,000 events against 30 s" : "1,000,000 events against 30 s (as many times longer)", "s", million, Bound, million / Bound, 1, LessIsBetter: true)],
                await ReplayProfile.TakeAsync(Build(folder, stores), stores.Log, cancellationToken));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A few children over HTTP, on a house that is closed again.</summary>
    /// <returns>Position before the first of them.</returns>
    private static async Task<LogPosition> PlayAsync(string folder, CancellationToken cancellationToken)
    {
        using var house = await BenchHouse.OpenAsync(folder);
        var story = await Story.OfAsync(house);
        for (var number = 0; number < Stories; number++)
        {
            await story.GoOnAsync(await story.AcceptAsync(await story.SubmitAsync(number)));
        }

        // What still travels over the bus.
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        return house.Furnished;
    }

    private async Task CopyAsync(string folder, Stores stores, LogPosition stories, CancellationToken cancellationToken)
    {
        await using var app = Build(folder, stores);
        var played = new List<LoggedEvent>();
        while (await stores.Log.ReadAllAsync(played.Count == 0 ? LogPosition.Start : played[^1].Position, 1000, cancellationToken) is { Count: > 0 } page)
        {
            played.AddRange(page);
        }

        var copies = new StoryCopies(
            stores, app.Services.GetRequiredService<EventTypes>(), app.Services.GetRequiredService<EventCodec>(), played, stories);
        var wanted = Math.Max(1, (Events - played.Count) / copies.Events);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"      {Stories} children played over HTTP: {copies.Events} events; {wanted} copies with ids, days and keys of their own"));
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, wanted),
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellationToken },
            async (number, token) => await copies.AppendAsync(number, token));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"      appended in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
    }

    private static WebApplication Build(string folder, Stores stores) => ServiceHost.Build(
        [$"--Data={BenchHouse.DataOf(folder)}", "--Demo=true", "--Tokens:Issuer=http://127.0.0.1", "--Logging:LogLevel:Default=Warning"],
        stores,
        [.. AllInOneApp.Services, IdentityModule.Announcer]);

    private static async Task<double> ReplayAsync(string folder, Stores stores, int events, CancellationToken cancellationToken)
    {
        await using var app = Build(folder, stores);
        var views = app.Services.GetRequiredService<ViewHost>();
        var head = await stores.Log.HeadAsync(cancellationToken);
        GC.Collect();
        var took = await TimedAsync(async () =>
        {
            await views.StartAsync(cancellationToken);
            await views.WaitForAsync(head, TimeSpan.FromMinutes(10), cancellationToken);
        });
        await views.StopAsync(cancellationToken);
        return events / took.TotalSeconds;
    }

    private static async Task<int> ReadAsync(IEventLog log, CancellationToken cancellationToken)
    {
        var (count, after) = (0, LogPosition.Start);
        while (await log.ReadAllAsync(after, 1000, cancellationToken) is { Count: > 0 } page)
        {
            count += page.Count;
            after = page[^1].Position;
        }

        return count;
    }

    private static async Task<TimeSpan> TimedAsync(Func<Task> action)
    {
        var started = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(started);
    }
}
