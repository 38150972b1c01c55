using Barnahus.Contracts;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Interviews;

/// <summary>A fact in the stream of all interviews of one child.</summary>
public abstract record InterviewsEvent(Guid ChildId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>Intake said how the child's file stands.</summary>
/// <param name="SourceRevision">Revision of Intake's stream; what is not newer is ignored.</param>
/// <param name="Status"><c>open</c>, <c>closed</c> or <c>merged</c>.</param>
/// <param name="Facts">What decisions compute on.</param>
/// <param name="RestrictedSince">Since when the last part restricted until the interview has been so; null: none is.</param>
[EventType("interviews.child-learned.v2")]
public sealed record ChildLearned(
    Guid ChildId,
    long SourceRevision,
    string Status,
    Guid? MergedInto,
    string Region,
    [property: Personal(Regime.Police)] Personal<ChildFacts>? Facts,
    DateTimeOffset? RestrictedSince) : InterviewsEvent(ChildId);

/// <summary>The child's own times were recorded: every search and every booking keeps to them from now on.</summary>
[EventType("interviews.child-times-recorded.v1")]
public sealed record ChildTimesRecorded(Guid ChildId, [property: Personal(Regime.Police)] Personal<ChildTimes> Times) : InterviewsEvent(ChildId);

/// <summary>A prosecutor decided on the position of a child who is also a suspect.</summary>
[EventType("interviews.suspect-status-decided.v1")]
public sealed record SuspectStatusDecided(Guid ChildId, SuspectDecision Decision) : InterviewsEvent(ChildId);

/// <summary>An interview of the child was asked for.</summary>
[EventType("interviews.interview-requested.v1")]
public sealed record InterviewRequested(Guid ChildId, Guid InterviewId, string Kind, InterviewRequest Request) : InterviewsEvent(ChildId);

/// <summary>The prosecutor, or for a hearing the examining judge, decided on it.</summary>
[EventType("interviews.interview-decided.v1")]
public sealed record InterviewDecided(Guid ChildId, Guid InterviewId, InterviewDecision Decision) : InterviewsEvent(ChildId);

/// <summary>An investigative psychologist was assigned.</summary>
/// <param name="PsychologistId">Roster id.</param>
[EventType("interviews.psychologist-assigned.v1")]
public sealed record PsychologistAssigned(Guid ChildId, Guid InterviewId, string PsychologistId) : InterviewsEvent(ChildId);

/// <summary>The psychologist advised how to hear this child; a new version.</summary>
[EventType("interviews.advice-given.v1")]
public sealed record AdviceGiven(Guid ChildId, Guid InterviewId, AdviceVersion Version) : InterviewsEvent(ChildId);

/// <summary>Who will ask has read that version of the advice.</summary>
/// <param name="By">Account of the interviewer.</param>
[EventType("interviews.advice-acknowledged.v1")]
public sealed record AdviceAcknowledged(Guid ChildId, Guid InterviewId, int Version, Guid By) : InterviewsEvent(ChildId);

/// <summary>The child was visited beforehand, or had its preparatory talk.</summary>
[EventType("interviews.pre-visit-done.v1")]
public sealed record PreVisitDone(Guid ChildId, Guid InterviewId, PreVisit PreVisit) : InterviewsEvent(ChildId);

/// <summary>A rule was set aside for this interview.</summary>
[EventType("interviews.waiver-granted.v2")]
public sealed record WaiverGranted(Guid ChildId, Guid InterviewId, Waiver Waiver) : InterviewsEvent(ChildId);

/// <summary>Room, people and time are fixed.</summary>
[EventType("interviews.interview-booked.v2")]
public sealed record InterviewBooked(Guid ChildId, Guid InterviewId, Booking Booking) : InterviewsEvent(ChildId);

/// <summary>The interview moved to another slot.</summary>
/// <param name="Replaced">The booking before; its reservation is released.</param>
/// <param name="Reason">Why it moved.</param>
[EventType("interviews.interview-rescheduled.v2")]
public sealed record InterviewRescheduled(
    Guid ChildId,
    Guid InterviewId,
    Booking Booking,
    Booking Replaced,
    [property: Personal(Regime.Police)] Personal<string>? Reason) : InterviewsEvent(ChildId);

/// <summary>The reservation was gone before it could be confirmed: the slot must be booked again.</summary>
[EventType("interviews.booking-lapsed.v1")]
public sealed record BookingLapsed(Guid ChildId, Guid InterviewId, Guid BookingId) : InterviewsEvent(ChildId);

/// <summary>The interview was called off.</summary>
/// <param name="Booking">The booking that falls away; its reservation is released.</param>
[EventType("interviews.interview-cancelled.v2")]
public sealed record InterviewCancelled(Guid ChildId, Guid InterviewId, Cancellation Cancellation, Booking? Booking) : InterviewsEvent(ChildId);

/// <summary>The interview began.</summary>
/// <param name="By">Account of the interviewer, or of the examining judge.</param>
[EventType("interviews.interview-started.v1")]
public sealed record InterviewStarted(Guid ChildId, Guid InterviewId, DateTimeOffset At, Guid? By) : InterviewsEvent(ChildId);

/// <summary>The interview went on to a phase.</summary>
[EventType("interviews.phase-entered.v1")]
public sealed record InterviewPhaseEntered(Guid ChildId, Guid InterviewId, PhaseEntered Phase) : InterviewsEvent(ChildId);

/// <summary>The interview is over and recorded.</summary>
[EventType("interviews.interview-completed.v2")]
public sealed record InterviewCompleted(Guid ChildId, Guid InterviewId, Completion Completion) : InterviewsEvent(ChildId);

/// <summary>The medical examination was planned.</summary>
/// <param name="At">When; null once it was destroyed and a merge brought the rest here.</param>
/// <param name="Forensic">For evidence; sealed, since it says that something happened in the days before. Null as <paramref name="At"/>.</param>
/// <param name="Place">Where, and with whom.</param>
[EventType("interviews.examination-planned.v3")]
public sealed record ExaminationPlanned(
    Guid ChildId,
    Guid AppointmentId,
    [property: Personal(Regime.Medical)] Personal<DateTimeOffset>? At,
    [property: Personal(Regime.Medical)] Personal<bool>? Forensic,
    [property: Personal(Regime.Medical)] Personal<string>? Place) : InterviewsEvent(ChildId);

/// <summary>The child was examined. What was found is no part of this service.</summary>
/// <param name="At">When.</param>
[EventType("interviews.examination-done.v2")]
public sealed record ExaminationDone(Guid ChildId, Guid AppointmentId, [property: Personal(Regime.Medical)] Personal<DateTimeOffset> At) : InterviewsEvent(ChildId);

/// <summary>
/// Two files of one child were merged: this interview of the other file now stands here as well, so that the guard covers both.
/// Its personal parts are sealed anew under this child's key.
/// </summary>
[EventType("interviews.interview-carried-over.v2")]
public sealed record InterviewCarriedOver(Guid ChildId, Guid FromChildId, Interview Interview) : InterviewsEvent(ChildId);
