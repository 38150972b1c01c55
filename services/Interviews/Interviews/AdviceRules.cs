using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Interviews;

/// <summary>Preparing: psychologist, advice in versions, acknowledgement, pre-visit.</summary>
internal static class AdviceRules
{
    public static Decision Assign(InterviewsCommand.AssignPsychologist command, Interview interview, ChildInterviews state) =>
        RequestRules.StillToCome(interview)
        ?? RequestRules.Decided(interview)
        ?? (interview.PsychologistId == command.PsychologistId
            ? Decision.Nothing
            : Decision.Accept(new PsychologistAssigned(state.File!.ChildId, interview.InterviewId, command.PsychologistId)));

    public static Decision Give(InterviewsCommand.GiveAdvice command, Interview interview, ChildInterviews state)
    {
        if (RequestRules.StillToCome(interview) is { } refused)
        {
            return refused;
        }

        if (interview.PsychologistId is null)
        {
            return Decision.Refuse("psychologist-first", "No psychologist is assigned to this interview yet. Assign one first.");
        }

        var version = new AdviceVersion(interview.Advice.Count + 1, command.At, command.By, command.Content, []);
        return Decision.Accept(new AdviceGiven(state.File!.ChildId, interview.InterviewId, version));
    }

    public static Decision Acknowledge(InterviewsCommand.AcknowledgeAdvice command, Interview interview, ChildInterviews state)
    {
        if (RequestRules.StillToCome(interview) is { } refused)
        {
            return refused;
        }

        if (interview.Advice.Count == 0)
        {
            return Decision.Refuse("no-advice", "There is no advice to acknowledge yet.");
        }

        var latest = interview.Advice[^1];
        if (command.Version != latest.Version)
        {
            return Decision.Refuse("advice-superseded", $"Version {latest.Version} is the latest advice: read and acknowledge that one.");
        }

        return latest.AcknowledgedBy.Contains(command.By)
            ? Decision.Nothing
            : Decision.Accept(new AdviceAcknowledged(state.File!.ChildId, interview.InterviewId, command.Version, command.By));
    }

    /// <summary>When the visit shows that telling will not work, the interview is called off, and a booked slot given back.</summary>
    public static Decision PreVisit(InterviewsCommand.RecordPreVisit command, Interview interview, ChildInterviews state)
    {
        if ((RequestRules.StillToCome(interview) ?? RequestRules.Decided(interview)) is { } refused)
        {
            return refused;
        }

        var (childId, visit) = (state.File!.ChildId, command.PreVisit);
        List<IEvent> events = [new PreVisitDone(childId, interview.InterviewId, visit)];
        if (!command.TellingWillWork)
        {
            var cancellation = new Cancellation(
                visit.At, visit.By, Personal.Of(new CancellationGround(CancellationReason.TellingWillNotWork, null)));
            events.Add(new InterviewCancelled(childId, interview.InterviewId, cancellation, interview.Booking));
        }

        return Decision.Accept(events);
    }
}
