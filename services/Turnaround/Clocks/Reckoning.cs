using System.Text.Json.Serialization;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Clocks;

/// <summary>How a clock stands (domain.md, Turnaround).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClockState>))]
public enum ClockState
{
    [JsonStringEnumMemberName("running")]
    Running,

    [JsonStringEnumMemberName("suspended")]
    Suspended,

    [JsonStringEnumMemberName("met")]
    Met,

    [JsonStringEnumMemberName("breached")]
    Breached,
}

/// <summary>A clock read at a moment.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Due">When the term ends, UTC; while suspended: as if it ran again now.</param>
/// <param name="NormDue">When it would end by the norm alone, without targets and extensions.</param>
/// <param name="UsedPercent">Part of the term that is used, in whole percent; 100 and more only when the term is over.</param>
/// <param name="DaysLeft">Dutch calendar days to the last day of the term; negative when it is past.</param>
public sealed record ClockReading(ClockState State, DateTimeOffset Due, DateTimeOffset NormDue, int UsedPercent, int DaysLeft);

/// <summary>The clock engine: pure arithmetic on the Dutch wall clock.</summary>
public static class Reckoning
{
    public static ClockReading Read(Clock clock, DateTimeOffset now)
    {
        var until = clock.StoppedAt ?? now;
        var due = Due(clock, until);
        var over = until > due;
        var state = (clock.StoppedAt, over) switch
        {
            (not null, false) => ClockState.Met,
            (_, true) => ClockState.Breached,
            _ => clock.IsSuspended ? ClockState.Suspended : ClockState.Running,
        };
        var daysLeft = due.AddTicks(-1).DutchDate().DayNumber - until.DutchDate().DayNumber;
        return new(state, due, NormDue(clock, until), Used(clock, until, due), daysLeft);
    }

    /// <summary>When the term would end by the norm alone, UTC, with the suspensions that are known at a moment.</summary>
    public static DateTimeOffset NormDue(Clock clock, DateTimeOffset known) => Due(clock with { DueDates = [] }, known);

    /// <summary>When a term that starts here ends, UTC, if nothing holds it up.</summary>
    /// <param name="start">Start.</param>
    /// <param name="term">Term.</param>
    /// <param name="holidays">Days not worked on, for working days.</param>
    public static DateTimeOffset End(DateTimeOffset start, Term term, HolidayRule? holidays) =>
        ToUtc(End(Wall(start), term, holidays));

    /// <summary>
    /// When people are to be alerted that so much of the term is used, as the clock stands; null when it does not run, or they were. A date that people
    /// set is alerted of anew, save for the part of its term that was used when they set it.
    /// </summary>
    public static DateTimeOffset? AlertAt(Clock clock, int threshold)
    {
        if (!clock.IsOpen || clock.IsSuspended)
        {
            return null;
        }

        var at = WhenUsed(clock, threshold);
        return clock.Alerted.Any(given => given.Threshold == threshold && (given.DateSetAt == clock.DateSetAt || at <= clock.DateSetAt)) ? null : at;
    }

    /// <summary>Time that counted from the start to a moment, as the term counts it and without what was suspended.</summary>
    public static TimeSpan Taken(Clock clock, DateTimeOffset until) => Counted(clock, until, Wall(until));

    /// <summary>When so much has counted, UTC, with the suspensions that are known at a moment.</summary>
    public static DateTimeOffset WhenTaken(Clock clock, TimeSpan taken, DateTimeOffset known)
    {
        var measure = Measure.Of(clock.Norm.Rule);
        return ToUtc(Shift(measure, measure.Advance(Wall(clock.StartedAt), taken), clock, clock.StartedAt, known));
    }

    private static DateTimeOffset WhenUsed(Clock clock, int percent)
    {
        var due = Due(clock, DateTimeOffset.MaxValue);
        if (percent >= 100)
        {
            return due;
        }

        var part = Total(clock, DateTimeOffset.MaxValue, due).Ticks / 100 * percent;
        return WhenTaken(clock, new TimeSpan(part), DateTimeOffset.MaxValue);
    }

    /// <summary>When the term ends with what is known at a moment.</summary>
    private static DateTimeOffset Due(Clock clock, DateTimeOffset until)
    {
        var rule = clock.Norm.Rule;
        var (anchor, end) = clock.DueDates.FindLast(date => date.SetAt <= until) is { } set
            ? (set.SetAt, Wall(set.Due))
            : (clock.StartedAt, End(Wall(clock.StartedAt), rule.Term, rule.Holidays));
        return ToUtc(Shift(Measure.Of(rule), end, clock, anchor, until));
    }

    private static DateTime End(DateTime start, Term term, HolidayRule? holidays) => term.Unit switch
    {
        TermUnit.Days => start.AddDays(term.Length),
        TermUnit.Weeks => start.AddDays(7 * term.Length),
        TermUnit.Months => start.AddMonths(term.Length),
        TermUnit.WorkingDays => new Measure(holidays ?? new HolidayRule()).Advance(start, TimeSpan.FromDays(term.Length)),
        _ => throw new InvalidOperationException($"No such unit: {term.Unit}."),
    };

    /// <summary>Moves an end by every suspension that began before it.</summary>
    private static DateTime Shift(Measure measure, DateTime end, Clock clock, DateTimeOffset anchor, DateTimeOffset until)
    {
        foreach (var (from, to) in Pauses(clock, anchor, until))
        {
            if (from < end)
            {
                end = measure.Advance(end, measure.Between(from, to));
            }
        }

        return end;
    }

    private static int Used(Clock clock, DateTimeOffset until, DateTimeOffset due)
    {
        var total = Total(clock, until, due);
        var used = Counted(clock, until, Wall(until));
        if (total <= TimeSpan.Zero)
        {
            return until < due ? 0 : 100;
        }

        var percent = (int)Math.Min(int.MaxValue, Math.Floor(used / total * 100));
        return until < due ? Math.Min(percent, 99) : Math.Max(percent, 100);
    }

    /// <summary>Length of the term as it stands, without what is suspended.</summary>
    private static TimeSpan Total(Clock clock, DateTimeOffset until, DateTimeOffset due) => Counted(clock, until, Wall(due));

    private static TimeSpan Counted(Clock clock, DateTimeOffset until, DateTime to)
    {
        var measure = Measure.Of(clock.Norm.Rule);
        var counted = measure.Between(Wall(clock.StartedAt), to);
        foreach (var pause in Pauses(clock, clock.StartedAt, until))
        {
            counted -= measure.Between(pause.From, pause.To < to ? pause.To : to);
        }

        return counted;
    }

    /// <summary>Suspensions on the wall clock, cut to the time between two moments.</summary>
    private static IEnumerable<(DateTime From, DateTime To)> Pauses(Clock clock, DateTimeOffset after, DateTimeOffset until) =>
        from pause in clock.Suspensions
        let begin = pause.From > after ? pause.From : after
        let end = pause.Until is { } ended && ended < until ? ended : until
        where begin < end
        select (Wall(begin), Wall(end));

    private static DateTime Wall(DateTimeOffset time) => time.ToDutch().DateTime;

    private static DateTimeOffset ToUtc(DateTime wall) => DutchTime.FromDutch(DateOnly.FromDateTime(wall), TimeOnly.FromDateTime(wall));
}
