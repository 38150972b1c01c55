using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Interviews;

/// <summary>
/// Decides on all interviews of one child. The rules stand by topic: <see cref="FileRules"/>, <see cref="RequestRules"/>,
/// <see cref="AdviceRules"/>, <see cref="MedicalRules"/>, <see cref="BookingRules"/>, <see cref="HearingRules"/> and <see cref="SessionRules"/>.
/// </summary>
public static class InterviewDecider
{
    public static readonly Decider<InterviewsCommand, ChildInterviews> Decider = new(ChildInterviews.Initial, Decide, ChildInterviews.Evolve);

    public static Decision Decide(InterviewsCommand command, ChildInterviews state) => command switch
    {
        // What was learned is true whatever state the file is in; all else is for a file that is open.
        InterviewsCommand.LearnChild c => FileRules.Learn(c, state),
        InterviewsCommand.CarryOver c => FileRules.CarryOver(c, state),
        InterviewsCommand.LetBookingLapse c => BookingRules.LetLapse(c, state),
        _ when FileRules.InTheWay(state) is { } refused => refused,
        InterviewsCommand.RecordTimes c => Decision.Accept(new ChildTimesRecorded(state.File!.ChildId, Personal.Of(c.Times))),
        InterviewsCommand.DecideSuspectStatus c => RequestRules.DecideSuspectStatus(c, state),
        InterviewsCommand.RequestInterview c => RequestRules.Request(c, state),
        InterviewsCommand.PlanExamination c => MedicalRules.Plan(c, state),
        InterviewsCommand.RecordExamination c => MedicalRules.Record(c, state),
        InterviewsCommand.OfInterview c when state.Find(c.InterviewId) is { } interview => DecideOn(c, interview, state),
        InterviewsCommand.OfInterview => Decision.Refuse(
            "unknown-interview", "This child has no such interview. Look at the list of the child's interviews."),
        _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}."),
    };

    private static Decision DecideOn(InterviewsCommand.OfInterview command, Interview interview, ChildInterviews state) => command switch
    {
        InterviewsCommand.Decide c => RequestRules.DecideOn(c, interview, state),
        InterviewsCommand.GrantWaiver c => RequestRules.Waive(c, interview, state),
        InterviewsCommand.AssignPsychologist c => AdviceRules.Assign(c, interview, state),
        InterviewsCommand.GiveAdvice c => AdviceRules.Give(c, interview, state),
        InterviewsCommand.AcknowledgeAdvice c => AdviceRules.Acknowledge(c, interview, state),
        InterviewsCommand.RecordPreVisit c => AdviceRules.PreVisit(c, interview, state),
        InterviewsCommand.Book c => BookingRules.Book(c, interview, state),
        InterviewsCommand.Reschedule c => BookingRules.Reschedule(c, interview, state),
        InterviewsCommand.Cancel c => BookingRules.Cancel(c, interview, state),
        InterviewsCommand.Start c => SessionRules.Start(c, interview, state),
        InterviewsCommand.EnterPhase c => SessionRules.EnterPhase(c, interview, state),
        InterviewsCommand.Complete c => SessionRules.Complete(c, interview, state),
        _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}."),
    };
}
