using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Clocks;
using static Barnahus.Turnaround.Tests.Some;

namespace Barnahus.Turnaround.Tests.Cases;

/// <summary>The window of case 03: 3 September 20:00 to 10 September 20:00 UTC; half of it is used on 7 September at 08:00.</summary>
public sealed class AlertTests : CaseSpec
{
    private static readonly Guid Window = ClockId("forensic-window");
    private static readonly DateTimeOffset Due = At("2026-09-10T20:00:00Z");
    private static readonly DateTimeOffset Half = At("2026-09-07T08:00:00Z");

    private static IReadOnlyList<IEvent> Opened { get; } = Some.Decide(Case.Initial, File(0, Eva));

    [Theory]
    [InlineData(50, "2026-09-07T08:00:00Z")]
    [InlineData(80, "2026-09-09T10:24:00Z")]
    [InlineData(100, "2026-09-10T20:00:00Z")]
    public Task An_alert_is_given_when_so_much_is_used(int threshold, string at) =>
        Given([.. Opened]).When(new CaseCommand.Alert(Window, threshold, At(at))).Then(new ClockAlerted(CaseId, Child, Window, threshold, Personal.Of(Due)));

    [Theory]
    [InlineData(50, "2026-09-07T07:59:59Z")]
    [InlineData(80, "2026-09-09T10:23:59Z")]
    [InlineData(100, "2026-09-10T19:59:59Z")]
    [InlineData(60, "2026-09-10T20:00:00Z")]
    public Task Not_before(int threshold, string at) => Given([.. Opened]).When(new CaseCommand.Alert(Window, threshold, At(at))).Then();

    [Fact]
    public Task Not_twice() =>
        Given([.. Opened, new ClockAlerted(CaseId, Child, Window, 50, Personal.Of(Due))]).When(new CaseCommand.Alert(Window, 50, Half.AddDays(1))).Then();

    [Theory]
    [InlineData("target")]
    [InlineData("extension")]
    public void A_date_that_people_set_is_alerted_of_anew(string kind)
    {
        var norm = At("2027-03-05T09:00:00Z");
        var setAt = At("2027-02-10T10:00:00Z");
        var due = At("2027-06-30T08:00:00Z");
        var clock = ClockId("report-to-file");
        var alerted = Play(
            File(0, Eva), new CaseCommand.Alert(clock, 50, setAt), new CaseCommand.Alert(clock, 80, setAt),
            kind == "target" ? new CaseCommand.SetTarget(clock, due, "two detectives", setAt) : new CaseCommand.Extend(clock, due, "more to hear", setAt));
        alerted.Clocks[clock].Alerted.Count.ShouldBe(2, "it was alerted of the norm's date");

        Some.Decide(alerted, new CaseCommand.Alert(clock, 100, norm.AddDays(1))).ShouldBeEmpty("the norm's date is none any more");
        Some.Decide(alerted, new CaseCommand.Alert(clock, 80, norm.AddDays(1))).ShouldBeEmpty("not so much of the new term is used yet");
        Some.Decide(alerted, new CaseCommand.Alert(clock, 80, due.AddDays(-1))).ShouldHaveSingleItem();
        Some.Decide(alerted, new CaseCommand.Alert(clock, 100, due)).ShouldHaveSingleItem()
            .ShouldBeOfType<ClockAlerted>().Due.ShouldBe(Personal.Of(due));
        var again = Some.Evolve(alerted, Some.Decide(alerted, new CaseCommand.Alert(clock, 100, due))[0]);
        Some.Decide(again, new CaseCommand.Alert(clock, 100, due.AddDays(1))).ShouldBeEmpty("once for each date");
    }

    [Fact]
    public void What_of_a_new_term_was_used_when_it_was_set_is_known()
    {
        // From 5 September to 12 March half is used on 8 December, the day before the date is set.
        var setAt = At("2026-12-09T10:00:00Z");
        var clock = ClockId("report-to-file");
        var alerted = Play(
            File(0, Eva), new CaseCommand.Alert(clock, 50, setAt), new CaseCommand.Extend(clock, At("2027-03-12T09:00:00Z"), "more to hear", setAt));

        Some.Decide(alerted, new CaseCommand.Alert(clock, 50, setAt.AddDays(1))).ShouldBeEmpty();
    }

    [Fact]
    public void A_date_that_was_put_right_is_alerted_of_anew()
    {
        var alerted = Opened.Append(new ClockAlerted(CaseId, Child, Window, 50, Personal.Of(Due))).Aggregate(Case.Initial, Some.Evolve);
        var basis = new ClockBasis(alerted.Clocks[Window].Norm, alerted.Clocks[Window].StartedAt.AddDays(2));
        var corrected = Some.Evolve(alerted, new ClockCorrected(CaseId, Child, Window, Personal.Of(basis)));

        Some.Decide(corrected, new CaseCommand.Alert(Window, 50, Half.AddDays(1))).ShouldBeEmpty("not so much of the right term is used yet");
        Some.Decide(corrected, new CaseCommand.Alert(Window, 50, Half.AddDays(2))).ShouldHaveSingleItem()
            .ShouldBeOfType<ClockAlerted>().Due.ShouldBe(Personal.Of(Due.AddDays(2)));
    }

    [Fact]
    public Task Not_when_it_has_stopped() =>
        Given([.. Opened, new ClockStopped(CaseId, Child, Window, Half.AddDays(-1))]).When(new CaseCommand.Alert(Window, 50, Half)).Then();

    [Fact]
    public Task Not_while_it_stands_still()
    {
        var file = ClockId("report-to-file");
        return Given([.. Opened, new ClockSuspended(CaseId, Child, file, Half, Personal.Of("why"))])
            .When(new CaseCommand.Alert(file, 100, Half.AddYears(1))).Then();
    }

    [Fact]
    public Task Not_for_a_case_that_goes_on_elsewhere() =>
        Given([.. Opened, .. Some.Decide(Play(File(0, Eva)), File(1, Eva, "merged", OtherChild))]).When(new CaseCommand.Alert(Window, 50, Half)).Then();
}
