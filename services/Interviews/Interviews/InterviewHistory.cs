using Barnahus.Contracts;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Interviews;

// Versions that are read and never written any more.

/// <summary>Intake said how the child's file stands; it did not say what is restricted until the interview.</summary>
[EventType("interviews.child-learned.v1", Retired = true)]
public sealed record ChildLearnedV1(
    Guid ChildId,
    long SourceRevision,
    string Status,
    Guid? MergedInto,
    string Region,
    [property: Personal(Regime.Police)] Personal<ChildFacts>? Facts) : InterviewsEvent(ChildId);

/// <summary>The medical examination was planned; its date stood in clear.</summary>
[EventType("interviews.examination-planned.v1", Retired = true)]
public sealed record ExaminationPlannedV1(
    Guid ChildId,
    Guid AppointmentId,
    DateTimeOffset At,
    bool Forensic,
    [property: Personal(Regime.Medical)] Personal<string>? Place) : InterviewsEvent(ChildId);

internal sealed class InterviewHistory : IUpcaster<ChildLearnedV1, ChildLearned>, IUpcaster<ExaminationPlannedV1, ExaminationPlanned>
{
    public ChildLearned Upcast(ChildLearnedV1 old) =>
        new(old.ChildId, old.SourceRevision, old.Status, old.MergedInto, old.Region, old.Facts, RestrictedSince: null);

    public ExaminationPlanned Upcast(ExaminationPlannedV1 old) =>
        new(old.ChildId, old.AppointmentId, Personal.Of(old.At), old.Forensic, old.Place);
}
