using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;

namespace Barnahus.Safety.Risk;

/// <summary>Wishes about the assessment of risk and the plan.</summary>
public abstract record RiskCommand(Guid ChildId, DateTimeOffset At) : SafetyCommand(ChildId, At);

/// <summary>Make a new version of the risk assessment.</summary>
/// <param name="Answers">Re-assessments it answers; null: all that are open.</param>
/// <param name="ReviewAt">When it must be looked at again.</param>
public sealed record AssessRisk(
    Guid ChildId, DateTimeOffset At, Guid AssessmentId, RiskContent Content, DateTimeOffset? ReviewAt, ImmutableArray<Guid>? Answers) : RiskCommand(ChildId, At);

/// <summary>A trigger happened: open a re-assessment.</summary>
/// <param name="DueWithin">Term of this type of trigger.</param>
public sealed record OpenReassessment(
    Guid ChildId, DateTimeOffset At, Guid ReassessmentId, TriggerContent Trigger, TimeSpan DueWithin) : RiskCommand(ChildId, At);

/// <summary>Adopt a new version of the safety plan.</summary>
public sealed record AdoptPlan(Guid ChildId, DateTimeOffset At, Guid PlanId, PlanContent Content) : RiskCommand(ChildId, At);

internal static class RiskDecider
{
    public static Decision Decide(RiskCommand command, ChildSafety state) => command switch
    {
        AssessRisk c => Assess(c, state),
        OpenReassessment c => Open(c, state),
        AdoptPlan c => Adopt(c, state),
        _ => throw new InvalidOperationException($"Unknown command of risk: {command.GetType().Name}."),
    };

    private static Decision Assess(AssessRisk command, ChildSafety state)
    {
        if (state.Assessments.Any(assessment => assessment.AssessmentId == command.AssessmentId))
        {
            return Decision.Nothing;
        }

        if (command.ReviewAt <= command.At)
        {
            return Decision.Refuse("review-in-the-past", "The date of the next review has passed. Choose one that lies ahead, or none.");
        }

        var open = state.Reassessments.Values.Where(reassessment => reassessment.IsOpen).Select(reassessment => reassessment.ReassessmentId).ToHashSet();
        var answers = command.Answers is { } chosen ? chosen.Distinct().ToList() : [.. open.Order()];
        if (answers.Any(id => !open.Contains(id)))
        {
            return Decision.Refuse(
                "no-such-reassessment", "One of the re-assessments that this should answer is not open on this file. Read the plan again and choose from those that are open.");
        }

        return Decision.Accept(
        [
            new RiskAssessed(
                command.ChildId, command.AssessmentId, state.Assessments.Count + 1, command.At, command.ReviewAt, Personal.Of(command.Content)),
            .. answers.Select(id => new ReassessmentClosed(command.ChildId, id, command.AssessmentId, command.At)),
        ]);
    }

    /// <summary>Due after the term of the trigger, yet before the thing itself when that comes sooner: a plan after the hearing is no plan.</summary>
    private static Decision Open(OpenReassessment command, ChildSafety state)
    {
        if (state.Reassessments.ContainsKey(command.ReassessmentId))
        {
            return Decision.Nothing;
        }

        var due = command.At + command.DueWithin;
        if (command.Trigger.EventAt is { } eventAt && eventAt > command.At && eventAt < due)
        {
            due = eventAt;
        }

        return Decision.Accept(new ReassessmentOpened(command.ChildId, command.ReassessmentId, command.At, Personal.Of(due), Personal.Of(command.Trigger)));
    }

    private static Decision Adopt(AdoptPlan command, ChildSafety state)
    {
        if (state.Plans.Any(plan => plan.PlanId == command.PlanId))
        {
            return Decision.Nothing;
        }

        return state.Assessments.IsEmpty && state.TakenOver.IsEmpty
            ? Decision.Refuse("assess-first", "There is no risk assessment yet. A plan answers risks: make the assessment first. Measures can be taken at once.")
            : Decision.Accept(new PlanAdopted(command.ChildId, command.PlanId, state.Plans.Count + 1, command.At, Personal.Of(command.Content)));
    }
}
