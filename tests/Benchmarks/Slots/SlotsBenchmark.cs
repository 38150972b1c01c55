using System.Diagnostics;
using System.Globalization;
using Barnahus.Interviews.Slots;

namespace Barnahus.Benchmarks.Slots;

/// <summary>P8: the slot search over four weeks, 20 interviewers and 8 rooms, half-full, every rejection explained, beside the naive reference.</summary>
internal sealed class SlotsBenchmark : IBenchmark
{
    private const int Questions = 12;
    private const int Rounds = 40;

    /// <summary>What quality.md allows at the 95th percentile, in milliseconds.</summary>
    private const double Bound = 50;

    public string Name => "slots";

    public string What => "slot search: 4 weeks, 20 interviewers, 8 rooms, 15-minute starts, half-full agenda, every rejection explained (P8)";

    public Task<Outcome> RunAsync(CancellationToken cancellationToken)
    {
        var world = BusyWorld.Make();
        var questions = Enumerable.Range(0, Questions).Select(BusyWorld.Question).ToList();
        var naive = new List<double>();
        var (slots, rejected) = (0, 0);
        foreach (var question in questions)
        {
            SlotAnswer? reference = null;
            naive.Add(Milliseconds(() => reference = new NaiveSlotSearch(question, world).Find()));
            var answer = SlotSearch.Find(question, world);
            (slots, rejected) = (slots + answer.Slots.Count, rejected + answer.Rejected.Count);
            if (Print(answer) != Print(reference!))
            {
                throw new InvalidOperationException("The search and the reference differ: no figure is worth anything before they agree.");
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        var fast = Enumerable.Range(0, Rounds)
            .SelectMany(_ => questions.Select(question => Milliseconds(() => SlotSearch.Find(question, world))))
            .ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"      same answer as the reference for {Questions} questions ({slots} slots, {rejected} folded rejections); search p50 {At(fast, 0.5):0.00} ms, p95 {At(fast, 0.95):0.00} ms; reference p50 {At(naive, 0.5):0} ms, p95 {At(naive, 0.95):0} ms"));
        return Task.FromResult(new Outcome(
            [
                new("P8", "searches/s at the 95th percentile against 50 ms", "1/s", 1000 / At(fast, 0.95), 1000 / Bound, Bound / At(fast, 0.95), 1),
                new("P8", "searches/s at the median against the naive reference", "1/s", 1000 / At(fast, 0.5), 1000 / At(naive, 0.5), At(naive, 0.5) / At(fast, 0.5), null),
            ],
            []));
    }

    private static double Milliseconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double At(List<double> times, double share) => times.Order().ElementAt((int)Math.Ceiling(share * times.Count) - 1);

    private static string Print(SlotAnswer answer) => string.Join(
        '\n',
        answer.Slots.Select(s => $"{s.Start.UtcTicks} {s.End.UtcTicks} {s.RoomId} {s.InterviewerId} {s.PsychologistId} {s.InterpreterId} {s.SupportId} {s.Score} {string.Join(',', s.Why)}")
            .Concat(answer.Rejected.Select(r => $"{r.RoomId} {r.From.UtcTicks} {r.To.UtcTicks} {string.Join(',', r.Rules)}")));
}
