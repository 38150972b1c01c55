using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>
/// Shows interviews to one caller, group by group: the file (request, decision, visit, waivers), the advice (or its practical part only),
/// the child's account, the medical part. Every group that is opened is on the request's access record.
/// </summary>
internal sealed class InterviewReader(Guid childId, ChildInterviews state, AccessGate gate, PersonalData personal)
{
    private readonly Sight _file = gate.Look(childId, DataGroup.File);
    private readonly Sight _advice = gate.Look(childId, DataGroup.Advice);
    private readonly Sight _account = gate.Look(childId, DataGroup.Account);
    private readonly Sight _medical = gate.Look(childId, DataGroup.Medical);

    private bool SeesFile => _file is Sight.Full or Sight.UntilInterview;

    /// <summary>Dates and places for all on the team; how it came about and how it went for those who see the file.</summary>
    public object Show(Interview interview) => new
    {
        childId,
        interview.InterviewId,
        interview.Kind,
        interview.Status,
        requestedAt = interview.Request.At,
        booking = SeesFile ? Whole(interview.Booking) : Appointment(interview.Booking),
        interview.StartedAt,
        completedAt = interview.Completion?.At,
        cancelledAt = interview.Cancellation?.At,
        second = SeesFile ? interview.Request.Second : (bool?)null,
        carriedFrom = SeesFile ? interview.CarriedFrom : null,
        psychologistId = SeesFile ? interview.PsychologistId : null,
        proposedInterviewerId = SeesFile && interview.IsOpen ? OneInterview.InterviewerBefore(state, interview.InterviewId) : null,
        phases = SeesFile ? interview.Phases : null,
        request = SeesFile ? new { interview.Request.By, interview.Request.CaseIds, question = Open(interview.Request.Question), ground = Open(interview.Request.Ground) } : null,
        decision = SeesFile && interview.Decision is { } decision ? Show(decision) : null,
        preVisit = SeesFile && interview.PreVisit is { } visit
            ? new { visit.At, visit.By, finding = Open(visit.Finding) }
            : null,
        waivers = SeesFile ? interview.Waivers.Select(waiver => new { rule = Open(waiver.Rule), waiver.At, waiver.By, waiver.Role, why = Open(waiver.Why) }) : null,
        cancellation = SeesFile && interview.Cancellation is { } cancelled ? new { cancelled.At, cancelled.By, ground = Open(cancelled.Ground) } : null,
        advice = ShowAdvice(interview),
        account = _account == Sight.Full && interview.Completion is { } completion ? Show(completion) : null,
    };

    /// <summary>Null where the medical part is not to be seen. Of the appointment others learn from the booking alone.</summary>
    public object? Medical() => _medical == Sight.Full && state.Medical is { } medical
        ? new { medical.AppointmentId, appointmentAt = Open(medical.AppointmentAt), forensic = Open(medical.Forensic), place = Open(medical.Place), examinedAt = Open(medical.FirstExaminedAt) }
        : null;

    public object? OwnTimes() => SeesFile && state.Times is { } times ? Open(times) : null;

    /// <summary>For those who have a part in the questioning: what makes a child a suspect is kept apart from the victim's file (Wpg 6b).</summary>
    public object? SuspectStatus() => _account == Sight.Full && state.SuspectDecision is { } decision
        ? new { decision.At, decision.By, status = Open(decision.Status) }
        : null;

    // Who comes with the child, and how a hearing is arranged, is told in the file; when and where it is, everybody must know.
    private static object? Appointment(Booking? booking) => booking is null ? null : new { booking.Start, booking.End, booking.RoomId };

    private object? Whole(Booking? booking) => booking is null ? null : new
    {
        booking.BookingId,
        booking.AgendaDay,
        booking.RoomId,
        booking.Start,
        booking.End,
        booking.InterviewerId,
        booking.PsychologistId,
        booking.InterpreterId,
        booking.SupportPersonId,
        booking.Attendance,
        booking.Hearing,
        warnings = booking.Warnings is null ? Array.Empty<string>() : (object?)Open(booking.Warnings),
    };

    private object Show(InterviewDecision decision) => new
    {
        decision.Approved,
        decision.GroundApproved,
        decision.At,
        decision.By,
        decision.Role,
        reasoning = Open(decision.Reasoning),
        contraIndications = Open(decision.ContraIndications),
    };

    private object Show(Completion completion) => new
    {
        completion.At,
        completion.By,
        brokenOff = Open(completion.BrokenOff),
        completion.RecordingSha256,
        recording = Open(completion.Recording),
        present = Open(completion.Present),
        deviations = Open(completion.Deviations),
        remark = Open(completion.Remark),
    };

    private List<object>? ShowAdvice(Interview interview) => _advice switch
    {
        Sight.Full => [.. interview.Advice.Select(version => new
        {
            version.Version,
            version.At,
            version.By,
            version.AcknowledgedBy,
            content = Open(version.Content),
        })],

        // What one needs to receive the child well; nothing of trauma, triggers or what speaks against an interview.
        Sight.Needs => [.. interview.Advice.TakeLast(1).Select(version => new { version.Version, content = Practical(version) })],
        _ => null,
    };

    private object? Practical(AdviceVersion version) => version.Content is { } content && personal.Open(content) is { ValueOrDefault: { } advice }
        ? new { advice.Setting, advice.Pace, advice.Breaks }
        : null;

    private Opened<T>? Open<T>(Personal<T>? value)
        where T : notnull => value is null ? null : personal.Open(value);
}
