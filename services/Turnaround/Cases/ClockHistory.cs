using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Cases;

/// <summary>As clocks started before what they go by was sealed.</summary>
[EventType("turnaround.clock-started.v1", Retired = true)]
public sealed record ClockStartedV1(
    Guid CaseId, Guid ChildId, Guid ClockId, bool OfChild, Guid? About, PinnedNorm Norm, DateTimeOffset StartedAt) : ICaseEvent;

/// <summary>As clocks were corrected before what they go by was sealed.</summary>
[EventType("turnaround.clock-corrected.v1", Retired = true)]
public sealed record ClockCorrectedV1(Guid CaseId, Guid ChildId, Guid ClockId, PinnedNorm Norm, DateTimeOffset StartedAt) : ICaseEvent;

/// <summary>As alerts were given before the end of the term was sealed.</summary>
[EventType("turnaround.clock-alerted.v1", Retired = true)]
public sealed record ClockAlertedV1(Guid CaseId, Guid ChildId, Guid ClockId, int Threshold, DateTimeOffset Due) : ICaseEvent;

/// <summary>As was learned how interviews stand before the moment of the examination was sealed.</summary>
[EventType("turnaround.interviews-learned.v1", Retired = true)]
public sealed record InterviewsLearnedV1(
    Guid CaseId,
    Guid ChildId,
    string SourceStream,
    long SourceRevision,
    IReadOnlyList<LearnedInterview> Interviews,
    DateTimeOffset? ExaminedAt) : ICaseEvent;

/// <summary>As cases were taken over before alerts came along.</summary>
[EventType("turnaround.case-taken-over.v1", Retired = true)]
public sealed record CaseTakenOverV1(
    Guid CaseId,
    Guid ChildId,
    Guid FromCaseId,
    long FromRevision,
    DateTimeOffset? ReportedAt,
    IReadOnlyDictionary<string, DateTimeOffset> Milestones,
    IReadOnlyList<TakenOverClockV1> Clocks,
    [property: Personal(Regime.Prosecution)] Personal<CaseNumbers>? Numbers) : ICaseEvent;

/// <summary>A clock as it was taken over before alerts came along.</summary>
public sealed record TakenOverClockV1(string Clock, IReadOnlyList<Suspension> Suspensions, IReadOnlyList<DueDate> DueDates);

/// <summary>What stood in clear is personal from here on, and a clock without alerts has none; what was written stays as it was.</summary>
internal sealed class ClockUpcaster
    : IUpcaster<ClockStartedV1, ClockStarted>, IUpcaster<ClockCorrectedV1, ClockCorrected>, IUpcaster<ClockAlertedV1, ClockAlerted>,
      IUpcaster<InterviewsLearnedV1, InterviewsLearned>, IUpcaster<CaseTakenOverV1, CaseTakenOver>
{
    public InterviewsLearned Upcast(InterviewsLearnedV1 old) =>
        new(old.CaseId, old.ChildId, old.SourceStream, old.SourceRevision, old.Interviews, Personal.OfNullable(old.ExaminedAt));

    public CaseTakenOver Upcast(CaseTakenOverV1 old) => new(
        old.CaseId,
        old.ChildId,
        old.FromCaseId,
        old.FromRevision,
        old.ReportedAt,
        old.Milestones,
        [.. old.Clocks.Select(clock => new TakenOverClock(clock.Clock, clock.Suspensions, clock.DueDates, []))],
        old.Numbers);

    public ClockStarted Upcast(ClockStartedV1 old) =>
        new(old.CaseId, old.ChildId, old.ClockId, old.OfChild, old.About, Personal.Of(new ClockBasis(old.Norm, old.StartedAt)));

    public ClockCorrected Upcast(ClockCorrectedV1 old) => new(old.CaseId, old.ChildId, old.ClockId, Personal.Of(new ClockBasis(old.Norm, old.StartedAt)));

    public ClockAlerted Upcast(ClockAlertedV1 old) => new(old.CaseId, old.ChildId, old.ClockId, old.Threshold, Personal.Of(old.Due));
}
