using Barnahus.Interviews.Interviews;
using Barnahus.Platform.EventLog;

namespace Barnahus.Interviews.Tests.Interviews;

public sealed class SessionTests : InterviewSpec
{
    [Fact]
    public Task A_prepared_interview_starts() => Given(Ready(First)).When(Starting()).Then(Started(First));

    [Fact]
    public void Without_advice_it_does_not_start() => Given(Without<AdviceGiven, AdviceAcknowledged>()).When(Starting()).ThenRefused("advice-not-acknowledged");

    [Fact]
    public void Without_acknowledgement_it_does_not_start() => Given(Without<AdviceAcknowledged>()).When(Starting()).ThenRefused("advice-not-acknowledged");

    [Fact]
    public void An_acknowledgement_of_older_advice_does_not_do() =>
        Given([.. Ready(First), Advised(First, 2)]).When(Starting()).ThenRefused("advice-not-acknowledged");

    [Fact]
    public void An_acknowledgement_by_somebody_else_does_not_do() =>
        Given(Ready(First)).When(Starting(by: Psychologist, booked: Psychologist)).ThenRefused("advice-not-acknowledged");

    [Fact]
    public void Only_an_interviewer_starts() => Given(Ready(First)).When(Starting(role: "prosecutor")).ThenRefused("interviewer-starts");

    [Fact]
    public void Without_a_booking_it_does_not_start() => Given(Without<InterviewBooked>()).When(Starting()).ThenRefused("not-booked");

    [Fact]
    public void Without_a_visit_it_does_not_start() => Given(Without<PreVisitDone>()).When(Starting()).ThenRefused("pre-visit-first");

    [Fact]
    public Task The_visit_can_be_waived() => Given([.. Without<PreVisitDone>(), Waived(First, "pre-visit-first")])
        .When(Starting() with { Child = Waiving("pre-visit-first") }).Then(Started(First));

    [Fact]
    public void It_starts_once() => Given([.. Ready(First), Started(First)]).When(Starting()).ThenRefused("already-started");

    [Fact]
    public void A_completed_interview_does_not_start_again() =>
        Given([.. Ready(First), Started(First), Completed(First)]).When(Starting()).ThenRefused("interview-ended");

    [Fact]
    public Task An_informative_talk_needs_no_psychologist() =>
        Given(Learned, Requested(First, InterviewKind.InformativeTalk), Approved(First), Booked(First)).When(Starting()).Then(Started(First));

    [Fact]
    public async Task A_hearing_starts_after_the_preparatory_talk()
    {
        var arranged = new HearingArrangement(Judge, true, true, true, true);
        IEvent[] hearing =
            [Learned, Requested(First, InterviewKind.RcHearing), Approved(First, role: "examining-judge"), Booked(First, Slot(hearing: arranged))];
        var start = Starting(Judge, "examining-judge");
        var started = new InterviewStarted(ChildId, First, Slot().Start, Judge);
        Given(hearing).When(start).ThenRefused("preparatory-talk-first");
        await Given([.. hearing, Visited(First)]).When(start).Then(started);
        await Given([.. hearing, Waived(First, "preparatory-talk-first")]).When(start with { Child = Waiving("preparatory-talk-first") }).Then(started);
        Given([.. hearing, Visited(First)]).When(Starting(Prosecutor, "examining-judge")).ThenRefused("booked-interviewer");
        await Given([.. hearing, Visited(First)]).When(Starting()).Then(Started(First));
    }

    [Fact]
    public Task An_interview_begins_with_the_introduction() => Given([.. Ready(First), Started(First)])
        .When(Entering(InterviewPhase.Introduction)).Then(InPhase(First, InterviewPhase.Introduction));

    [Fact]
    public void No_phase_before_the_introduction() =>
        Given([.. Ready(First), Started(First)]).When(Entering(InterviewPhase.FreeRecall)).ThenRefused("phase-order");

    [Fact]
    public void No_phase_before_the_start() => Given(Ready(First)).When(Entering(InterviewPhase.Introduction)).ThenRefused("not-started");

    [Fact]
    public void Questions_do_not_go_back_to_practice() => Given(InPhases(InterviewPhase.Introduction, InterviewPhase.OpenQuestions))
        .When(Entering(InterviewPhase.NarrativePractice)).ThenRefused("phase-order");

    [Fact]
    public Task After_a_break_the_same_phase_goes_on() =>
        Given(InPhases(InterviewPhase.Introduction, InterviewPhase.FreeRecall, InterviewPhase.Break))
            .When(Entering(InterviewPhase.FreeRecall)).Then(InPhase(First, InterviewPhase.FreeRecall));

    [Fact]
    public Task Entering_the_present_phase_again_changes_nothing() =>
        Given(InPhases(InterviewPhase.Introduction)).When(Entering(InterviewPhase.Introduction)).Then();

    [Fact]
    public void After_closure_there_is_no_break() =>
        Given(InPhases(InterviewPhase.Introduction, InterviewPhase.Closure)).When(Entering(InterviewPhase.Break)).ThenRefused("phase-order");

    [Fact]
    public Task After_closure_it_is_completed() => Given(InPhases(InterviewPhase.Introduction, InterviewPhase.Closure))
        .When(new InterviewsCommand.Complete(First, Done(), BrokenOff: false)).Then(Completed(First));

    [Fact]
    public void Without_closure_it_is_not_completed() => Given(InPhases(InterviewPhase.Introduction))
        .When(new InterviewsCommand.Complete(First, Done(), BrokenOff: false)).ThenRefused("closure-first");

    [Fact]
    public Task A_child_that_wants_to_stop_stops() => Given(InPhases(InterviewPhase.Introduction))
        .When(new InterviewsCommand.Complete(First, Done(brokenOff: true), BrokenOff: true)).Then(new InterviewCompleted(ChildId, First, Done(brokenOff: true)));

    [Fact]
    public void What_did_not_start_is_not_completed() => Given(Ready(First)).When(new InterviewsCommand.Complete(First, Done(), BrokenOff: false)).ThenRefused("not-started");

    [Fact]
    public void A_completed_interview_is_completed_once() => Given([.. Ready(First), Started(First), Completed(First)])
        .When(new InterviewsCommand.Complete(First, Done(), BrokenOff: false)).ThenRefused("interview-ended");

    private static InterviewsCommand.Start Starting(
        Guid? by = null, string role = "interviewer", Guid? booked = null, DateTimeOffset? at = null) =>
        new(First, at ?? Slot().Start, by ?? Interviewer, role, booked ?? Interviewer, Child, new InterviewSettings());

    private static InterviewsCommand.EnterPhase Entering(string phase) => new(First, new(phase, Now));

    private static IEvent[] InPhases(params string[] phases) => [.. Ready(First), Started(First), .. phases.Select(phase => InPhase(First, phase))];

    private static IEvent[] Without<T>() => [.. Ready(First).Where(e => e is not T)];

    private static IEvent[] Without<T1, T2>() => [.. Ready(First).Where(e => e is not (T1 or T2))];
}
