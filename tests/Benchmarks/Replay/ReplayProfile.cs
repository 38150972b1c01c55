using System.Diagnostics;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Views;

namespace Barnahus.Benchmarks.Replay;

/// <summary>The parts of a replay one after another on one thread, each with a stopwatch.</summary>
internal static class ReplayProfile
{
    public static async Task<IReadOnlyList<Share>> TakeAsync(WebApplication app, IEventLog log, CancellationToken cancellationToken)
    {
        await using var owned = app;
        var codec = app.Services.GetRequiredService<EventCodec>();
        var views = app.Services.GetServices<View>().ToArray();
        var raw = app.Services.GetServices<IRawView>().ToArray();
        var byType = views.SelectMany(view => view.EventTypes.Select(type => (type, view))).ToLookup(pair => pair.type, pair => pair.view);
        var ticks = new Dictionary<string, long>(StringComparer.Ordinal);
        var (count, after) = (0, LogPosition.Start);
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            var page = await log.ReadAllAsync(after, 1000, cancellationToken);
            Count("read", started);
            if (page.Count == 0)
            {
                break;
            }

            (count, after) = (count + page.Count, page[^1].Position);
            started = Stopwatch.GetTimestamp();
            var decoded = page.Where(logged => codec.TypeOf(logged) is { } type && byType.Contains(type)).Select(logged => (Event: codec.DecodeEvent(logged), Logged: logged)).ToList();
            Count("decode", started);
            foreach (var view in views)
            {
                started = Stopwatch.GetTimestamp();
                foreach (var (e, logged) in decoded)
                {
                    view.Apply(e, logged);
                }

                Count($"fold: {view.GetType().Name}", started);
            }

            foreach (var view in raw)
            {
                started = Stopwatch.GetTimestamp();
                foreach (var logged in page)
                {
                    view.Apply(logged);
                }

                Count($"fold: {view.GetType().Name}", started);
            }
        }

        var total = (double)ticks.Values.Sum();
        return [.. ticks.OrderByDescending(part => part.Value)
            .Select(part => new Share(part.Key, part.Value / total, Stopwatch.GetElapsedTime(0, part.Value).TotalMicroseconds / count))];

        void Count(string part, long started) => ticks[part] = ticks.GetValueOrDefault(part) + Stopwatch.GetTimestamp() - started;
    }
}
