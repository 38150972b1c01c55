using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Cases;
using static Barnahus.Turnaround.Tests.Some;

namespace Barnahus.Turnaround.Tests.Cases;

/// <summary>Cases that people open, and milestones. A case of two children says everything once for each.</summary>
public sealed class CaseDeciderTests : CaseSpec
{
    private static readonly Guid Joint = Guid.Parse("01990000-0000-7000-8000-0000000000aa");
    private static readonly CaseNumbers Numbers = new("18/123456-26", "PL0100-2026-1");
    private static readonly DateTimeOffset Later = At("2026-10-01T10:00:00Z");
    private static readonly CaseCommand Open = new CaseCommand.Open(Joint, [Child, OtherChild], "Noord-Nederland", Reported, null, Book, Later);

    private static IReadOnlyList<IEvent> Opened => Some.Decide(Case.Initial, Open);

    [Fact]
    public Task A_case_of_two_children_has_one_clock_that_stands_with_each() => Given().When(Open).Then(
        new CaseOpened(Joint, Child, "Noord-Nederland", Reported, false),
        new CaseOpened(Joint, OtherChild, "Noord-Nederland", Reported, false),
        new ClockStarted(Joint, Child, ClockId(Joint, "report-to-file"), false, null, Basis("report-to-file", Reported)),
        new ClockStarted(Joint, OtherChild, ClockId(Joint, "report-to-file"), false, null, Basis("report-to-file", Reported)));

    [Fact]
    public void It_is_one_clock() => Given().When(Open).State().Clocks.Count.ShouldBe(1);

    [Fact]
    public void The_numbers_are_sealed_for_each_child() =>
        Some.Decide(Case.Initial, ((CaseCommand.Open)Open) with { Numbers = Numbers }).OfType<CaseNumbered>()
            .Select(e => (e.ChildId, e.Numbers)).ShouldBe([(Child, Personal.Of(Numbers)), (OtherChild, Personal.Of(Numbers))]);

    [Fact]
    public void A_case_opens_once() => Given([.. Opened]).When(Open).ThenRefused("case-exists");

    [Fact]
    public void A_case_without_a_child_is_refused() =>
        Given().When(((CaseCommand.Open)Open) with { Children = [] }).ThenRefused("case-without-child");

    [Fact]
    public void A_report_of_tomorrow_is_refused() =>
        Given().When(((CaseCommand.Open)Open) with { ReportedAt = Later.AddDays(1) }).ThenRefused("in-the-future");

    [Fact]
    public Task The_file_to_the_prosecution_stops_one_clock_and_starts_two()
    {
        var at = At("2026-09-30T10:00:00Z");
        return Given([.. Some.Decide(Case.Initial, File(0, Calm))]).When(Reach(Milestone.FileToOm, at) with { Numbers = Numbers }).Then(
            new MilestoneReached(CaseId, Child, Milestone.FileToOm, at, null),
            new CaseNumbered(CaseId, Child, Personal.Of(Numbers)),
            new ClockStarted(CaseId, Child, ClockId("receipt-to-first-assessment"), false, null, Basis("receipt-to-first-assessment", at)),
            new ClockStarted(CaseId, Child, ClockId("receipt-to-first-hearing"), false, null, Basis("receipt-to-first-hearing", at)),
            new ClockStopped(CaseId, Child, ClockId("report-to-file"), at));
    }

    [Fact]
    public Task The_same_milestone_again_changes_nothing() =>
        Given([.. Opened, .. Reached(Milestone.FileToOm, At("2026-09-30T10:00:00Z"))]).When(Reach(Milestone.FileToOm, At("2026-09-30T10:00:00Z"))).Then();

    [Fact]
    public void Another_date_without_a_reason_is_refused() =>
        Given([.. Opened, .. Reached(Milestone.FileToOm, At("2026-09-30T10:00:00Z"))])
            .When(Reach(Milestone.FileToOm, At("2026-09-29T10:00:00Z"))).ThenRefused("milestone-recorded");

    [Fact]
    public void A_corrected_milestone_corrects_the_clocks()
    {
        var at = At("2026-09-29T10:00:00Z");
        var state = Given([.. Opened, .. Reached(Milestone.FileToOm, At("2026-09-30T10:00:00Z"))])
            .When(Reach(Milestone.FileToOm, at) with { Correction = "typed the wrong day" }).State();

        state.Clocks[ClockId(Joint, "report-to-file")].StoppedAt.ShouldBe(at);
        state.Clocks[ClockId(Joint, "receipt-to-first-hearing")].StartedAt.ShouldBe(at);
    }

    [Fact]
    public void A_dismissal_ends_what_still_runs_in_the_case_and_not_what_was_met()
    {
        var state = Given([.. Opened, .. Reached(Milestone.FileToOm, At("2026-09-30T10:00:00Z"))]).When(Reach(Milestone.Dismissal, Later)).State();

        state.Clocks[ClockId(Joint, "report-to-file")].WithdrawnFor.ShouldBeNull();
        state.Clocks[ClockId(Joint, "receipt-to-first-hearing")].WithdrawnFor.ShouldBe(Withdrawal.Dismissed);
    }

    [Theory]
    [InlineData("full-moon", "2026-09-30T10:00:00Z", "unknown-milestone")]
    [InlineData(Milestone.Verdict, "2026-10-01T10:00:01Z", "in-the-future")]
    [InlineData(Milestone.Verdict, "2026-09-05T07:59:59Z", "before-the-report")]
    public void A_milestone_that_cannot_be_is_refused(string milestone, string at, string rule) =>
        Given([.. Opened]).When(Reach(milestone, At(at))).ThenRefused(rule);

    [Fact]
    public void Nothing_is_decided_about_a_case_that_is_not_there() =>
        Given().When(Reach(Milestone.Verdict, Later)).ThenRefused("case-unknown");

    private static CaseCommand.ReachMilestone Reach(string milestone, DateTimeOffset at) => new(milestone, at, null, null, Book, Later);

    private IReadOnlyList<IEvent> Reached(string milestone, DateTimeOffset at) => Some.Decide(Fold(Opened), Reach(milestone, at));
}
