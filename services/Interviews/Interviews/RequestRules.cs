using Barnahus.Platform.Deciding;

namespace Barnahus.Interviews.Interviews;

/// <summary>May there be an interview: request, guard, suspect's status, decision, waivers.</summary>
internal static class RequestRules
{
    private const string Prosecutor = "prosecutor";
    private const string ExaminingJudge = "examining-judge";

    public static Decision DecideSuspectStatus(InterviewsCommand.DecideSuspectStatus command, ChildInterviews state) =>
        Decision.Accept(new SuspectStatusDecided(state.File!.ChildId, command.Decision));

    public static Decision Request(InterviewsCommand.RequestInterview command, ChildInterviews state) =>
        FileRules.Changed(command.Child, state)
        ?? SuspectStatusFirst(command.Child, state)
        ?? OneInterview.RefuseRequest(command.Kind, command.Request.Ground is not null, state)
        ?? Decision.Accept(new InterviewRequested(
            state.File!.ChildId,
            command.InterviewId,
            command.Kind,
            command.Request with { Second = OneInterview.WouldBeSecond(command.Kind, state) }));

    /// <summary>A child who is also a suspect has rights of a suspect: the prosecutor decides on status, caution and lawyer before anything is asked.</summary>
    public static Decision? SuspectStatusFirst(KnownChild child, ChildInterviews state) =>
        child.Facts.AlsoSuspect && state.SuspectDecision is null
            ? Decision.Refuse(
                "suspect-status-first",
                "This child is also a suspect. Ask the prosecutor to decide on status, caution and lawyer first (suspect-status).")
            : null;

    public static Decision DecideOn(InterviewsCommand.Decide command, Interview interview, ChildInterviews state)
    {
        var hearing = interview.Kind == InterviewKind.RcHearing;
        if (command.Decision.Role != (hearing ? ExaminingJudge : Prosecutor))
        {
            return hearing
                ? Decision.Refuse("examining-judge-decides", "On a hearing before the examining judge, the examining judge decides.")
                : Decision.Refuse("prosecutor-decides", "On this interview the prosecutor decides.");
        }

        if (interview.Status != InterviewStatus.Requested)
        {
            return Decision.Refuse("already-decided", "This interview was decided on, or called off. Request a new one if it must be decided otherwise.");
        }

        if (command.Decision is { Approved: true, GroundApproved: false } && interview.Request.Second)
        {
            return Decision.Refuse(
                OneInterview.Rule, "This child was questioned before. Approve the stated ground for a further interview (groundApproved), or refuse it.");
        }

        return Decision.Accept(new InterviewDecided(state.File!.ChildId, interview.InterviewId, command.Decision));
    }

    public static Decision Waive(InterviewsCommand.GrantWaiver command, Interview interview, ChildInterviews state) => interview switch
    {
        { IsOpen: false } => Ended(),
        { Status: InterviewStatus.Started } => Started(),
        _ when !WaivableRule.All.Contains(command.Rule) => Decision.Refuse(
            "rule-not-waivable", $"This rule cannot be set aside. These can: {string.Join(", ", WaivableRule.All)}."),
        _ when command.Child.IsWaived(interview, command.Rule) => Decision.Nothing,
        _ => Decision.Accept(new WaiverGranted(state.File!.ChildId, interview.InterviewId, command.Waiver)),
    };

    /// <summary>Refuses what can only be done while the interview is still to come.</summary>
    public static Decision? StillToCome(Interview interview) => interview switch
    {
        { IsOpen: false } => Ended(),
        { Status: InterviewStatus.Started } => Started(),
        _ => null,
    };

    /// <summary>Refuses what takes a decision first.</summary>
    public static Decision? Decided(Interview interview) => interview.Status == InterviewStatus.Requested
        ? Decision.Refuse(
            "not-decided",
            interview.Kind == InterviewKind.RcHearing
                ? "The examining judge has not decided on this hearing yet."
                : "The prosecutor has not decided on this interview yet.")
        : null;

    private static Decision Ended() => Decision.Refuse("interview-ended", "This interview was completed, refused or called off; it can no longer change.");

    private static Decision Started() => Decision.Refuse("already-started", "This interview has started.");
}
