using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Slots;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Tests.Interviews;

public sealed class MergeTests : InterviewSpec
{
    [Fact]
    public Task A_newer_file_is_learned() =>
        Given(Learned).When(new InterviewsCommand.LearnChild(Learned with { SourceRevision = 3 })).Then(Learned with { SourceRevision = 3 });

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public Task An_older_message_is_ignored(long revision) =>
        Given(Learned with { SourceRevision = 3 }).When(new InterviewsCommand.LearnChild(Learned with { SourceRevision = revision })).Then();

    [Fact]
    public Task The_interviews_of_the_other_file_stand_here_as_well()
    {
        var theirs = Fold(Ready(Second)).Interviews[0];
        return Given(Learned).When(Carrying(theirs)).Then(new InterviewCarriedOver(ChildId, OtherChildId, theirs));
    }

    [Fact]
    public Task An_interview_is_carried_over_once()
    {
        var theirs = Fold(Ready(Second)).Interviews[0];
        return Given(Learned, new InterviewCarriedOver(ChildId, OtherChildId, theirs)).When(Carrying(theirs)).Then();
    }

    [Fact]
    public void The_guard_covers_both_files()
    {
        var theirs = Fold([.. Ready(Second), Started(Second), Completed(Second)]).Interviews[0];
        Given(Learned, new InterviewCarriedOver(ChildId, OtherChildId, theirs)).When(Asking(First)).ThenRefused("one-interview");
    }

    [Fact]
    public Task What_is_carried_over_is_known_before_the_file_itself_is()
    {
        var theirs = Fold(Ready(Second)).Interviews[0];
        return Given().When(Carrying(theirs)).Then(new InterviewCarriedOver(ChildId, OtherChildId, theirs));
    }

    [Fact]
    public Task The_examination_and_the_status_come_along()
    {
        var status = new SuspectDecision(Now, Prosecutor, Personal.Of(new SuspectStatus("both", "given", "assigned", "Victim first")));
        var medical = new MedicalExamination(Appointment, Personal.Of(Now), Personal.Of(true), Personal.Of("CSG"), Personal.Of(Now.AddHours(1)), null);
        return Given(Learned)
            .When(new InterviewsCommand.CarryOver(ChildId, OtherChildId, [], medical, status))
            .Then(
                new SuspectStatusDecided(ChildId, status),
                new ExaminationPlanned(ChildId, Appointment, Personal.Of(Now), Personal.Of(true), Personal.Of("CSG")),
                new ExaminationDone(ChildId, Appointment, Personal.Of(Now.AddHours(1))));
    }

    [Fact]
    public Task The_childs_own_times_come_along_where_there_are_none_yet()
    {
        var times = Personal.Of(new ChildTimes([new OwnTime(new TimeOnly(12, 0), new TimeOnly(14, 0), DayOfWeek.Friday)], 30));
        return Given(Learned)
            .When(new InterviewsCommand.CarryOver(ChildId, OtherChildId, [], null, null, times)).Then(new ChildTimesRecorded(ChildId, times));
    }

    [Fact]
    public Task Own_times_that_are_recorded_here_stay() => Given(Learned, new ChildTimesRecorded(ChildId, Personal.Of(new ChildTimes([], 5))))
        .When(new InterviewsCommand.CarryOver(ChildId, OtherChildId, [], null, null, Personal.Of(new ChildTimes([], 30)))).Then();

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_merged_file_refuses(string name) =>
        Given([.. Ready(First), Learned with { SourceRevision = 9, Status = "merged", MergedInto = OtherChildId }])
            .When(All[name]).ThenRefused("file-merged");

    public static TheoryData<string> Commands => new(All.Keys);

    private static Dictionary<string, InterviewsCommand> All { get; } = new InterviewsCommand[]
    {
        Asking(Second),
        new InterviewsCommand.RecordTimes(new ChildTimes([], 0)),
        new InterviewsCommand.Decide(First, Decision()),
        new InterviewsCommand.AssignPsychologist(First, "p-hoekstra"),
        new InterviewsCommand.GiveAdvice(First, Now, Psychologist, Personal.Of(Advice)),
        new InterviewsCommand.AcknowledgeAdvice(First, 1, Interviewer),
        new InterviewsCommand.RecordPreVisit(First, Visit(true), true),
        Waive("pre-visit-first"),
        Booking(First, Slot()),
        new InterviewsCommand.Reschedule(First, Slot(9), [], Personal.Of("School trip"), Now, Child, Lengths),
        new InterviewsCommand.Cancel(First, Cancellation()),
        new InterviewsCommand.Start(First, Now, Interviewer, "interviewer", Interviewer, Child, new InterviewSettings()),
        new InterviewsCommand.EnterPhase(First, new(InterviewPhase.Introduction, Now)),
        new InterviewsCommand.Complete(First, Done(), BrokenOff: false),
        new InterviewsCommand.RecordExamination(Appointment, Now),
        new InterviewsCommand.PlanExamination(Appointment, Now, true, null, Child, new InterviewSettings()),
    }.ToDictionary(command => command.GetType().Name);

    private static InterviewsCommand.CarryOver Carrying(params Interview[] theirs) =>
        new(ChildId, OtherChildId, theirs, null, null);
}
