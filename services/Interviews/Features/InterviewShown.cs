using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>The interviews of a child as one role may see them: what is not for it is absent.</summary>
/// <param name="MergedInto">Where the child's file goes on.</param>
/// <param name="Items">This page of them, in the order of their requests.</param>
/// <param name="Times">The child's own times and its travel time.</param>
public sealed record InterviewsShown(
    Guid ChildId,
    Guid? MergedInto,
    IReadOnlyList<InterviewShown> Items,
    MedicalShown? Medical,
    SuspectStatusShown? SuspectStatus,
    Opened<ChildTimes>? Times);

/// <summary>One interview as one role may see it.</summary>
/// <param name="Kind">E.g. <c>forensic</c>.</param>
/// <param name="Status">E.g. <c>booked</c>.</param>
public sealed record InterviewShown(
    Guid ChildId,
    Guid InterviewId,
    string Kind,
    string Status,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? CancelledAt)
{
    public BookingShown? Booking { get; init; }

    /// <summary>The child was questioned before.</summary>
    public bool? Second { get; init; }

    /// <summary>File in which it was requested, when a merge brought it here.</summary>
    public Guid? CarriedFrom { get; init; }

    /// <summary>Code of the roster.</summary>
    public string? PsychologistId { get; init; }

    /// <summary>Code of the roster: who interviewed this child before.</summary>
    public string? ProposedInterviewerId { get; init; }

    public IReadOnlyList<PhaseEntered>? Phases { get; init; }

    public RequestShown? Request { get; init; }

    public DecisionShown? Decision { get; init; }

    public PreVisitShown? PreVisit { get; init; }

    public IReadOnlyList<WaiverShown>? Waivers { get; init; }

    public CancellationShown? Cancellation { get; init; }

    /// <summary>All versions; the latest only for who needs to know how to receive the child.</summary>
    public IReadOnlyList<AdviceShown>? Advice { get; init; }

    public AccountShown? Account { get; init; }
}

/// <summary>When and where it is, everybody on the team must know; who comes with the child, and how a hearing is arranged, is told in the file.</summary>
/// <param name="Start">The interview starts, UTC.</param>
/// <param name="End">The interview ends, UTC.</param>
public sealed record BookingShown(DateTimeOffset Start, DateTimeOffset End, string RoomId)
{
    public Guid? BookingId { get; init; }

    public DateOnly? AgendaDay { get; init; }

    public string? InterviewerId { get; init; }

    public string? PsychologistId { get; init; }

    public string? InterpreterId { get; init; }

    public string? SupportPersonId { get; init; }

    public IReadOnlyList<AttendanceShown>? Attendance { get; init; }

    public HearingArrangement? Hearing { get; init; }

    /// <summary>Codes of what did not refuse it and should be known, and of what warns by what is known now; none when absent.</summary>
    public Opened<IReadOnlyList<string>>? Warnings { get; init; }
}

/// <param name="PersonId">Representative or another companion.</param>
/// <param name="Place">Where they may be.</param>
/// <param name="Barred">The rule that keeps them away by what is known now, whatever was known when it was booked; null when none does.</param>
public sealed record AttendanceShown(Guid PersonId, string Place, string? Barred);

/// <param name="By">Account that asked for it.</param>
/// <param name="CaseIds">Criminal cases it is for.</param>
public sealed record RequestShown(Guid? By, IReadOnlyList<Guid> CaseIds, Opened<string>? Question, Opened<string>? Ground);

/// <param name="By">Account that decided.</param>
public sealed record DecisionShown(
    bool Approved,
    bool GroundApproved,
    DateTimeOffset At,
    Guid? By,
    string Role,
    Opened<string>? Reasoning,
    Opened<IReadOnlyList<string>>? ContraIndications);

/// <param name="By">Account that made it.</param>
public sealed record PreVisitShown(DateTimeOffset At, Guid? By, Opened<PreVisitFinding>? Finding);

/// <param name="By">Account that set the rule aside.</param>
public sealed record WaiverShown(Opened<string>? Rule, DateTimeOffset At, Guid? By, string Role, Opened<string>? Why);

/// <param name="By">Account that called it off.</param>
public sealed record CancellationShown(DateTimeOffset At, Guid? By, Opened<CancellationGround>? Ground);

/// <param name="Content">The whole, or what one needs to receive the child.</param>
/// <param name="By">Account that gave it.</param>
/// <param name="AcknowledgedBy">Accounts that read it.</param>
public sealed record AdviceShown(
    int Version,
    Either<Opened<Advice>, PracticalAdvice>? Content,
    DateTimeOffset? At = null,
    Guid? By = null,
    IReadOnlyList<Guid>? AcknowledgedBy = null);

/// <summary>What of an advice one needs to receive the child well.</summary>
public sealed record PracticalAdvice(string? Setting, string? Pace, string? Breaks);

/// <summary>How it went: the child's account.</summary>
/// <param name="By">Account that closed it.</param>
/// <param name="Recording">Where it is kept.</param>
/// <param name="Remark">The child's own.</param>
public sealed record AccountShown(
    DateTimeOffset At,
    Guid? By,
    Opened<bool>? BrokenOff,
    string RecordingSha256,
    Opened<string>? Recording,
    Opened<IReadOnlyList<Presence>>? Present,
    Opened<IReadOnlyList<string>>? Deviations,
    Opened<string>? Remark);

/// <param name="ExaminedAt">When the child was first examined.</param>
public sealed record MedicalShown(Guid AppointmentId, Opened<DateTimeOffset>? AppointmentAt, Opened<bool>? Forensic, Opened<string>? Place, Opened<DateTimeOffset>? ExaminedAt);

/// <param name="By">Account that decided.</param>
public sealed record SuspectStatusShown(DateTimeOffset At, Guid? By, Opened<SuspectStatus>? Status);
