using System.Globalization;
using System.Text.Json;

namespace Barnahus.Benchmarks;

/// <summary>A table for people and artifacts/bench/name.json for machines.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task WriteAsync(IBenchmark benchmark, Outcome outcome)
    {
        Line($"{"",-5} {"figure",-62} {"ours",12} {"yardstick",12} {"ratio",7} {"must",6}");
        foreach (var f in outcome.Figures)
        {
            var must = f.MustReach is { } bound ? (f.LessIsBetter ? "<=" : ">=") + bound.ToString("0.##", CultureInfo.InvariantCulture) : "-";
            Line($"{f.Id,-5} {f.What + ", " + f.Unit,-62} {f.Value,12:N0} {f.Yardstick,12:N0} {f.Ratio,7:0.00} {must,6} {(f.Reached ? "" : "FALLS SHORT")}");
        }

        if (outcome.Profile.Count > 0)
        {
            Line($"{"",-5} {"what costs most",-62} {"part",12} {"us each",12}");
            foreach (var share in outcome.Profile)
            {
                Line($"{"",-5} {share.What,-62} {share.Part,12:P0} {share.MicrosecondsPerUnit,12:0.0}");
            }
        }

        var folder = Directory.CreateDirectory(Path.Combine("artifacts", "bench"));
        await using var file = File.Create(Path.Combine(folder.FullName, benchmark.Name + ".json"));
        await JsonSerializer.SerializeAsync(file, new { benchmark.Name, benchmark.What, outcome.Figures, outcome.Profile }, Json);
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
