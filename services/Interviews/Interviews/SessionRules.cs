using Barnahus.Platform.Deciding;

namespace Barnahus.Interviews.Interviews;

/// <summary>The interview itself: start, phases, completion.</summary>
internal static class SessionRules
{
    public static Decision Start(InterviewsCommand.Start command, Interview interview, ChildInterviews state) =>
        RequestRules.StillToCome(interview)
        ?? RequestRules.Decided(interview)
        ?? BookingRules.NotBooked(interview)
        ?? FileRules.Changed(command.Child, state)
        ?? RequestRules.SuspectStatusFirst(command.Child, state)
        ?? OneInterview.RefuseGoingOn(interview, state)
        ?? MedicalRules.First(command.Child, interview, state)
        ?? Led(command, interview)
        ?? OnTime(command, interview)
        ?? AdviceAcknowledged(command.By, interview)
        ?? PreVisited(command.Child, interview)
        ?? HearingRules.Prepared(command.Child, interview)
        ?? Decision.Accept(new InterviewStarted(state.File!.ChildId, interview.InterviewId, command.At, command.By));

    public static Decision EnterPhase(InterviewsCommand.EnterPhase command, Interview interview, ChildInterviews state)
    {
        if (NotUnderWay(interview) is { } refused)
        {
            return refused;
        }

        var phase = command.Phase.Phase;
        if (interview.Phases.Count > 0 && interview.Phases[^1].Phase == phase)
        {
            return Decision.Nothing;
        }

        return OutOfOrder(phase, interview)
            ?? Decision.Accept(new InterviewPhaseEntered(state.File!.ChildId, interview.InterviewId, command.Phase));
    }

    /// <summary>An interview that is not broken off ends with closure: no child leaves the room in the middle of it.</summary>
    public static Decision Complete(InterviewsCommand.Complete command, Interview interview, ChildInterviews state) =>
        NotUnderWay(interview)
        ?? (IsForensic(interview) && !command.BrokenOff && interview.Phases.All(entered => entered.Phase != InterviewPhase.Closure)
            ? Decision.Refuse("closure-first", "The interview has not come to its closure. Enter that phase, or say that it was broken off (brokenOff).")
            : null)
        ?? Decision.Accept(new InterviewCompleted(state.File!.ChildId, interview.InterviewId, command.Completion));

    /// <summary>Whom the child was prepared for asks: the booked interviewer, at a hearing the booked judge.</summary>
    private static Decision? Led(InterviewsCommand.Start command, Interview interview)
    {
        var hearing = interview.Kind == InterviewKind.RcHearing;
        var judge = hearing && command.Role == "examining-judge";
        if (!judge && command.Role != "interviewer")
        {
            return Decision.Refuse("interviewer-starts", hearing
                ? "The examining judge, or the interviewer on the judge's behalf, starts this hearing."
                : "The interviewer starts this interview.");
        }

        var booked = judge ? interview.Booking!.Hearing?.JudgeId : command.Booked;
        if (booked == command.By || command.Child.IsWaived(interview, WaivableRule.BookedInterviewer))
        {
            return null;
        }

        return Decision.Refuse(WaivableRule.BookedInterviewer, booked is null
            ? "The roster does not say which account the booked interviewer has. Ask the planner to link it, or state a waiver."
            : "Somebody else is booked to hold this. Move it to another interviewer or judge (rescheduling), or state a waiver.");
    }

    /// <summary>Not earlier than the child is expected, and not after the booked end: the room and the people are somebody else's then.</summary>
    private static Decision? OnTime(InterviewsCommand.Start command, Interview interview)
    {
        var booking = interview.Booking!;
        var earliest = booking.Start.AddMinutes(-command.Settings.StartsEarlyByMinutes);
        return (command.At >= earliest && command.At < booking.End) || command.Child.IsWaived(interview, WaivableRule.BookedTime)
            ? null
            : Decision.Refuse(
                WaivableRule.BookedTime,
                $"This is booked for {booking.Start.SaidTo(booking.End)}, and can start from {earliest.Said()} on until its end. Move it (rescheduling), or state a waiver.");
    }

    /// <summary>Who asks has read the latest advice. Where a psychologist is not usual (informative talk, RC hearing) only if there is advice.</summary>
    private static Decision? AdviceAcknowledged(Guid by, Interview interview) => interview switch
    {
        { Advice: [.., var latest] } when latest.AcknowledgedBy.Contains(by) => null,
        { Advice: [.., var latest] } => Decision.Refuse(
            "advice-not-acknowledged", $"You have not acknowledged version {latest.Version} of the psychologist's advice. Read it, and acknowledge it."),
        _ when IsForensic(interview) => Decision.Refuse(
            "advice-not-acknowledged", "The psychologist has not given advice on this interview yet; it is read and acknowledged before the start."),
        _ => null,
    };

    private static Decision? PreVisited(KnownChild child, Interview interview) =>
        IsForensic(interview) && interview.PreVisit is null && !child.IsWaived(interview, WaivableRule.PreVisitFirst)
            ? Decision.Refuse(WaivableRule.PreVisitFirst, "Nobody has visited the child beforehand. Record the pre-visit, or state a waiver.")
            : null;

    private static Decision? OutOfOrder(string phase, Interview interview)
    {
        var before = interview.Phases.Select(entered => entered.Phase).Where(entered => entered != InterviewPhase.Break).ToList();
        if (before.Count == 0)
        {
            return phase == InterviewPhase.Introduction
                ? null
                : Decision.Refuse("phase-order", "An interview begins with the introduction and the ground rules.");
        }

        if (phase == InterviewPhase.Break)
        {
            return before[^1] == InterviewPhase.Closure
                ? Decision.Refuse("phase-order", "After closure nothing follows. Complete the interview.")
                : null;
        }

        var order = InterviewPhase.InOrder;
        return Place(phase) >= Place(before[^1])
            ? null
            : Decision.Refuse("phase-order", $"After {before[^1]} the interview does not go back to {phase}.");

        int Place(string name) => order.TakeWhile(known => known != name).Count();
    }

    private static Decision? NotUnderWay(Interview interview) => interview.Status switch
    {
        InterviewStatus.Started => null,
        InterviewStatus.Completed or InterviewStatus.Cancelled or InterviewStatus.Refused =>
            Decision.Refuse("interview-ended", "This interview was completed, refused or called off; it can no longer change."),
        _ => Decision.Refuse("not-started", "This interview has not started."),
    };

    private static bool IsForensic(Interview interview) => interview.Kind is InterviewKind.Forensic or InterviewKind.Supplementary;
}
