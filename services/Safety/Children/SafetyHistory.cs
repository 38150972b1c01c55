using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Measures;
using Barnahus.Safety.Risk;

namespace Barnahus.Safety.Children;

// Versions that are read and never written any more: dates from which a term, and with it what is feared, could be reckoned stood in clear in them.

/// <summary>A measure was proposed.</summary>
[EventType("safety.measure-proposed.v1", Retired = true)]
public sealed record MeasureProposedV1(
    Guid ChildId,
    Guid MeasureId,
    DateTimeOffset Start,
    DateTimeOffset? End,
    DateTimeOffset ConfirmBy,
    DateTimeOffset ProposedAt,
    [property: Personal(Regime.Care)] Personal<MeasureContent> Content) : MeasureEvent(ChildId);

/// <summary>A date came near, or had come.</summary>
[EventType("safety.alarm-raised.v1", Retired = true)]
public sealed record AlarmRaisedV1(
    Guid ChildId, Guid AlarmId, string Kind, Guid ItemId, DateTimeOffset DueAt, string Threshold, DateTimeOffset RaisedAt) : MeasureEvent(ChildId);

/// <summary>The risk must be assessed anew.</summary>
[EventType("safety.reassessment-opened.v1", Retired = true)]
public sealed record ReassessmentOpenedV1(
    Guid ChildId,
    Guid ReassessmentId,
    DateTimeOffset OpenedAt,
    DateTimeOffset DueAt,
    [property: Personal(Regime.Care)] Personal<TriggerContent> Trigger) : RiskEvent(ChildId);

/// <summary>What stood in clear is personal from here on; what was written stays as it was.</summary>
internal sealed class SafetyHistory
    : IUpcaster<MeasureProposedV1, MeasureProposed>, IUpcaster<AlarmRaisedV1, AlarmRaised>, IUpcaster<ReassessmentOpenedV1, ReassessmentOpened>
{
    public MeasureProposed Upcast(MeasureProposedV1 old) =>
        new(old.ChildId, old.MeasureId, old.Start, old.End, Personal.Of(old.ConfirmBy), old.ProposedAt, old.Content);

    public AlarmRaised Upcast(AlarmRaisedV1 old) =>
        new(old.ChildId, old.AlarmId, Personal.Of(new AlarmContent(old.Kind, old.ItemId, old.DueAt, old.Threshold)), old.RaisedAt);

    public ReassessmentOpened Upcast(ReassessmentOpenedV1 old) =>
        new(old.ChildId, old.ReassessmentId, old.OpenedAt, Personal.Of(old.DueAt), old.Trigger);
}
