namespace Barnahus.Turnaround.Clocks;

/// <summary>How one clock went, or goes, without a word of whom it is about.</summary>
/// <param name="Clock">Name of the clock.</param>
/// <param name="Stage">Stage of the chain.</param>
/// <param name="Region">Police unit's region.</param>
/// <param name="StoppedAt">When it stopped, UTC; null while it runs.</param>
/// <param name="Took">Time that counted until then: without suspensions, of working days only where the term is in those.</param>
/// <param name="NormDue">When the term ended by the norm alone, UTC; null while the clock stands still.</param>
/// <param name="NormPercent">Share of cases that must make it; null when every case must.</param>
public sealed record ClockOutcome(string Clock, string Stage, string Region, DateTimeOffset? StoppedAt, TimeSpan Took, DateTimeOffset? NormDue, int? NormPercent)
{
    public static ClockOutcome Of(Clock clock, string region)
    {
        var rule = clock.Norm.Rule;
        return new(
            rule.Clock,
            rule.Stage,
            region,
            clock.StoppedAt,
            clock.StoppedAt is { } stopped ? Reckoning.Taken(clock, stopped) : TimeSpan.Zero,
            clock.IsSuspended && clock.StoppedAt is null ? null : Reckoning.NormDue(clock, clock.StoppedAt ?? DateTimeOffset.MaxValue),
            rule.SharePercent);
    }
}
