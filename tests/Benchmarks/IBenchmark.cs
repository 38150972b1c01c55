namespace Barnahus.Benchmarks;

/// <summary>One subcommand of deploy/bench.</summary>
internal interface IBenchmark
{
    /// <summary>Name on the command line and of the JSON file.</summary>
    string Name { get; }

    /// <summary>One line for people.</summary>
    string What { get; }

    Task<Outcome> RunAsync(CancellationToken cancellationToken);
}

/// <summary>What a benchmark found.</summary>
/// <param name="Figures">Each beside its yardstick.</param>
/// <param name="Profile">Where the time went, largest first.</param>
internal sealed record Outcome(IReadOnlyList<Figure> Figures, IReadOnlyList<Share> Profile);

/// <summary>A figure beside its yardstick, both of the same run.</summary>
/// <param name="Id">Number in quality.md, or a short name for one that is only reported.</param>
/// <param name="What">What was measured.</param>
/// <param name="Unit">Of value and yardstick.</param>
/// <param name="Value">Ours: the median of the rounds.</param>
/// <param name="Yardstick">The yardstick's: the median of the rounds.</param>
/// <param name="Ratio">Median of the rounds' ratios: a disturbance hits both sides of a round.</param>
/// <param name="MustReach">The last good ratio; null when it is only reported.</param>
/// <param name="LessIsBetter">A time: the ratio must not be more.</param>
internal sealed record Figure(
    string Id, string What, string Unit, double Value, double Yardstick, double Ratio, double? MustReach, bool LessIsBetter = false)
{
    public bool Reached => MustReach is not { } bound || (LessIsBetter ? Ratio <= bound : Ratio >= bound);

    /// <summary>Runs both sides in turn, so that what else the machine does falls on both.</summary>
    /// <param name="ours">Gives the value.</param>
    /// <param name="yardstick">Gives the yardstick's, in the same unit.</param>
    public static async Task<Figure> MeasureAsync(
        string id, string what, string unit, double? mustReach, int rounds, Func<Task<double>> ours, Func<Task<double>> yardstick, bool lessIsBetter = false,
        int warmUps = 1)
    {
        var pairs = new List<(double Ours, double Yardstick)>();
        for (var round = -warmUps; round < rounds; round++)
        {
            // Who goes first changes every round: a disk that is busy with what was just written slows whoever comes next.
            var first = round % 2 == 0;
            var before = first ? await ours() : await yardstick();
            var after = first ? await yardstick() : await ours();
            var (measured, bare) = first ? (before, after) : (after, before);

            if (round >= 0)
            {
                pairs.Add((measured, bare));
            }
        }

        return new(
            id, what, unit, Median(pairs.Select(p => p.Ours)), Median(pairs.Select(p => p.Yardstick)), Median(pairs.Select(p => p.Ours / p.Yardstick)), mustReach, lessIsBetter);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}

/// <summary>A part of the time.</summary>
/// <param name="What">Of what.</param>
/// <param name="Part">0 to 1.</param>
/// <param name="MicrosecondsPerUnit">Per event, command or whatever the benchmark counts.</param>
internal sealed record Share(string What, double Part, double MicrosecondsPerUnit);
