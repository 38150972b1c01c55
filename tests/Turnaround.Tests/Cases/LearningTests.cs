using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Clocks;
using static Barnahus.Turnaround.Tests.Some;

namespace Barnahus.Turnaround.Tests.Cases;

public sealed class LearningTests : CaseSpec
{
    private static readonly Guid FileClock = ClockId("report-to-file");
    private static readonly Guid AssessmentClock = ClockId("referral-to-assessment");
    private static readonly Guid WindowClock = ClockId("forensic-window");
    private static readonly Guid InterviewClock = ClockId($"request-to-interview/{Interview:D}");

    private static IReadOnlyList<IEvent> Opened(ClockFacts facts) => Some.Decide(Case.Initial, File(0, facts));

    [Fact]
    public Task A_case_opens_by_itself_when_a_file_does() => Given().When(File(0, Calm)).Then(
        Learned(0, Calm),
        new CaseOpened(CaseId, Child, "Noord-Nederland", Reported, OwnOfChild: true),
        new ClockStarted(CaseId, Child, AssessmentClock, true, null, Basis("individual-assessment", Reported)),
        new ClockStarted(CaseId, Child, FileClock, false, null, Basis("report-to-file", Reported)));

    [Fact]
    public void Case_03_has_a_forensic_window_to_10_September_22_00_in_Amsterdam()
    {
        var window = Given().When(File(0, Eva)).State().Clocks[WindowClock];

        window.StartedAt.ShouldBe(At("2026-09-03T20:00:00Z"));
        Reckoning.Read(window, Reported).Due.ShouldBe(At("2026-09-10T22:00:00+02:00"));
    }

    [Theory]
    [InlineData("2026-08-29T08:00:01Z", "sexual-abuse", true)]
    [InlineData("2026-08-29T08:00:00Z", "sexual-abuse", false)]
    [InlineData("2026-09-03T20:00:00Z", "rape", true)]
    [InlineData("2026-09-03T20:00:00Z", "sexual-exploitation", false)]
    public void The_forensic_window_is_for_recent_sexual_abuse_only(string lastEvent, string suspicion, bool opens) =>
        Given().When(File(0, Eva with { LastEventAt = At(lastEvent), Suspicions = [suspicion] })).State().Clocks.ContainsKey(WindowClock).ShouldBe(opens);

    [Theory]
    [InlineData("2018-03-11", "2026-01-30T19:00:00Z", false, false, "interview", "long ago, safe at home, told by another")]
    [InlineData("2018-03-11", "2026-08-22T10:00:00Z", false, false, "interview-urgent", "two weeks before the request")]
    [InlineData("2018-03-11", "2026-08-22T09:59:59Z", false, false, "interview", "more than two weeks before")]
    [InlineData("2018-03-11", "2026-01-30T19:00:00Z", true, false, "interview", "the child told long after: no immediate account")]
    [InlineData("2018-03-11", null, true, false, "interview-urgent", "the child told, and nobody knows when it was")]
    [InlineData("2018-03-11", null, false, false, "interview", "told by another, and nobody knows when it was")]
    [InlineData("2018-03-11", "2026-01-30T19:00:00Z", false, true, "interview-urgent", "needs protection")]
    [InlineData("2020-09-06", "2026-01-30T19:00:00Z", false, false, "interview-under-six", "six tomorrow")]
    [InlineData("2020-09-05", "2026-01-30T19:00:00Z", false, false, "interview", "six today")]
    [InlineData("2021-09-05", "2026-01-30T19:00:00Z", false, true, "interview-urgent", "under six and urgent: the shortest")]
    public void The_mark_for_the_interview_goes_by_age_and_urgency(string born, string? lastEvent, bool told, bool unsafeNow, string norm, string why)
    {
        var facts = new ClockFacts(DateOnly.Parse(born), null, null, lastEvent is null ? null : At(lastEvent), told, unsafeNow, ["online"]);
        var state = Given([.. Opened(facts)]).When(Interviews(0, "requested", facts: facts)).State();

        state.Clocks[InterviewClock].Norm.Key.ShouldBe(norm, why);
    }

    [Fact]
    public Task An_interview_that_is_completed_stops_its_clock_and_the_examination_the_window() =>
        Given([.. Opened(Eva), .. Some.Decide(Fold(Opened(Eva)), Interviews(1, "requested"))])
            .When(Interviews(4, "completed", At("2026-09-09T12:00:00Z"), At("2026-09-07T09:00:00Z")))
            .Then(
                new InterviewsLearned(
                    CaseId, Child, InterviewStream, 4, Interviews(4, "completed", At("2026-09-09T12:00:00Z")).Interviews,
                    Personal.Of(At("2026-09-07T09:00:00Z"))),
                new ClockStopped(CaseId, Child, WindowClock, At("2026-09-07T09:00:00Z")),
                new ClockStopped(CaseId, Child, InterviewClock, At("2026-09-09T12:00:00Z")));

    [Theory]
    [InlineData("cancelled", Withdrawal.InterviewCancelled)]
    [InlineData("refused", Withdrawal.InterviewRefused)]
    public void An_interview_that_will_not_be_held_counts_no_more(string status, string withdrawnFor) =>
        Given([.. Opened(Eva), .. Some.Decide(Fold(Opened(Eva)), Interviews(1, "requested"))])
            .When(Interviews(2, status)).State().Clocks[InterviewClock].WithdrawnFor.ShouldBe(withdrawnFor);

    [Fact]
    public void A_hearing_before_the_judge_has_no_interview_mark()
    {
        var hearing = Interviews(1, "requested") with { Interviews = [new(Interview, "rc-hearing", "requested", Reported, null)] };

        Given([.. Opened(Eva)]).When(hearing).State().Clocks.ContainsKey(InterviewClock).ShouldBeFalse();
    }

    [Fact]
    public Task What_is_not_newer_changes_nothing() =>
        Given([.. Some.Decide(Case.Initial, File(3, Eva))]).When(File(3, Calm)).Then();

    [Fact]
    public Task An_assessment_stops_its_clock() => Given([.. Opened(Calm)]).When(File(1, Calm, assessedAt: At("2026-09-08T10:00:00Z"))).Then(
        Learned(1, Calm) with { AssessedAt = At("2026-09-08T10:00:00Z") },
        new ClockStopped(CaseId, Child, AssessmentClock, At("2026-09-08T10:00:00Z")));

    [Fact]
    public Task An_assessment_that_is_taken_back_lets_its_clock_run_on() =>
        Given([.. Some.Decide(Case.Initial, File(0, Calm, assessedAt: At("2026-09-08T10:00:00Z")))]).When(File(1, Calm)).Then(
            Learned(1, Calm),
            new ClockReopened(CaseId, Child, AssessmentClock));

    [Fact]
    public Task A_file_that_closes_takes_the_child_s_own_clocks_with_it_and_not_those_of_the_case() =>
        Given([.. Opened(Calm)]).When(File(1, Calm, "closed")).Then(
            Learned(1, Calm) with { Status = "closed" },
            new ClockWithdrawn(CaseId, Child, AssessmentClock, Withdrawal.FileClosed));

    [Fact]
    public void When_what_is_known_of_the_child_was_destroyed_its_clocks_stay_as_they_are_and_still_stop()
    {
        var before = Fold([.. Opened(Eva), .. Some.Decide(Fold(Opened(Eva)), Interviews(1, "requested"))]);
        var erased = Interviews(2, "completed", At("2026-09-09T12:00:00Z"), At("2026-09-07T09:00:00Z")) with { Facts = null };
        var after = Some.Decide(before, erased).Aggregate(before, Some.Evolve);

        after.Clocks[InterviewClock].ShouldSatisfyAllConditions(
            clock => clock.Norm.Key.ShouldBe("interview-urgent"), clock => clock.StoppedAt.ShouldBe(At("2026-09-09T12:00:00Z")));
        after.Clocks[WindowClock].StoppedAt.ShouldBe(At("2026-09-07T09:00:00Z"));
    }

    private static ChildFileLearned Learned(long revision, ClockFacts facts) =>
        new(CaseId, Child, revision, "open", null, "Noord-Nederland", Reported, null, Personal.Of(facts));
}
