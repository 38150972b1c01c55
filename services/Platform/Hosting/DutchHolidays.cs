namespace Barnahus.Platform.Hosting;

/// <summary>Public holidays of the Netherlands (Algemene termijnenwet art. 3, with Good Friday, which it equates).</summary>
public static class DutchHolidays
{
    /// <summary>Whether a day is one.</summary>
    /// <param name="day">A day of the Dutch calendar.</param>
    /// <param name="goodFriday">Whether Good Friday counts; not every employer gives it.</param>
    /// <param name="liberationDay">Whether 5 May counts in the year of that day.</param>
    public static bool Includes(DateOnly day, bool goodFriday = true, bool liberationDay = true)
    {
        var fromEaster = day.DayNumber - Easter(day.Year).DayNumber;
        return (day.Month, day.Day) switch
        {
            (1, 1) or (12, 25) or (12, 26) => true,
            (5, 5) when liberationDay => true,
            (4, _) when day == KingsDay(day.Year) => true,

            // Easter, Ascension and Whitsun; Ascension can fall on 5 May and then counts whatever is agreed on that day.
            _ => fromEaster is 0 or 1 or 39 or 49 or 50 || (fromEaster is -2 && goodFriday),
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
}
