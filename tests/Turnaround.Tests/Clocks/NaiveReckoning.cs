using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Tests.Clocks;

/// <summary>
/// The clock engine again, as one would do it on paper: take the hours off a wall calendar one by one, strike those that do not count, and see
/// at which the term is full. Slow, obvious, and shares no arithmetic with the engine; good for times on whole hours.
/// </summary>
internal static class NaiveReckoning
{
    private static readonly HashSet<string> Fixed = ["01-01", "05-05", "12-25", "12-26"];

    /// <summary>Easter Sundays of the years that the tests use, from the almanac.</summary>
    private static readonly HashSet<DateTime> Easters =
    [
        new(2024, 3, 31), new(2025, 4, 20), new(2026, 4, 5), new(2027, 3, 28), new(2028, 4, 16), new(2029, 4, 1), new(2030, 4, 21),
    ];

    public static DateTimeOffset Due(Clock clock, DateTimeOffset now)
    {
        var start = clock.StartedAt.ToDutch().DateTime;
        var hours = HoursOf(clock.Norm.Rule.Term, start);
        var pauses = clock.Suspensions.Select(p => (From: p.From.ToDutch().DateTime, To: (p.Until ?? now).ToDutch().DateTime)).ToList();
        var working = clock.Norm.Rule.Term.Unit is TermUnit.WorkingDays;
        var hour = start;
        while (hours > 0)
        {
            var strikes = pauses.Any(pause => pause.From <= hour && hour < pause.To) || (working && !Worked(hour.Date));
            hours -= strikes ? 0 : 1;
            hour = hour.AddHours(1);
        }

        return DutchTime.FromDutch(DateOnly.FromDateTime(hour), TimeOnly.FromDateTime(hour));
    }

    public static bool Worked(DateTime day) =>
        day.DayOfWeek is >= DayOfWeek.Monday and <= DayOfWeek.Friday
        && !Fixed.Contains(day.ToString("MM-dd"))
        && !new[] { -2, 0, 1, 39, 49, 50 }.Any(after => Easters.Contains(day.AddDays(-after)))
        && !(day.Month == 4 && (day.Day == 27 || (day.Day == 26 && day.AddDays(1).DayOfWeek is DayOfWeek.Sunday)));

    private static int HoursOf(Term term, DateTime start)
    {
        var end = start;
        switch (term.Unit)
        {
            case TermUnit.WorkingDays or TermUnit.Days:
                return term.Length * 24;
            case TermUnit.Weeks:
                return term.Length * 7 * 24;
            default:
                for (var month = 1; month <= term.Length; month++)
                {
                    end = new DateTime(start.Year, start.Month, 1).AddMonths(month);
                    end = end.AddDays(Math.Min(start.Day, DateTime.DaysInMonth(end.Year, end.Month)) - 1) + start.TimeOfDay;
                }

                return (int)(end - start).TotalHours;
        }
    }
}
