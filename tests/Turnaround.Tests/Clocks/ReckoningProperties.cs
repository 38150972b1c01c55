using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Norms;
using FsCheck;
using FsCheck.Fluent;

namespace Barnahus.Turnaround.Tests.Clocks;

/// <summary>Any clock from 2024 to 2029: over leap days, summer time, Easter, Christmas, with any sequence of suspensions.</summary>
public sealed class ReckoningProperties
{
    private static readonly DateTimeOffset Epoch = Some.At("2024-01-01T00:00:00Z");

    private static readonly Gen<Term> Terms = Gen.OneOf(
        Gen.Choose(1, 40).Select(n => new Term(n, TermUnit.Days)),
        Gen.Choose(1, 15).Select(n => new Term(n, TermUnit.WorkingDays)),
        Gen.Choose(1, 12).Select(n => new Term(n, TermUnit.Weeks)),
        Gen.Choose(1, 7).Select(n => new Term(n, TermUnit.Months)));

    /// <summary>Whole hours; half of them near a change of summer time, a leap day or a row of holidays.</summary>
    private static readonly Gen<DateTimeOffset> Starts = Gen.OneOf(
        Gen.Choose(0, 5 * 365 * 24).Select(hour => Epoch.AddHours(hour)),
        from day in Gen.Elements("2024-02-28", "2024-03-30", "2024-10-26", "2025-12-23", "2026-03-28", "2026-04-01", "2026-10-24", "2027-08-30", "2028-02-28")
        from hour in Gen.Choose(-30 * 24, 4 * 24)
        select Some.At(day + "T00:00:00Z").AddHours(hour));

    private static readonly Gen<Clock> Clocks =
        from term in Terms
        from start in Starts
        from gaps in Gen.Choose(1, 60).ArrayOf(6)
        from pauses in Gen.Choose(0, 3)
        select Suspended(Some.Clock(term.Length, term.Unit, start), gaps, pauses);

    [Fact]
    public void The_engine_and_the_paper_calendar_agree() => Check(Clocks, clock =>
    {
        var now = clock.StartedAt.AddYears(2);
        Reckoning.Read(clock, now).Due.ShouldBe(NaiveReckoning.Due(clock, now));
    });

    [Fact]
    public void Every_day_is_worked_on_in_both_or_in_neither()
    {
        for (var day = new DateTime(2024, 1, 1); day.Year < 2031; day = day.AddDays(1))
        {
            DutchWorkingDays.Worked(DateOnly.FromDateTime(day), new HolidayRule()).ShouldBe(NaiveReckoning.Worked(day), day.ToString("yyyy-MM-dd"));
        }
    }

    [Fact]
    public void A_later_start_never_ends_on_an_earlier_day() => Check(
        from clock in Clocks
        from later in Gen.Choose(1, 2000)
        select (clock: clock with { Suspensions = [] }, later),
        pair =>
        {
            var moved = pair.clock with { StartedAt = pair.clock.StartedAt.AddHours(pair.later) };
            var now = pair.clock.StartedAt;
            Reckoning.Read(moved, now).Due.DutchDate().ShouldBeGreaterThanOrEqualTo(Reckoning.Read(pair.clock, now).Due.DutchDate());
        });

    [Fact]
    public void A_suspension_never_makes_a_term_end_earlier() => Check(Clocks, clock =>
    {
        var now = clock.StartedAt.AddYears(2);
        for (var kept = 0; kept < clock.Suspensions.Count; kept++)
        {
            var fewer = clock with { Suspensions = [.. clock.Suspensions.Take(kept)] };
            var more = clock with { Suspensions = [.. clock.Suspensions.Take(kept + 1)] };
            Reckoning.Read(more, now).Due.ShouldBeGreaterThanOrEqualTo(Reckoning.Read(fewer, now).Due);
        }
    });

    [Fact]
    public void What_is_used_only_grows_and_reaches_a_hundred_exactly_when_the_term_ends() => Check(Clocks, clock =>
    {
        var last = -1;
        for (var hours = 0; hours < 2000; hours += 37)
        {
            var now = (clock.Suspensions.LastOrDefault()?.Until ?? clock.StartedAt).AddHours(hours);
            var reading = Reckoning.Read(clock, now);
            reading.UsedPercent.ShouldBeGreaterThanOrEqualTo(last);
            (reading.UsedPercent >= 100).ShouldBe(now >= reading.Due);
            last = reading.UsedPercent;
        }
    });

    [Fact]
    public void Alerts_come_in_order_and_the_last_one_when_the_term_ends() => Check(Clocks, clock =>
    {
        var at = Clock.Thresholds.Select(threshold => Reckoning.AlertAt(clock, threshold)!.Value).ToList();
        at.ShouldBe(at.Order());
        at[^1].ShouldBe(Reckoning.Read(clock, clock.StartedAt.AddYears(2)).Due);
    });

    /// <summary>Suspended some hours after the start, for some hours, again and again, each time before the term ends.</summary>
    private static Clock Suspended(Clock clock, int[] gaps, int pauses)
    {
        var from = clock.StartedAt;
        for (var i = 0; i < pauses; i++)
        {
            from = from.AddHours(gaps[2 * i]);
            if (Reckoning.Read(clock, from).State is not ClockState.Running)
            {
                break;
            }

            var until = from.AddHours(gaps[(2 * i) + 1] * 3);
            clock = clock with { Suspensions = clock.Suspensions.Add(new(from, until)) };
            from = until;
        }

        return clock;
    }

    private static void Check<T>(Gen<T> gen, Action<T> holds) =>
        Prop.ForAll(gen.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
