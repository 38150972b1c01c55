using System.Text.Json.Serialization;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Safety.Risk;

/// <summary>What happened to the assessment of risk and to the plan.</summary>
public abstract record RiskEvent(Guid ChildId) : IEvent
{
    [JsonIgnore]
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>A version of the risk assessment was made.</summary>
/// <param name="Version">From 1.</param>
/// <param name="ReviewAt">When it must be looked at again.</param>
[EventType("safety.risk-assessed.v1")]
public sealed record RiskAssessed(
    Guid ChildId,
    Guid AssessmentId,
    int Version,
    DateTimeOffset AssessedAt,
    DateTimeOffset? ReviewAt,
    [property: Personal(Regime.Care)] Personal<RiskContent> Content) : RiskEvent(ChildId);

/// <summary>Something happened after which the risk must be assessed anew.</summary>
/// <param name="DueAt">When that must be done; sealed, since the term follows from what happened.</param>
/// <param name="Trigger">What happened: sealed whole, since the kind alone (ran away) tells about the child.</param>
[EventType("safety.reassessment-opened.v2")]
public sealed record ReassessmentOpened(
    Guid ChildId,
    Guid ReassessmentId,
    DateTimeOffset OpenedAt,
    [property: Personal(Regime.Care)] Personal<DateTimeOffset> DueAt,
    [property: Personal(Regime.Care)] Personal<TriggerContent> Trigger) : RiskEvent(ChildId);

/// <summary>A new assessment answers a re-assessment.</summary>
[EventType("safety.reassessment-closed.v1")]
public sealed record ReassessmentClosed(Guid ChildId, Guid ReassessmentId, Guid AssessmentId, DateTimeOffset ClosedAt) : RiskEvent(ChildId);

/// <summary>A version of the safety plan was adopted.</summary>
/// <param name="Version">From 1.</param>
[EventType("safety.plan-adopted.v1")]
public sealed record PlanAdopted(
    Guid ChildId,
    Guid PlanId,
    int Version,
    DateTimeOffset AdoptedAt,
    [property: Personal(Regime.Care)] Personal<PlanContent> Content) : RiskEvent(ChildId);

/// <summary>What a risk assessment holds.</summary>
/// <param name="Level"><c>low</c>, <c>moderate</c>, <c>high</c> or <c>acute</c>.</param>
/// <param name="Factors">What makes it dangerous.</param>
/// <param name="ProtectiveFactors">What protects.</param>
/// <param name="Reasoning">Why this level: it is written down why one acts and how (guide for municipalities).</param>
/// <param name="ChildsView">How the child sees it, in the child's words.</param>
public sealed record RiskContent(
    string Level, IReadOnlyList<string> Factors, IReadOnlyList<string> ProtectiveFactors, string Reasoning, string? ChildsView);

/// <param name="Type">A code of terms.json.</param>
/// <param name="What">What happened.</param>
/// <param name="EventAt">When the thing itself is or was: a hearing, a leave, a release.</param>
/// <param name="PersonId">Whom it concerns, if a known person.</param>
public sealed record TriggerContent(string Type, string? What, DateTimeOffset? EventAt, Guid? PersonId);

/// <param name="Goals">What must be so for the child to be safe.</param>
/// <param name="Agreements">Who does what, when.</param>
/// <param name="ChildsWords">What the child says of it.</param>
public sealed record PlanContent(IReadOnlyList<string> Goals, IReadOnlyList<PlanAgreement> Agreements, string? ChildsWords);

/// <param name="What">What was agreed.</param>
/// <param name="Who">Who does it.</param>
/// <param name="When">When, in words.</param>
public sealed record PlanAgreement(string What, string Who, string? When);
