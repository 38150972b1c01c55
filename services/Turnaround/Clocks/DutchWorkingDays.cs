using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Clocks;

/// <summary>Which days are worked on in the Netherlands: Algemene termijnenwet art. 3, with what a norm may choose (<see cref="HolidayRule"/>).</summary>
public static class DutchWorkingDays
{
    public static bool Worked(DateOnly day, HolidayRule rule) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(day, rule);

    public static bool IsHoliday(DateOnly day, HolidayRule rule)
    {
        var fromEaster = day.DayNumber - Easter(day.Year).DayNumber;
        return (day.Month, day.Day) switch
        {
            (1, 1) or (12, 25) or (12, 26) => true,
            (5, 5) when FreeOnLiberationDay(day.Year, rule.LiberationDay) => true,
            (4, _) when day == KingsDay(day.Year) => true,
            _ => fromEaster is 0 or 1 or 39 or 49 or 50 || (fromEaster is -2 && rule.GoodFriday),
        };
    }

    /// <summary>27 April, or the day before when that is a Sunday.</summary>
    public static DateOnly KingsDay(int year)
    {
        var birthday = new DateOnly(year, 4, 27);
        return birthday.DayOfWeek is DayOfWeek.Sunday ? birthday.AddDays(-1) : birthday;
    }

    /// <summary>Easter Sunday of the Gregorian calendar (the computus of Meeus, Jones and Butcher).</summary>
    public static DateOnly Easter(int year)
    {
        var (golden, century, inCentury) = (year % 19, year / 100, year % 100);
        var correction = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - (century / 4) - correction + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (inCentury / 4)) - epact - (inCentury % 4)) % 7;
        var late = (golden + (11 * epact) + (22 * weekday)) / 451;
        var days = epact + weekday - (7 * late) + 114;
        return new DateOnly(year, days / 31, (days % 31) + 1);
    }

    private static bool FreeOnLiberationDay(int year, LiberationDay rule) => rule switch
    {
        LiberationDay.EveryYear => true,
        LiberationDay.EveryFiveYears => year % 5 == 0,
        LiberationDay.Never => false,
        _ => throw new InvalidOperationException($"No such rule for 5 May: {rule}."),
    };
}
