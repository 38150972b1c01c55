namespace Barnahus.Interviews.Slots;

/// <summary>Public holidays of the Netherlands (Algemene termijnenwet art. 3, with Good Friday, which it equates).</summary>
public static class DutchHolidays
{
    /// <summary>Whether a day is one.</summary>
    public static bool Includes(DateOnly day)
    {
        var easter = Easter(day.Year);
        return day == new DateOnly(day.Year, 1, 1)
            || day == easter.AddDays(-2)
            || day == easter
            || day == easter.AddDays(1)
            || day == KingsDay(day.Year)
            || day == new DateOnly(day.Year, 5, 5)
            || day == easter.AddDays(39)
            || day == easter.AddDays(49)
            || day == easter.AddDays(50)
            || day == new DateOnly(day.Year, 12, 25)
            || day == new DateOnly(day.Year, 12, 26);
    }

    // 27 April, the day before when that is a Sunday.
    private static DateOnly KingsDay(int year)
    {
        var birthday = new DateOnly(year, 4, 27);
        return birthday.DayOfWeek == DayOfWeek.Sunday ? birthday.AddDays(-1) : birthday;
    }

    // Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher).
    private static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var (month, day) = Math.DivRem(h + l - (7 * m) + 114, 31);
        return new DateOnly(year, month, day + 1);
    }
}
