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

/// <summary>A rule was set aside; which one stood in clear.</summary>
[EventType("interviews.waiver-granted.v1", Retired = true)]
public sealed record WaiverGrantedV1(Guid ChildId, Guid InterviewId, WaiverV1 Waiver) : InterviewsEvent(ChildId);

/// <summary>Room, people and time are fixed; what warned stood in clear.</summary>
[EventType("interviews.interview-booked.v1", Retired = true)]
public sealed record InterviewBookedV1(Guid ChildId, Guid InterviewId, BookingV1 Booking) : InterviewsEvent(ChildId);

/// <summary>The interview moved; what warned stood in clear.</summary>
[EventType("interviews.interview-rescheduled.v1", Retired = true)]
public sealed record InterviewRescheduledV1(
    Guid ChildId, Guid InterviewId, BookingV1 Booking, BookingV1 Replaced, [property: Personal(Regime.Police)] Personal<string>? Reason)
    : InterviewsEvent(ChildId);

/// <summary>The interview was called off; what had warned stood in clear.</summary>
[EventType("interviews.interview-cancelled.v1", Retired = true)]
public sealed record InterviewCancelledV1(Guid ChildId, Guid InterviewId, Cancellation Cancellation, BookingV1? Booking) : InterviewsEvent(ChildId);

/// <summary>The interview is over; whether it was broken off stood in clear.</summary>
[EventType("interviews.interview-completed.v1", Retired = true)]
public sealed record InterviewCompletedV1(Guid ChildId, Guid InterviewId, CompletionV1 Completion) : InterviewsEvent(ChildId);

/// <summary>The medical examination was planned; its date stood in clear, and whether it was for evidence.</summary>
[EventType("interviews.examination-planned.v1", Retired = true)]
public sealed record ExaminationPlannedV1(
    Guid ChildId,
    Guid AppointmentId,
    DateTimeOffset At,
    bool Forensic,
    [property: Personal(Regime.Medical)] Personal<string>? Place) : InterviewsEvent(ChildId);

/// <summary>The medical examination was planned; whether it was for evidence stood in clear.</summary>
[EventType("interviews.examination-planned.v2", Retired = true)]
public sealed record ExaminationPlannedV2(
    Guid ChildId,
    Guid AppointmentId,
    [property: Personal(Regime.Medical)] Personal<DateTimeOffset>? At,
    bool Forensic,
    [property: Personal(Regime.Medical)] Personal<string>? Place) : InterviewsEvent(ChildId);

/// <summary>The child was examined; when stood in clear.</summary>
[EventType("interviews.examination-done.v1", Retired = true)]
public sealed record ExaminationDoneV1(Guid ChildId, Guid AppointmentId, DateTimeOffset At) : InterviewsEvent(ChildId);

/// <summary>An interview of a merged file, with in clear what the events above had in clear.</summary>
[EventType("interviews.interview-carried-over.v1", Retired = true)]
public sealed record InterviewCarriedOverV1(Guid ChildId, Guid FromChildId, InterviewV1 Interview) : InterviewsEvent(ChildId);

/// <summary>What stood in clear is personal from here on; what was written stays as it was.</summary>
internal sealed class InterviewHistory
    : IUpcaster<ChildLearnedV1, ChildLearned>, IUpcaster<WaiverGrantedV1, WaiverGranted>, IUpcaster<InterviewBookedV1, InterviewBooked>,
      IUpcaster<InterviewRescheduledV1, InterviewRescheduled>, IUpcaster<InterviewCancelledV1, InterviewCancelled>,
      IUpcaster<InterviewCompletedV1, InterviewCompleted>, IUpcaster<ExaminationPlannedV1, ExaminationPlannedV2>,
      IUpcaster<ExaminationPlannedV2, ExaminationPlanned>, IUpcaster<ExaminationDoneV1, ExaminationDone>,
      IUpcaster<InterviewCarriedOverV1, InterviewCarriedOver>
{
    public ChildLearned Upcast(ChildLearnedV1 old) =>
        new(old.ChildId, old.SourceRevision, old.Status, old.MergedInto, old.Region, old.Facts, RestrictedSince: null);

    public WaiverGranted Upcast(WaiverGrantedV1 old) => new(old.ChildId, old.InterviewId, old.Waiver.Now());

    public InterviewBooked Upcast(InterviewBookedV1 old) => new(old.ChildId, old.InterviewId, old.Booking.Now());

    public InterviewRescheduled Upcast(InterviewRescheduledV1 old) => new(old.ChildId, old.InterviewId, old.Booking.Now(), old.Replaced.Now(), old.Reason);

    public InterviewCancelled Upcast(InterviewCancelledV1 old) => new(old.ChildId, old.InterviewId, old.Cancellation, old.Booking?.Now());

    public InterviewCompleted Upcast(InterviewCompletedV1 old) => new(old.ChildId, old.InterviewId, old.Completion.Now());

    public ExaminationPlannedV2 Upcast(ExaminationPlannedV1 old) =>
        new(old.ChildId, old.AppointmentId, Personal.Of(old.At), old.Forensic, old.Place);

    public ExaminationPlanned Upcast(ExaminationPlannedV2 old) =>
        new(old.ChildId, old.AppointmentId, old.At, Personal.Of(old.Forensic), old.Place);

    public ExaminationDone Upcast(ExaminationDoneV1 old) => new(old.ChildId, old.AppointmentId, Personal.Of(old.At));

    public InterviewCarriedOver Upcast(InterviewCarriedOverV1 old) => new(old.ChildId, old.FromChildId, old.Interview.Now());
}
