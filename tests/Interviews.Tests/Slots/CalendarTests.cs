using Barnahus.Contracts;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Slots;

/// <summary>Days, holidays, ages and lengths.</summary>
public sealed class CalendarTests
{
    [Theory]
    [InlineData("2026-03-29", 92)]
    [InlineData("2026-10-25", 100)]
    [InlineData("2026-06-01", 96)]
    public void A_day_has_as_many_quarters_as_the_clock_gives_it(string day, int quarters) =>
        new DayGrid(DateOnly.Parse(day)).Count.ShouldBe(quarters);

    [Fact]
    public void A_wall_clock_time_is_the_same_hour_before_and_after_summer_time_begins()
    {
        var before = new DayGrid(new DateOnly(2026, 3, 29));
        before.Wall(new TimeOnly(10, 0)).ToDutch().Hour.ShouldBe(10);
        (before.Wall(new TimeOnly(10, 0)) - before.Midnight).ShouldBe(TimeSpan.FromHours(9));
    }

    [Fact]
    public void A_time_that_ends_at_the_stroke_of_a_quarter_does_not_touch_it_and_one_tick_later_it_does()
    {
        var grid = new DayGrid(new DateOnly(2026, 6, 1));
        var visit = new Visit(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(30));
        var ten = grid.Wall(new TimeOnly(10, 0));
        (grid.Overlapping(ten.AddHours(-1), ten.AddMinutes(-15), visit) & grid.At(ten)).ShouldBe(UInt128.Zero);
        (grid.Overlapping(ten.AddHours(-1), ten.AddMinutes(-15).AddTicks(1), visit) & grid.At(ten)).ShouldNotBe(UInt128.Zero);
        (grid.Overlapping(ten.AddMinutes(90), ten.AddHours(3), visit) & grid.At(ten)).ShouldBe(UInt128.Zero);
        (grid.Touching(ten.AddMinutes(90), ten.AddHours(3), visit) & grid.At(ten)).ShouldNotBe(UInt128.Zero);
        (grid.Within(ten.AddMinutes(-15), ten.AddMinutes(90), visit) & grid.At(ten)).ShouldNotBe(UInt128.Zero);
        (grid.Within(ten.AddMinutes(-15).AddTicks(1), ten.AddMinutes(90), visit) & grid.At(ten)).ShouldBe(UInt128.Zero);
    }

    [Theory]
    [InlineData("2026-01-01")]
    [InlineData("2026-04-03")]
    [InlineData("2026-04-06")]
    [InlineData("2026-04-27")]
    [InlineData("2025-04-26")]
    [InlineData("2026-05-05")]
    [InlineData("2026-05-14")]
    [InlineData("2026-05-25")]
    [InlineData("2026-12-25")]
    [InlineData("2026-12-26")]
    [InlineData("2027-03-29")]
    [InlineData("2024-04-01")]
    public void Holidays_of_the_Netherlands(string day) => DutchHolidays.Includes(DateOnly.Parse(day)).ShouldBeTrue();

    [Theory]
    [InlineData("2025-04-27")]
    [InlineData("2026-04-28")]
    [InlineData("2026-12-05")]
    [InlineData("2026-12-31")]
    [InlineData("2026-05-04")]
    [InlineData("2026-06-29")]
    public void Days_that_are_no_holidays(string day) => DutchHolidays.Includes(DateOnly.Parse(day)).ShouldBeFalse();

    [Theory]
    [InlineData("2018-03-11", "2026-03-10", 7)]
    [InlineData("2018-03-11", "2026-03-11", 8)]
    [InlineData("2012-02-29", "2026-02-28", 13)]
    [InlineData("2012-02-29", "2026-03-01", 14)]
    [InlineData("2012-02-29", "2028-02-29", 16)]
    public void The_age_counts_on_the_day_itself(string birth, string day, int age) =>
        (Question with { BirthDate = DateOnly.Parse(birth) }).AgeOn(DateOnly.Parse(day)).ShouldBe(age);

    [Fact]
    public void An_estimate_grows_older_from_the_day_it_was_made()
    {
        var question = Question with { EstimatedAge = 13, EstimatedOn = new DateOnly(2026, 9, 3) };
        question.AgeOn(new DateOnly(2027, 9, 2)).ShouldBe(13);
        question.AgeOn(new DateOnly(2027, 9, 3)).ShouldBe(14);
        (question with { EstimatedOn = null }).AgeOn(new DateOnly(2030, 1, 1)).ShouldBe(13);
        Question.AgeOn(new DateOnly(2026, 9, 3)).ShouldBeNull();
    }

    [Theory]
    [InlineData(8, false, 60)]
    [InlineData(11, true, 90)]
    [InlineData(12, false, 75)]
    [InlineData(17, false, 90)]
    [InlineData(null, false, 90)]
    public void An_interview_takes_60_to_90_minutes_by_age_and_longer_with_more_breaks(int? age, bool breaks, int minutes) =>
        InterviewLengths.Shipped().Length(age, breaks).ShouldBe(TimeSpan.FromMinutes(minutes));

    /// <summary>Norway, § 239e: a recent event, an immediate full account, or a need of protection; else by age.</summary>
    [Theory]
    [InlineData("2026-08-19T12:00:00Z", false, false, 7, "an event two weeks before the request is recent")]
    [InlineData("2026-08-19T11:59:59Z", false, false, 21, "before that it is not")]
    [InlineData("2026-01-30T12:00:00Z", true, false, 21, "told long after the event is no immediate account")]
    [InlineData(null, true, false, 7, "told, and nobody knows when it was: in the child's favour")]
    [InlineData(null, false, false, 21, "told by another, and nobody knows when it was")]
    [InlineData("2026-01-30T12:00:00Z", false, true, 7, "in need of protection")]
    public void The_waiting_mark_goes_by_urgency(string? lastEvent, bool told, bool unsafeNow, int days, string why)
    {
        var facts = new ChildFacts(null, 9, null, null, false, lastEvent is null ? null : DateTimeOffset.Parse(lastEvent), told, unsafeNow, [], new(), []);
        var marks = InterviewLengths.Shipped().WaitingMarks;
        var urgent = marks.IsUrgent(facts, new DateTimeOffset(2026, 9, 2, 12, 0, 0, TimeSpan.Zero));
        marks.DaysFor(urgent, 9).ShouldBe(days, why);
        marks.DaysFor(urgent, 5).ShouldBe(Math.Min(days, 14), why);
    }

    [Fact]
    public void An_installation_may_have_lengths_of_its_own_and_nonsense_is_refused()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{"version":2,"source":"x","lengths":[],"waitingMarks":null}""");
            Should.Throw<InvalidOperationException>(() => InterviewLengths.Load(file));
            File.WriteAllText(file, """{"version":2,"source":"own","lengths":[{"ageTo":200,"minutes":45}],"waitingMarks":{"mostDays":21}}""");
            InterviewLengths.Load(file).Length(9, false).ShouldBe(TimeSpan.FromMinutes(45));
            InterviewLengths.Load(null).ShouldBeEquivalentTo(InterviewLengths.Shipped());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Every_rule_tells_a_person_what_to_do_and_names_nobody()
    {
        SlotRules.All.Count.ShouldBeLessThan(64);
        SlotRules.All.ShouldBeUnique();
        SlotRules.All.ShouldAllBe(rule => SlotRules.Detail(rule).Length > 40);
        SlotRules.CanBeWaived.ShouldNotContain("room-taken");
        SlotRules.CanBeWaived.ShouldNotContain("suspect-in-building");
        new[] { "room-taken", "child-taken", "person-taken", "person-travel", "children-crossing", "suspect-in-building" }.ShouldBeSubsetOf(SlotRules.All);
    }

    private static SlotQuestion Question { get; } = new(Guid.Empty, "A", default, default, default, default);
}
