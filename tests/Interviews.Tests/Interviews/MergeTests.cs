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
    public Task The_childs_own_times_come_along_where_there_are_none_yet() => Given(Learned)
        .When(Merging(There(times: Times(Nap)))).Then(new ChildTimesRecorded(ChildId, Personal.Of(Times(Nap))));

    [Fact]
    public Task Own_times_of_both_files_hold_and_how_far_it_lives_stays() => Given(Learned, new ChildTimesRecorded(ChildId, Personal.Of(Times(Mosque, 5))))
        .When(Merging(There(times: Times(Nap)), There(times: Times(Mosque, 5))))
        .Then(new ChildTimesRecorded(ChildId, Personal.Of(new ChildTimes([Mosque, Nap], 5))));

    [Fact]
    public Task An_own_time_that_was_taken_back_here_does_not_return() => Given(Learned, new ChildTimesRecorded(ChildId, Personal.Of(Times(Mosque))))
        .When(Merging(There(times: Times(Nap)), There(times: Times(Mosque)) with { EverRecorded = [Mosque, Nap] })).Then();

    [Theory]
    [InlineData(true, 1, true, 5, false)]
    [InlineData(true, 5, true, 1, true)]
    [InlineData(true, 1, false, 5, false)]
    [InlineData(true, 5, false, 1, false)]
    [InlineData(false, 5, false, 1, false)]
    [InlineData(false, 5, true, 1, true)]
    public async Task Of_two_appointments_only_an_earlier_forensic_one_of_the_other_file_takes_the_place_of_this_one(
        bool forensic, int day, bool theirsForensic, int theirDay, bool taken)
    {
        var (ours, theirs) = (There(Now.AddDays(day), forensic), There(Now.AddDays(theirDay), theirsForensic));
        await Given(Learned, Planned(Appointment, ours)).When(Merging(theirs, ours)).Then(taken ? [Planned(OtherAppointment, theirs)] : []);
    }

    [Fact]
    public Task A_forensic_one_takes_the_place_of_one_that_is_not() => Given(Learned, Planned(Appointment, There(Now.AddDays(1))))
        .When(Merging(There(Now.AddDays(2), true), There(Now.AddDays(1))))
        .Then(Planned(OtherAppointment, There(Now.AddDays(2), true)));

    [Fact]
    public Task An_appointment_that_another_took_the_place_of_here_does_not_return()
    {
        var (ours, theirs) = (There(Now.AddDays(3), true), There(Now.AddDays(1), true));
        return Given(Learned, Planned(OtherAppointment, theirs), Planned(Appointment, ours)).When(Merging(theirs, ours)).Then();
    }

    [Fact]
    public void An_examination_done_there_is_known_here_and_the_appointment_here_stays()
    {
        var done = new MedicalExamination(OtherAppointment, Personal.Of(Now), Personal.Of(true), null, Personal.Of(Now.AddHours(1)), null);
        var state = Given(Learned, Planned(Appointment, There(Now.AddDays(3))))
            .When(new InterviewsCommand.CarryOver(ChildId, OtherChildId, [], done, null) { There = There(Now, true), Here = There(Now.AddDays(3)) }).State();
        state.Medical!.AppointmentId.ShouldBe(Appointment);
        state.Medical.FirstExaminedAt.ShouldBe(Personal.Of(Now.AddHours(1)));
    }

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

    private static readonly Guid OtherAppointment = Guid.Parse("0198f000-0000-7000-8000-000000000022");
    private static readonly OwnTime Nap = new(new TimeOnly(12, 0), new TimeOnly(14, 0));
    private static readonly OwnTime Mosque = new(new TimeOnly(13, 0), new TimeOnly(15, 0), DayOfWeek.Friday);

    private static ChildTimes Times(OwnTime time, int travel = 30) => new([time], travel);

    private static ComparedParts There(DateTimeOffset? at = null, bool forensic = false, ChildTimes? times = null) => new(at, forensic, times, times?.OwnTimes ?? []);

    private static ExaminationPlanned Planned(Guid appointment, ComparedParts parts) =>
        new(ChildId, appointment, Personal.OfNullable(parts.AppointmentAt)!, Personal.Of(parts.Forensic), null);

    /// <summary>A merge with the other file's appointment and times.</summary>
    private static InterviewsCommand.CarryOver Merging(ComparedParts there, ComparedParts? here = null) => new(
        ChildId, OtherChildId, [],
        there.AppointmentAt is { } at ? new(OtherAppointment, Personal.Of(at), Personal.Of(there.Forensic), null, null, null) : null, null)
    {
        There = there,
        Here = here ?? ComparedParts.None,
    };

    private static InterviewsCommand.CarryOver Carrying(params Interview[] theirs) =>
        new(ChildId, OtherChildId, theirs, null, null);
}
