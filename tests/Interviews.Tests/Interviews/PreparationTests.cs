using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Tests.Interviews;

public sealed class PreparationTests : InterviewSpec
{
    [Fact]
    public Task A_psychologist_is_assigned_once_the_interview_is_decided() => Given(Learned, Requested(First), Approved(First))
        .When(new InterviewsCommand.AssignPsychologist(First, "p-meijer")).Then(new PsychologistAssigned(ChildId, First, "p-meijer"));

    [Fact]
    public void Before_the_decision_nobody_is_assigned() =>
        Given(Learned, Requested(First)).When(new InterviewsCommand.AssignPsychologist(First, "p-meijer")).ThenRefused("not-decided");

    [Fact]
    public Task Assigning_the_same_psychologist_again_changes_nothing() => Given(Learned, Requested(First), Approved(First), Assigned(First))
        .When(new InterviewsCommand.AssignPsychologist(First, "p-meijer")).Then();

    [Fact]
    public Task Advice_is_given_in_versions() => Given(Learned, Requested(First), Approved(First), Assigned(First), Advised(First))
        .When(new InterviewsCommand.GiveAdvice(First, Now, Psychologist, Personal.Of(Advice))).Then(Advised(First, version: 2));

    [Fact]
    public void No_advice_without_a_psychologist() => Given(Learned, Requested(First), Approved(First))
        .When(new InterviewsCommand.GiveAdvice(First, Now, Psychologist, Personal.Of(Advice))).ThenRefused("psychologist-first");

    [Fact]
    public void No_advice_once_it_started() => Given([.. Ready(First), Started(First)])
        .When(new InterviewsCommand.GiveAdvice(First, Now, Psychologist, Personal.Of(Advice))).ThenRefused("already-started");

    [Fact]
    public Task The_latest_advice_is_acknowledged() =>
        Given(Learned, Requested(First), Approved(First), Assigned(First), Advised(First), Advised(First, 2))
            .When(new InterviewsCommand.AcknowledgeAdvice(First, 2, Interviewer)).Then(Acknowledged(First, 2));

    [Fact]
    public void Superseded_advice_is_not_acknowledged() =>
        Given(Learned, Requested(First), Approved(First), Assigned(First), Advised(First), Advised(First, 2))
            .When(new InterviewsCommand.AcknowledgeAdvice(First, 1, Interviewer)).ThenRefused("advice-superseded");

    [Fact]
    public void Advice_that_is_not_there_is_not_acknowledged() => Given(Learned, Requested(First), Approved(First))
        .When(new InterviewsCommand.AcknowledgeAdvice(First, 1, Interviewer)).ThenRefused("no-advice");

    [Fact]
    public Task Acknowledging_twice_changes_nothing() =>
        Given(Learned, Requested(First), Approved(First), Assigned(First), Advised(First), Acknowledged(First))
            .When(new InterviewsCommand.AcknowledgeAdvice(First, 1, Interviewer)).Then();

    [Fact]
    public Task The_child_is_visited_beforehand() => Given(Learned, Requested(First), Approved(First))
        .When(new InterviewsCommand.RecordPreVisit(First, Visit(works: true), true)).Then(Visited(First));

    [Fact]
    public Task When_telling_will_not_work_the_interview_is_cancelled_and_its_slot_given_back() =>
        Given(Learned, Requested(First), Approved(First), Booked(First))
            .When(new InterviewsCommand.RecordPreVisit(First, Visit(works: false), false))
            .Then(
                new PreVisitDone(ChildId, First, Visit(works: false)),
                new InterviewCancelled(ChildId, First, new(Now, Interviewer, Personal.Of(new CancellationGround(CancellationReason.TellingWillNotWork, null))), Slot()));

    [Fact]
    public void No_visit_before_the_decision() =>
        Given(Learned, Requested(First)).When(new InterviewsCommand.RecordPreVisit(First, Visit(true), true)).ThenRefused("not-decided");

    [Fact]
    public Task A_forensic_examination_is_planned_inside_its_window() =>
        Given(Learned).When(Planning(Now.AddDays(2))).Then(new ExaminationPlanned(ChildId, Appointment, Personal.Of(Now.AddDays(2)), Personal.Of(true), Place));

    [Fact]
    public Task The_last_moment_of_the_window_is_inside_it() =>
        Given(Learned).When(Planning(Now.AddDays(4))).Then(new ExaminationPlanned(ChildId, Appointment, Personal.Of(Now.AddDays(4)), Personal.Of(true), Place));

    [Fact]
    public void After_seven_days_traces_are_lost() => Given(Learned).When(Planning(Now.AddDays(4).AddSeconds(1))).ThenRefused("forensic-window");

    [Fact]
    public Task An_examination_that_is_not_forensic_has_no_window() => Given(Learned)
        .When(Planning(Now.AddDays(20), forensic: false)).Then(new ExaminationPlanned(ChildId, Appointment, Personal.Of(Now.AddDays(20)), Personal.Of(false), Place));

    [Fact]
    public Task The_examination_is_recorded() =>
        Given(Learned, new ExaminationPlanned(ChildId, Appointment, Personal.Of(Now), Personal.Of(true), Place))
            .When(new InterviewsCommand.RecordExamination(Appointment, Now)).Then(new ExaminationDone(ChildId, Appointment, Personal.Of(Now)));

    [Fact]
    public void An_examination_without_appointment_is_not_recorded() =>
        Given(Learned).When(new InterviewsCommand.RecordExamination(Appointment, Now)).ThenRefused("unknown-appointment");

    [Fact]
    public void An_examination_is_recorded_once() =>
        Given(Learned, new ExaminationPlanned(ChildId, Appointment, Personal.Of(Now), Personal.Of(true), Place), new ExaminationDone(ChildId, Appointment, Personal.Of(Now)))
            .When(new InterviewsCommand.RecordExamination(Appointment, Now)).ThenRefused("already-examined");

    [Fact]
    public void A_later_appointment_does_not_undo_the_first_examination() =>
        Fold(
            Learned,
            new ExaminationPlanned(ChildId, Appointment, Personal.Of(Now), Personal.Of(true), Place),
            new ExaminationDone(ChildId, Appointment, Personal.Of(Now)),
            new ExaminationPlanned(ChildId, Second, Personal.Of(Now.AddDays(5)), Personal.Of(false), Place)).Medical!.FirstExaminedAt.ShouldBe(Personal.Of(Now));

    private static Personal<string> Place { get; } = Personal.Of("CSG Utrecht");

    private static InterviewsCommand.PlanExamination Planning(DateTimeOffset at, bool forensic = true) =>
        new(Appointment, at, forensic, Place, Child, new InterviewSettings());
}
