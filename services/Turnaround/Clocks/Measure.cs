using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Clocks;

/// <summary>
/// How a term counts time, on the Dutch wall clock: all of it, or only that of days that are worked on. Going by the wall clock a day has
/// 24 hours whatever summer time does, so a term of days ends at the time of day at which it began.
/// </summary>
/// <param name="Working">Which days are worked on; null when every day counts.</param>
public readonly record struct Measure(HolidayRule? Working)
{
    public static Measure Of(NormRule rule) => new(rule.Term.Unit is TermUnit.WorkingDays ? rule.Holidays ?? new HolidayRule() : null);

    /// <summary>Time that counts between two wall-clock times; nothing when the second is not later.</summary>
    public TimeSpan Between(DateTime from, DateTime to)
    {
        if (to <= from)
        {
            return TimeSpan.Zero;
        }

        if (Working is null)
        {
            return to - from;
        }

        var counted = TimeSpan.Zero;
        for (var day = from.Date; day < to; day = day.AddDays(1))
        {
            if (Counts(day))
            {
                counted += Earlier(to, day.AddDays(1)) - Later(from, day);
            }
        }

        return counted;
    }

    /// <summary>The first wall-clock time at which so much has counted since the start.</summary>
    public DateTime Advance(DateTime from, TimeSpan amount)
    {
        if (Working is null || amount <= TimeSpan.Zero)
        {
            return from + amount;
        }

        for (var day = from.Date; ; day = day.AddDays(1))
        {
            if (!Counts(day))
            {
                continue;
            }

            var begin = Later(from, day);
            var available = day.AddDays(1) - begin;
            if (amount <= available)
            {
                return begin + amount;
            }

            amount -= available;
        }
    }

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;

    private bool Counts(DateTime day) => DutchWorkingDays.Worked(DateOnly.FromDateTime(day), Working!);
}
