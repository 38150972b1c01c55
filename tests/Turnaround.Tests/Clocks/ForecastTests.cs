using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Features;
using Barnahus.Turnaround.Norms;
using static Barnahus.Turnaround.Tests.Some;

namespace Barnahus.Turnaround.Tests.Clocks;

/// <summary>A forecast is honest, or there is none: never on fewer than five others, and a share never shows a part of fewer than five.</summary>
public sealed class ForecastTests
{
    private static readonly DateTimeOffset Start = At("2026-01-05T08:00:00Z");
    private static readonly DateTimeOffset Now = Start.AddDays(20);
    private static readonly Clock Running = Some.Clock(60, TermUnit.Days, Start);

    [Theory]
    [InlineData("on-time", 30, 40, 50, 55, 90)]
    [InlineData("uncertain", 30, 40, 90, 95, 55, 100)]
    [InlineData("late", 30, 70, 80, 90, 95, 100)]
    public void It_goes_by_those_that_took_longer_than_this_one_until_now(string outlook, params int[] days)
    {
        // Faster ones are no comparison any more.
        var forecast = Forecast.Of(Running, [.. Took(days), .. Took(1, 2, 3, 4, 5, 6)], Now).ShouldNotBeNull();
        forecast.Outlook.ShouldBe(outlook);
        forecast.BasedOn.ShouldBe(days.Length);
        forecast.ExpectedAt.ShouldBe(Start.AddDays(days.Order().ElementAt((days.Length - 1) / 2)).AddHours(forecast.ExpectedAt > At("2026-03-29T01:00:00Z") ? -1 : 0));
        forecast.Nl.ShouldNotBeEmpty();
    }

    [Fact]
    public void On_fewer_than_five_nothing_is_said_but_why()
    {
        var none = Forecast.Of(Running, Took(30, 40, 50, 55), Now).ShouldNotBeNull();
        (none.Outlook, none.ExpectedAt, none.BasedOn).ShouldBe(("none", null, null));
        none.En.ShouldBe("no forecast yet: fewer than five cases came through here lately");
        Forecast.Of(Running, [.. Took(30, 40, 50, 55), .. Took(1, 2, 3)], Now)!.En.ShouldBe("no forecast: has run longer than nearly all cases that finished");
        Forecast.Of(Running, [.. Took(30, 40, 50, 55).Select(outcome => outcome with { StoppedAt = null }), .. Took(30, 40, 50)], Now)!.Outlook.ShouldBe("none");
        Forecast.Of(Running, [.. Took(30, 40, 50, 55, 60).Select(outcome => outcome with { StoppedAt = Now.AddYears(-3) })], Now)!.Outlook.ShouldBe("none", "too long ago");
    }

    [Fact]
    public void What_is_known_needs_no_forecast()
    {
        var history = Took(30, 40, 50, 55, 58);
        Forecast.Of(Running with { StoppedAt = Now.AddDays(-1) }, history, Now).ShouldBeNull();
        Forecast.Of(Running, [], Now.AddDays(60))!.Outlook.ShouldBe("late");
        Forecast.Of(Running with { Suspensions = [new(Now.AddDays(-1), null)] }, history, Now)!.Outlook.ShouldBe("none");
    }

    /// <summary>Time that stood still does not count: neither in what was used nor in what is expected.</summary>
    [Fact]
    public void A_suspension_moves_what_is_expected()
    {
        var paused = Running with { Suspensions = [new(Start.AddDays(5), Start.AddDays(15))] };
        Forecast.Of(paused, Took(12, 13, 14, 15, 16), Now)!.ExpectedAt.ShouldBe(Start.AddDays(14 + 10));
    }

    [Theory]
    [InlineData(4, 0, null)]
    [InlineData(5, 0, 100)]
    [InlineData(0, 5, 0)]
    [InlineData(9, 1, null)]
    [InlineData(4, 20, null)]
    [InlineData(15, 5, 75)]
    public void A_share_hides_every_part_of_fewer_than_five(int made, int missed, int? percent)
    {
        var row = ShareRow.Of("police", "report-to-file", "Limburg", 80, [.. Enumerable.Repeat(true, made), .. Enumerable.Repeat(false, missed)]);
        row.WithinPercent.ShouldBe(percent);
        row.Cases.ShouldBe(percent is null ? null : made + missed);
        (row.Hidden is null).ShouldBe(percent is not null);
    }

    private static List<ClockOutcome> Took(params int[] days) =>
        [.. days.Select(day => new ClockOutcome("clock", "police", "Limburg", Now.AddDays(-day), TimeSpan.FromDays(day), Now, 80))];
}
