using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Features;

/// <summary>A clock as the board and the case show it.</summary>
/// <param name="ClockId">The clock.</param>
/// <param name="Clock">Name of the clock in the norms, e.g. <c>report-to-file</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Stage">Stage of the chain.</param>
/// <param name="ChildId">The child it is about, for an auditor a pseudonym; null when it is about the case.</param>
/// <param name="InterviewId">The interview it is about; null for an auditor.</param>
/// <param name="State">How it stands.</param>
/// <param name="StartedAt">When it started, UTC.</param>
/// <param name="StoppedAt">When it stopped, UTC.</param>
/// <param name="Due">When the term ends, UTC; while suspended: as if it ran again now.</param>
/// <param name="NormDue">When it would by the norm alone.</param>
/// <param name="DueBy"><c>norm</c>, <c>target</c> or <c>extension</c>.</param>
/// <param name="DaysLeft">Dutch calendar days to the last day; negative when past.</param>
/// <param name="UsedPercent">Part of the term that is used.</param>
/// <param name="Signal">Colour, with the word that says the same.</param>
/// <param name="Norm">The norm it goes by.</param>
/// <param name="Forecast">Whether it will make its date at the present pace; null when it stopped.</param>
/// <param name="Alerted">Thresholds of the present term of which people have been alerted.</param>
public sealed record ClockRow(
    Guid ClockId,
    string Clock,
    NormName? Name,
    string Stage,
    string? ChildId,
    Guid? InterviewId,
    ClockState State,
    DateTimeOffset StartedAt,
    DateTimeOffset? StoppedAt,
    DateTimeOffset Due,
    DateTimeOffset NormDue,
    string DueBy,
    int DaysLeft,
    int UsedPercent,
    Signal Signal,
    Forecast? Forecast,
    NormShown Norm,
    IReadOnlyList<int> Alerted)
{
    public static ClockRow Of(Clock clock, NormBook norms, Forecast? forecast, DateTimeOffset now)
    {
        var reading = Reckoning.Read(clock, now);
        var rule = clock.Norm.Rule;
        var norm = norms.Find(clock.Norm.Key, clock.Norm.Version);
        return new(
            clock.ClockId,
            rule.Clock,
            norm?.Name,
            rule.Stage,
            clock.ChildId?.ToString("D"),
            clock.About,
            reading.State,
            clock.StartedAt,
            clock.StoppedAt,
            reading.Due,
            reading.NormDue,
            clock.DueDates is [.., var last] ? last.Kind : "norm",
            reading.DaysLeft,
            reading.UsedPercent,
            Signal.Of(clock, reading),
            forecast,
            new(clock.Norm.Key, clock.Norm.Version, rule.Term, rule.SharePercent, norm?.Source),
            [.. clock.Alerted
                .Where(given => given.DateSetAt == clock.DateSetAt || given.Threshold <= reading.UsedPercent)
                .Select(given => given.Threshold).Distinct().Order()]);
    }
}

/// <param name="Key">Definition.</param>
/// <param name="Version">The version the clock started with.</param>
/// <param name="Term">Term.</param>
/// <param name="SharePercent">Share of cases that must make it.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record NormShown(string Key, int Version, Term Term, int? SharePercent, NormSource? Source);

/// <summary>Never a colour alone: the word says the same.</summary>
/// <param name="Colour"><c>green</c>, <c>amber</c> or <c>red</c>.</param>
/// <param name="Nl">Dutch word.</param>
/// <param name="En">English word.</param>
public sealed record Signal(string Colour, string Nl, string En)
{
    /// <summary>From this part of the term on a running clock is amber.</summary>
    private const int AmberFrom = 80;

    public static Signal Of(Clock clock, ClockReading reading) => (clock.StoppedAt, reading.State, reading.UsedPercent) switch
    {
        (not null, ClockState.Met, _) => new("green", "gehaald", "met"),
        (not null, _, _) => new("red", "te laat", "late"),
        (_, ClockState.Breached, _) => new("red", "verstreken", "overdue"),
        (_, ClockState.Suspended, >= AmberFrom) => new("amber", "opgeschort, bijna verstreken", "suspended, nearly due"),
        (_, ClockState.Suspended, _) => new("green", "opgeschort", "suspended"),
        (_, _, >= AmberFrom) => new("amber", "bijna verstreken", "nearly due"),
        _ => new("green", "op schema", "on schedule"),
    };
}
