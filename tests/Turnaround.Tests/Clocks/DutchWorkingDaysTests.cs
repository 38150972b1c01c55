using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Tests.Clocks;

public sealed class DutchWorkingDaysTests
{
    private static readonly HolidayRule Law = new();

    [Theory]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2027, "2027-03-28")]
    [InlineData(2038, "2038-04-25")]
    [InlineData(2285, "2285-03-22")]
    public void Easter_falls_where_the_church_says(int year, string day) => DutchHolidays.Easter(year).ShouldBe(DateOnly.Parse(day));

    [Theory]
    [InlineData("2026-01-01", "New Year")]
    [InlineData("2026-04-03", "Good Friday")]
    [InlineData("2026-04-06", "Easter Monday")]
    [InlineData("2026-04-27", "King's Day")]
    [InlineData("2026-05-05", "Liberation Day")]
    [InlineData("2026-05-14", "Ascension Day")]
    [InlineData("2026-05-25", "Whit Monday")]
    [InlineData("2026-12-25", "Christmas Day")]
    [InlineData("2025-12-26", "Boxing Day")]
    public void A_public_holiday_is_not_worked_on(string day, string name) => DutchWorkingDays.Worked(DateOnly.Parse(day), Law).ShouldBeFalse(name);

    [Theory]
    [InlineData("2026-04-02", "Maundy Thursday")]
    [InlineData("2026-04-28", "the day after King's Day")]
    [InlineData("2026-05-04", "Remembrance Day")]
    [InlineData("2026-05-15", "the day after Ascension Day")]
    [InlineData("2026-12-24", "Christmas Eve")]
    public void An_ordinary_weekday_is_worked_on(string day, string name) => DutchWorkingDays.Worked(DateOnly.Parse(day), Law).ShouldBeTrue(name);

    [Fact]
    public void King_s_Day_moves_to_Saturday_when_it_would_be_a_Sunday()
    {
        DutchHolidays.KingsDay(2025).ShouldBe(new DateOnly(2025, 4, 26));
        DutchWorkingDays.IsHoliday(new DateOnly(2025, 4, 27), Law).ShouldBeFalse();
    }

    [Theory]
    [InlineData(LiberationDay.EveryYear, true, true)]
    [InlineData(LiberationDay.EveryFiveYears, true, false)]
    [InlineData(LiberationDay.Never, false, false)]
    public void Liberation_Day_goes_by_the_norm(LiberationDay rule, bool in2025, bool in2026)
    {
        DutchWorkingDays.IsHoliday(new DateOnly(2025, 5, 5), Law with { LiberationDay = rule }).ShouldBe(in2025);
        DutchWorkingDays.IsHoliday(new DateOnly(2026, 5, 5), Law with { LiberationDay = rule }).ShouldBe(in2026);
    }

    [Fact]
    public void Ascension_Day_on_5_May_is_free_whatever_is_agreed_on_Liberation_Day() =>
        DutchWorkingDays.IsHoliday(new DateOnly(2016, 5, 5), Law with { LiberationDay = LiberationDay.Never }).ShouldBeTrue();

    [Fact]
    public void Good_Friday_goes_by_the_norm() =>
        DutchWorkingDays.Worked(new DateOnly(2026, 4, 3), Law with { GoodFriday = false }).ShouldBeTrue();
}
