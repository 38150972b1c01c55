using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Clocks;

/// <summary>Which days are worked on in the Netherlands: Algemene termijnenwet art. 3, with what a norm may choose (<see cref="HolidayRule"/>).</summary>
public static class DutchWorkingDays
{
    public static bool Worked(DateOnly day, HolidayRule rule) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(day, rule);

    public static bool IsHoliday(DateOnly day, HolidayRule rule) =>
        DutchHolidays.Includes(day, rule.GoodFriday, FreeOnLiberationDay(day.Year, rule.LiberationDay));

    private static bool FreeOnLiberationDay(int year, LiberationDay rule) => rule switch
    {
        LiberationDay.EveryYear => true,
        LiberationDay.EveryFiveYears => year % 5 == 0,
        LiberationDay.Never => false,
        _ => throw new InvalidOperationException($"No such rule for 5 May: {rule}."),
    };
}
