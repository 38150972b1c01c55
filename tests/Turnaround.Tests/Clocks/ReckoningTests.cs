using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Norms;
using static Barnahus.Turnaround.Tests.Some;

namespace Barnahus.Turnaround.Tests.Clocks;

public sealed class ReckoningTests
{
    [Theory]
    [InlineData("2026-09-03T20:00:00Z", 7, TermUnit.Days, "2026-09-10T20:00:00Z", "case 03: 10 September 22:00 in Amsterdam")]
    [InlineData("2026-09-15T01:05:00Z", 7, TermUnit.Days, "2026-09-22T01:05:00Z", "case 08: 22 September 03:05 in Amsterdam")]
    [InlineData("2026-10-22T10:00:00Z", 7, TermUnit.Days, "2026-10-29T11:00:00Z", "winter time comes: noon stays noon")]
    [InlineData("2026-03-26T11:00:00Z", 7, TermUnit.Days, "2026-04-02T10:00:00Z", "summer time comes: noon stays noon")]
    [InlineData("2026-03-22T01:30:00Z", 7, TermUnit.Days, "2026-03-29T01:30:00Z", "half past two does not exist that night: half past three")]
    [InlineData("2026-08-31T08:00:00Z", 6, TermUnit.Months, "2027-02-28T09:00:00Z", "no 31 February")]
    [InlineData("2027-08-31T08:00:00Z", 6, TermUnit.Months, "2028-02-29T09:00:00Z", "a leap year")]
    [InlineData("2028-02-29T08:00:00Z", 12, TermUnit.Months, "2029-02-28T08:00:00Z", "no 29 February the year after")]
    [InlineData("2026-09-05T08:00:00Z", 10, TermUnit.Weeks, "2026-11-14T09:00:00Z", "ten weeks")]
    [InlineData("2026-09-04T12:00:00Z", 5, TermUnit.WorkingDays, "2026-09-11T12:00:00Z", "Friday to Friday, same time of day")]
    [InlineData("2026-09-05T08:00:00Z", 5, TermUnit.WorkingDays, "2026-09-11T22:00:00Z", "from a Saturday: to the end of Friday")]
    [InlineData("2026-04-02T08:00:00Z", 2, TermUnit.WorkingDays, "2026-04-08T08:00:00Z", "Good Friday and Easter Monday do not count")]
    [InlineData("2026-12-24T11:00:00Z", 5, TermUnit.WorkingDays, "2027-01-04T11:00:00Z", "Christmas and New Year do not count")]
    public void A_term_ends(string start, int length, TermUnit unit, string end, string why) =>
        Reckoning.End(At(start), new Term(length, unit), null).ShouldBe(At(end), why);

    [Fact]
    public void A_suspension_moves_the_date_by_what_the_clock_stood_still()
    {
        var clock = Clock(14, TermUnit.Days, At("2026-10-12T10:00:00Z")) with
        {
            Suspensions = [new(At("2026-10-14T10:00:00Z"), At("2026-10-17T10:00:00Z"))],
        };

        // Three days later on the Dutch wall clock, which by then shows winter time.
        Reckoning.Read(clock, At("2026-10-20T10:00:00Z")).Due.ShouldBe(At("2026-10-29T11:00:00Z"));
        Reckoning.Read(clock with { Suspensions = [] }, At("2026-10-20T10:00:00Z")).Due.ShouldBe(At("2026-10-26T11:00:00Z"));
    }

    [Fact]
    public void A_suspension_over_the_weekend_takes_nothing_from_working_days()
    {
        var clock = Clock(5, TermUnit.WorkingDays, At("2026-09-02T08:00:00Z")) with
        {
            Suspensions = [new(At("2026-09-04T22:00:00Z"), At("2026-09-06T22:00:00Z"))],
        };

        Reckoning.Read(clock, At("2026-09-07T08:00:00Z")).Due.ShouldBe(At("2026-09-09T08:00:00Z"));
    }

    [Fact]
    public void While_it_stands_still_the_days_left_stay_the_same()
    {
        var clock = Clock(14, TermUnit.Days, At("2026-09-01T10:00:00Z")) with { Suspensions = [new(At("2026-09-03T10:00:00Z"), null)] };

        foreach (var now in new[] { "2026-09-03T11:00:00Z", "2026-09-20T11:00:00Z", "2027-02-01T12:00:00Z" })
        {
            var reading = Reckoning.Read(clock, At(now));
            reading.State.ShouldBe(ClockState.Suspended);
            reading.DaysLeft.ShouldBe(12);
            reading.UsedPercent.ShouldBe(14);
        }
    }

    [Theory]
    [InlineData("2026-09-08T10:00:00Z", ClockState.Running, 50, 7)]
    [InlineData("2026-09-15T09:59:59Z", ClockState.Running, 99, 0)]
    [InlineData("2026-09-15T10:00:00Z", ClockState.Running, 100, 0)]
    [InlineData("2026-09-15T10:00:01Z", ClockState.Breached, 100, 0)]
    [InlineData("2026-09-22T10:00:00Z", ClockState.Breached, 150, -7)]
    public void A_clock_reads(string now, ClockState state, int used, int daysLeft)
    {
        var reading = Reckoning.Read(Clock(14, TermUnit.Days, At("2026-09-01T10:00:00Z")), At(now));

        (reading.State, reading.UsedPercent, reading.DaysLeft).ShouldBe((state, used, daysLeft));
    }

    [Theory]
    [InlineData("2026-09-15T10:00:00Z", ClockState.Met)]
    [InlineData("2026-09-15T10:00:01Z", ClockState.Breached)]
    public void A_stopped_clock_is_met_or_breached_for_ever(string stopped, ClockState state)
    {
        var clock = Clock(14, TermUnit.Days, At("2026-09-01T10:00:00Z")) with { StoppedAt = At(stopped) };

        Reckoning.Read(clock, At("2030-01-01T00:00:00Z")).State.ShouldBe(state);
    }

    [Fact]
    public void A_date_set_by_people_counts_over_the_norm_and_is_moved_only_by_later_suspensions()
    {
        var clock = Clock(14, TermUnit.Days, At("2026-09-01T10:00:00Z")) with
        {
            Suspensions = [new(At("2026-09-02T10:00:00Z"), At("2026-09-03T10:00:00Z")), new(At("2026-09-10T10:00:00Z"), At("2026-09-12T10:00:00Z"))],
            DueDates = [new(DueDate.Target, At("2026-09-20T10:00:00Z"), At("2026-09-05T10:00:00Z"))],
        };

        var reading = Reckoning.Read(clock, At("2026-09-13T10:00:00Z"));
        reading.Due.ShouldBe(At("2026-09-22T10:00:00Z"));
        reading.NormDue.ShouldBe(At("2026-09-18T10:00:00Z"));
    }

    [Fact]
    public void An_alert_falls_when_so_much_of_the_running_time_is_used()
    {
        var clock = Clock(10, TermUnit.Days, At("2026-09-01T10:00:00Z"));
        Reckoning.AlertAt(clock, 50).ShouldBe(At("2026-09-06T10:00:00Z"));
        Reckoning.AlertAt(clock, 80).ShouldBe(At("2026-09-09T10:00:00Z"));
        Reckoning.AlertAt(clock, 100).ShouldBe(At("2026-09-11T10:00:00Z"));

        var paused = clock with { Suspensions = [new(At("2026-09-07T10:00:00Z"), At("2026-09-08T10:00:00Z"))] };
        Reckoning.AlertAt(paused, 50).ShouldBe(At("2026-09-06T10:00:00Z"), "it was reached before the pause");
        Reckoning.AlertAt(paused, 80).ShouldBe(At("2026-09-10T10:00:00Z"));
        Reckoning.AlertAt(paused with { Suspensions = [new(At("2026-09-07T10:00:00Z"), null)] }, 80).ShouldBeNull("it stands still");
        Reckoning.AlertAt(clock with { StoppedAt = At("2026-09-02T10:00:00Z") }, 50).ShouldBeNull("it has stopped");
    }
}
