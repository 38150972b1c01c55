using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Turnaround.Cases;

/// <summary>
/// An event of a case. What is about the whole case is said once for each of its children, so that it stands on every child's timeline
/// and its reasons are sealed under every child's own key: erasing one child leaves the others whole. Folding it again changes nothing.
/// </summary>
public interface ICaseEvent : IEvent
{
    Guid CaseId { get; }

    Guid ChildId { get; }

    SubjectId IAbout.Subject => SubjectId.Child(ChildId);
}

/// <summary>A child is in a criminal case.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="ChildId">The child.</param>
/// <param name="Region">Police unit's region.</param>
/// <param name="ReportedAt">When it was reported.</param>
/// <param name="OwnOfChild">Opened by itself for this child; the clocks of the child itself run in it and in no other.</param>
[EventType("turnaround.case-opened.v1")]
public sealed record CaseOpened(Guid CaseId, Guid ChildId, string Region, DateTimeOffset ReportedAt, bool OwnOfChild) : ICaseEvent;

/// <summary>Intake told how the child's file stands.</summary>
/// <param name="SourceRevision">Revision of the file in Intake: what is older is ignored.</param>
/// <param name="Status"><c>open</c>, <c>closed</c> or <c>merged</c>.</param>
/// <param name="MergedInto">The child whose file holds it now.</param>
/// <param name="Region">Police unit's region.</param>
/// <param name="ReportedAt">When the first referral came in.</param>
/// <param name="AssessedAt">First individual assessment.</param>
/// <param name="Facts">What the clocks need to know; null when it was destroyed.</param>
[EventType("turnaround.child-file-learned.v1")]
public sealed record ChildFileLearned(
    Guid CaseId,
    Guid ChildId,
    long SourceRevision,
    string Status,
    Guid? MergedInto,
    string Region,
    DateTimeOffset ReportedAt,
    DateTimeOffset? AssessedAt,
    [property: Personal(Regime.Prosecution)] Personal<ClockFacts>? Facts) : ICaseEvent;

/// <summary>Interviews told how a child's interviews and medical examination stand.</summary>
/// <param name="SourceStream">Stream in Interviews: another one than the child's own after a merge.</param>
/// <param name="SourceRevision">Revision in that stream.</param>
/// <param name="Interviews">All interviews of that stream.</param>
/// <param name="ExaminedAt">When the forensic medical examination was done.</param>
[EventType("turnaround.interviews-learned.v2")]
public sealed record InterviewsLearned(
    Guid CaseId,
    Guid ChildId,
    string SourceStream,
    long SourceRevision,
    IReadOnlyList<LearnedInterview> Interviews,
    [property: Personal(Regime.Prosecution)] Personal<DateTimeOffset>? ExaminedAt) : ICaseEvent;

/// <param name="InterviewId">The interview.</param>
/// <param name="Kind">Kind, as Interviews names it.</param>
/// <param name="Status">Status, as Interviews names it.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="CompletedAt">When it was completed.</param>
public sealed record LearnedInterview(Guid InterviewId, string Kind, string Status, DateTimeOffset RequestedAt, DateTimeOffset? CompletedAt);

/// <summary>The case got its numbers at police and prosecution.</summary>
[EventType("turnaround.case-numbered.v1")]
public sealed record CaseNumbered(
    Guid CaseId,
    Guid ChildId,
    [property: Personal(Regime.Prosecution)] Personal<CaseNumbers> Numbers) : ICaseEvent;

/// <param name="ParketNumber">Parketnummer of the prosecution service.</param>
/// <param name="ReportNumber">Proces-verbaalnummer of the police.</param>
public sealed record CaseNumbers(string? ParketNumber, string? ReportNumber);

/// <summary>A milestone was reached, or its date corrected.</summary>
/// <param name="Milestone">Which (<see cref="Cases.Milestone"/>).</param>
/// <param name="At">When it was reached.</param>
/// <param name="Correction">Why an earlier date was wrong; null the first time.</param>
[EventType("turnaround.milestone-reached.v1")]
public sealed record MilestoneReached(
    Guid CaseId,
    Guid ChildId,
    string Milestone,
    DateTimeOffset At,
    [property: Personal(Regime.Prosecution)] Personal<string>? Correction) : ICaseEvent;

/// <summary>The child's file was merged into another: this case stops, the other child's own case goes on with what stood here.</summary>
[EventType("turnaround.case-merged.v1")]
public sealed record CaseMerged(Guid CaseId, Guid ChildId, Guid IntoCaseId, Guid IntoChildId) : ICaseEvent;

/// <summary>This case goes on with what stood in the own case of a child whose file was merged into this child's.</summary>
/// <param name="FromCaseId">The case that stopped.</param>
/// <param name="FromRevision">Its revision: what is older is ignored.</param>
/// <param name="ReportedAt">When that was reported; the earlier of both counts.</param>
/// <param name="Milestones">Milestones that were recorded there; those recorded here come first.</param>
/// <param name="Clocks">What people decided about its clocks, where decisions taken here come first, and of what they were alerted.</param>
/// <param name="Numbers">Its numbers.</param>
[EventType("turnaround.case-taken-over.v2")]
public sealed record CaseTakenOver(
    Guid CaseId,
    Guid ChildId,
    Guid FromCaseId,
    long FromRevision,
    DateTimeOffset? ReportedAt,
    IReadOnlyDictionary<string, DateTimeOffset> Milestones,
    IReadOnlyList<TakenOverClock> Clocks,
    [property: Personal(Regime.Prosecution)] Personal<CaseNumbers>? Numbers) : ICaseEvent;

/// <param name="Clock">Name of the clock; of an interview's clock with the interview.</param>
/// <param name="Suspensions">When it stood still.</param>
/// <param name="DueDates">Dates that people set.</param>
/// <param name="Alerted">Of what people were alerted.</param>
public sealed record TakenOverClock(
    string Clock, IReadOnlyList<Clocks.Suspension> Suspensions, IReadOnlyList<Clocks.DueDate> DueDates, IReadOnlyList<Clocks.GivenAlert> Alerted);
