using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Clocks;
using static Barnahus.Turnaround.Tests.Some;

namespace Barnahus.Turnaround.Tests.Cases;

/// <summary>Two files of one child: one set of clocks goes on, with what stood in both.</summary>
public sealed class MergingTests : CaseSpec
{
    private static readonly Guid OtherCase = Case.OwnOf(OtherChild);
    private static readonly DateTimeOffset LateReport = At("2026-09-22T09:00:00Z");
    private static readonly Guid FileClock = ClockId("report-to-file");
    private static readonly Guid OtherFileClock = ClockId(OtherCase, "report-to-file");
    private static readonly CaseCommand Merged = File(5, Eva, "merged", OtherChild);

    [Fact]
    public void A_merged_case_counts_no_more_and_says_which_goes_on()
    {
        var state = Play(File(0, Eva), Interviews(1, "requested"), Merged);

        state.Merged.ShouldBe(new CaseMerged(CaseId, Child, OtherCase, OtherChild));
        state.Clocks.Values.ShouldAllBe(clock => clock.WithdrawnFor == Withdrawal.Merged);
    }

    [Fact]
    public void A_merged_case_takes_no_more_decisions() =>
        Given([.. Some.Decide(Case.Initial, File(0, Eva)), .. Some.Decide(Play(File(0, Eva)), Merged)])
            .When(new CaseCommand.Suspend(null, Now, "suspect is abroad", Now)).ThenRefused("case-merged");

    [Fact]
    public void The_other_case_goes_on_from_the_earlier_report_with_milestones_targets_and_interviews()
    {
        var from = Play(
            File(0, Eva),
            Interviews(1, "requested"),
            new CaseCommand.SetTarget(FileClock, At("2026-12-01T11:00:00Z"), "two detectives", At("2026-09-06T10:00:00Z")),
            new CaseCommand.ReachMilestone(Milestone.VeiligThuisReport, At("2026-09-06T10:00:00Z"), null, null, Book, At("2026-09-06T11:00:00Z")),
            Merged);
        var into = Play(Other(), TakeOver(from, 20));

        into.ReportedAt.ShouldBe(Reported);
        into.Clocks[OtherFileClock].StartedAt.ShouldBe(Reported);
        into.Clocks[OtherFileClock].DueDates.ShouldHaveSingleItem().Due.ShouldBe(At("2026-12-01T11:00:00Z"));
        into.Clocks[ClockId(OtherCase, "veilig-thuis-decision")].StartedAt.ShouldBe(At("2026-09-06T10:00:00Z"));
        into.Clocks[ClockId(OtherCase, $"request-to-interview/{Interview:D}")].ChildId.ShouldBe(OtherChild);
    }

    [Fact]
    public void Of_what_people_were_alerted_they_are_not_alerted_again()
    {
        var half = At("2026-11-01T08:00:00Z");
        var interview = ClockId($"request-to-interview/{Interview:D}");
        var from = Play(
            File(0, Eva), Interviews(1, "requested"), new CaseCommand.Alert(FileClock, 50, half), new CaseCommand.Alert(interview, 100, half), Merged);
        var into = Play(Other(), TakeOver(from, 20));

        Some.Decide(into, new CaseCommand.Alert(OtherFileClock, 50, half)).ShouldBeEmpty();
        Some.Decide(into, new CaseCommand.Alert(ClockId(OtherCase, $"request-to-interview/{Interview:D}"), 100, half)).ShouldBeEmpty();
        Some.Decide(into, new CaseCommand.Alert(OtherFileClock, 80, half.AddYears(1))).ShouldHaveSingleItem();
    }

    [Fact]
    public void How_an_interview_goes_on_is_told_by_the_file_that_goes_on()
    {
        // The streams of the merged files in either order of their names.
        foreach (var (merged, goesOn) in new[] { (Child, OtherChild), (OtherChild, Child) })
        {
            CaseCommand Told(Guid child, long revision, string status, DateTimeOffset? completedAt = null) =>
                Interviews(revision, status, completedAt) with { CaseId = Case.OwnOf(child), ChildId = child, SourceStream = $"interviews.child-{child:D}" };
            var from = Play(File(0, Eva, child: merged), Told(merged, 1, "booked"), File(5, Eva, "merged", goesOn, child: merged));
            var into = Play(
                File(0, Eva, child: goesOn),
                new CaseCommand.TakeOver(Case.OwnOf(goesOn), goesOn, from, 20, null, Eva, Book),
                Told(goesOn, 1, "completed", At("2026-09-09T12:00:00Z")));

            into.Clocks[ClockId(Case.OwnOf(goesOn), $"request-to-interview/{Interview:D}")].StoppedAt.ShouldBe(At("2026-09-09T12:00:00Z"));
        }
    }

    [Fact]
    public void The_date_of_a_clock_that_was_put_right_is_alerted_of_though_another_file_is_taken_over_after_it()
    {
        var (half, third) = (At("2027-01-01T08:00:00Z"), Guid.Parse("01990000-0000-7000-8000-000000000003"));
        var from = Play(File(0, Eva), new CaseCommand.Alert(FileClock, 50, half), Merged);
        from.Clocks[FileClock].Alerted.ShouldHaveSingleItem();
        var again = Play(File(0, Eva, child: third), File(5, Eva, "merged", OtherChild, child: third));
        var alerted = Play(Other() with { ReportedAt = Reported }, TakeOver(from, 20));
        Some.Decide(alerted, new CaseCommand.Alert(OtherFileClock, 50, half)).ShouldBeEmpty();

        var basis = new ClockBasis(alerted.Clocks[OtherFileClock].Norm, Reported.AddDays(2));
        var right = Some.Evolve(alerted, new ClockCorrected(OtherCase, OtherChild, OtherFileClock, Personal.Of(basis)));
        foreach (var taken in new[] { TakeOver(again, 7), TakeOver(from, 21) })
        {
            var after = Some.Evolve(right, Some.Decide(right, taken).OfType<CaseTakenOver>().Single());
            Some.Decide(after, new CaseCommand.Alert(OtherFileClock, 50, half)).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void Nor_of_a_date_that_becomes_this_files_by_the_take_over_itself()
    {
        var half = At("2027-01-01T08:00:00Z");
        var from = Play(File(0, Eva), new CaseCommand.Alert(FileClock, 50, half), Merged);
        var late = Play(Other());
        late.Clocks[OtherFileClock].StartedAt.ShouldBe(LateReport);
        var told = Play(Other(), TakeOver(from, 20));

        told.Clocks[OtherFileClock].StartedAt.ShouldBe(Reported);
        Some.Decide(told, new CaseCommand.Alert(OtherFileClock, 50, half)).ShouldBeEmpty();
        Some.Decide(told, new CaseCommand.Alert(OtherFileClock, 80, half.AddYears(1))).ShouldHaveSingleItem();
        var alone = Play(Other(), TakeOver(Play(File(0, Eva), Merged), 20));
        Some.Decide(alone, new CaseCommand.Alert(OtherFileClock, 50, half)).ShouldHaveSingleItem();
        var alertedHere = Play(Other(), new CaseCommand.Alert(OtherFileClock, 50, half.AddMonths(1)), TakeOver(Play(File(0, Eva), Merged), 20));
        Some.Decide(alertedHere, new CaseCommand.Alert(OtherFileClock, 50, half.AddMonths(1))).ShouldHaveSingleItem("of another date");
    }

    [Fact]
    public void It_is_the_same_whether_the_other_file_or_the_merge_comes_first()
    {
        var from = Play(
            File(0, Eva), Interviews(1, "requested"),
            new CaseCommand.SetTarget(FileClock, At("2026-12-01T11:00:00Z"), "two detectives", At("2026-09-06T10:00:00Z")), Merged);

        Printed(Play(TakeOver(from, 20), Other())).ShouldBe(Printed(Play(Other(), TakeOver(from, 20))));
    }

    [Fact]
    public Task What_was_carried_on_already_is_not_carried_on_again()
    {
        var from = Play(File(0, Eva), Merged);
        var before = Some.Decide(Play(Other()), TakeOver(from, 7));

        return Given([.. Some.Decide(Case.Initial, Other()), .. before]).When(TakeOver(from, 7)).Then();
    }

    [Fact]
    public void Numbers_are_sealed_anew_under_the_child_that_goes_on()
    {
        var from = Play(File(0, Eva), Merged);
        var events = Some.Decide(Play(Other()), TakeOver(from, 7) with { Numbers = new("18/123456-26", "PL0100-2026-1") });

        events.OfType<CaseTakenOver>().Single().ShouldSatisfyAllConditions(
            e => e.ChildId.ShouldBe(OtherChild), e => e.Numbers.ShouldBe(Personal.Of(new CaseNumbers("18/123456-26", "PL0100-2026-1"))));
    }

    private static CaseCommand.LearnChildFile Other() => File(0, Eva, child: OtherChild) with { ReportedAt = LateReport };

    private static CaseCommand.TakeOver TakeOver(Case from, long revision) => new(OtherCase, OtherChild, from, revision, null, Eva, Book);

    private static List<string> Printed(Case state) =>
    [
        .. state.Clocks.Values.OrderBy(clock => clock.ClockId).Select(clock =>
            $"{clock.ClockId} {clock.Norm.Key} {clock.StartedAt:O} {clock.StoppedAt:O} {Reckoning.Read(clock, Now).Due:O} {clock.WithdrawnFor}"),
    ];
}
