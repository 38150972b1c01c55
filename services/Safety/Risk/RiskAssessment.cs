using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Terms;

namespace Barnahus.Safety.Risk;

/// <summary>A version of the risk assessment.</summary>
public sealed record RiskAssessment(
    Guid AssessmentId,
    int Version,
    DateTimeOffset AssessedAt,
    DateTimeOffset? ReviewAt,
    [property: Personal(Regime.Care)] Personal<RiskContent> Content)
{
    /// <summary>Id of the re-assessment that opens on the date of its review.</summary>
    public Guid ReviewId => DerivedId.From(AssessmentId, TriggerCodes.ReviewDate);
}

/// <summary>A version of the safety plan.</summary>
public sealed record SafetyPlan(
    Guid PlanId, int Version, DateTimeOffset AdoptedAt, [property: Personal(Regime.Care)] Personal<PlanContent> Content);

/// <summary>A duty to assess anew.</summary>
/// <param name="AnsweredBy">The assessment that closed it; null while it is open.</param>
public sealed record Reassessment(
    Guid ReassessmentId,
    DateTimeOffset OpenedAt,
    [property: Personal(Regime.Care)] Personal<DateTimeOffset> DueAt,
    [property: Personal(Regime.Care)] Personal<TriggerContent> Trigger,
    Guid? AnsweredBy = null)
{
    public bool IsOpen => AnsweredBy is null;
}

internal static class RiskEvolution
{
    public static ChildSafety Evolve(ChildSafety state, RiskEvent @event) => @event switch
    {
        RiskAssessed e => state with { Assessments = state.Assessments.Add(new(e.AssessmentId, e.Version, e.AssessedAt, e.ReviewAt, e.Content)) },
        ReassessmentOpened e => state with
        {
            Reassessments = state.Reassessments.Add(e.ReassessmentId, new(e.ReassessmentId, e.OpenedAt, e.DueAt, e.Trigger)),
        },
        ReassessmentClosed e => state with
        {
            Reassessments = state.Reassessments.SetItem(
                e.ReassessmentId, state.Reassessments[e.ReassessmentId] with { AnsweredBy = e.AssessmentId }),
        },
        PlanAdopted e => state with { Plans = state.Plans.Add(new(e.PlanId, e.Version, e.AdoptedAt, e.Content)) },
        _ => throw new InvalidOperationException($"Unknown event of risk: {@event.GetType().Name}."),
    };
}
