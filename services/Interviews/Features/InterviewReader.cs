using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>
/// Shows interviews to one caller, group by group: the file (request, decision, visit, waivers), the advice (or its practical part only),
/// the child's account, the medical part. Every group that is opened is on the request's access record.
/// </summary>
internal sealed class InterviewReader(Guid childId, ChildInterviews state, AccessGate gate, PersonalData personal, BookingReview review)
{
    private readonly Sight _file = gate.Look(childId, DataGroup.File);
    private readonly Sight _advice = gate.Look(childId, DataGroup.Advice);
    private readonly Sight _account = gate.Look(childId, DataGroup.Account);
    private readonly Sight _medical = gate.Look(childId, DataGroup.Medical);

    private bool SeesFile => _file is Sight.Full or Sight.UntilInterview;

    /// <summary>Dates and places for all on the team; how it came about and how it went for those who see the file.</summary>
    public InterviewShown Show(Interview interview)
    {
        var shown = new InterviewShown(
            childId,
            interview.InterviewId,
            interview.Kind,
            interview.Status,
            interview.Request.At,
            interview.StartedAt,
            interview.Completion?.At,
            interview.Cancellation?.At)
        {
            Booking = interview.Booking is { } booking ? Show(interview, booking) : null,
            Advice = ShowAdvice(interview),
            Account = _account == Sight.Full && interview.Completion is { } completion ? Show(completion) : null,
        };
        return !SeesFile ? shown : shown with
        {
            Second = interview.Request.Second,
            CarriedFrom = interview.CarriedFrom,
            PsychologistId = interview.PsychologistId,
            ProposedInterviewerId = interview.IsOpen ? OneInterview.InterviewerBefore(state, interview.InterviewId) : null,
            Phases = interview.Phases,
            Request = new(interview.Request.By, interview.Request.CaseIds, Open(interview.Request.Question), Open(interview.Request.Ground)),
            Decision = interview.Decision is { } decision ? Show(decision) : null,
            PreVisit = interview.PreVisit is { } visit ? new(visit.At, visit.By, Open(visit.Finding)) : null,
            Waivers = [.. interview.Waivers.Select(waiver => new WaiverShown(Open(waiver.Rule), waiver.At, waiver.By, waiver.Role, Open(waiver.Why)))],
            Cancellation = interview.Cancellation is { } cancelled ? new(cancelled.At, cancelled.By, Open(cancelled.Ground)) : null,
        };
    }

    /// <summary>Null where the medical part is not to be seen. Of the appointment others learn from the booking alone.</summary>
    public MedicalShown? Medical() => _medical == Sight.Full && state.Medical is { } medical
        ? new(medical.AppointmentId, Open(medical.AppointmentAt), Open(medical.Forensic), Open(medical.Place), Open(medical.FirstExaminedAt))
        : null;

    public Opened<ChildTimes>? OwnTimes() => SeesFile && state.Times is { } times ? Open(times) : null;

    /// <summary>For those who have a part in the questioning: what makes a child a suspect is kept apart from the victim's file (Wpg 6b).</summary>
    public SuspectStatusShown? SuspectStatus() => _account == Sight.Full && state.SuspectDecision is { } decision
        ? new(decision.At, decision.By, Open(decision.Status))
        : null;

    private DecisionShown Show(InterviewDecision decision) => new(
        decision.Approved, decision.GroundApproved, decision.At, decision.By, decision.Role, Open(decision.Reasoning), Open(decision.ContraIndications));

    private BookingShown Show(Interview interview, Booking booking)
    {
        var appointment = new BookingShown(booking.Start, booking.End, booking.RoomId);
        return !SeesFile ? appointment : appointment with
        {
            BookingId = booking.BookingId,
            AgendaDay = booking.AgendaDay,
            InterviewerId = booking.InterviewerId,
            PsychologistId = booking.PsychologistId,
            InterpreterId = booking.InterpreterId,
            SupportPersonId = booking.SupportPersonId,
            Attendance = review.Attendance(state, booking, gate),
            Hearing = booking.Hearing,
            Warnings = review.Warnings(state, interview, gate),
        };
    }

    private AccountShown Show(Completion completion) => new(
        completion.At,
        completion.By,
        Open(completion.BrokenOff),
        completion.RecordingSha256,
        Open(completion.Recording),
        Open(completion.Present),
        Open(completion.Deviations),
        Open(completion.Remark));

    private IReadOnlyList<AdviceShown>? ShowAdvice(Interview interview) => _advice switch
    {
        Sight.Full => [.. interview.Advice.Select(version => new AdviceShown(version.Version, Of(Open(version.Content)), version.At, version.By, version.AcknowledgedBy))],

        // What one needs to receive the child well; nothing of trauma, triggers or what speaks against an interview.
        Sight.Needs => [.. interview.Advice.TakeLast(1).Select(version => new AdviceShown(version.Version, Practical(version)))],
        _ => null,
    };

    private static Either<Opened<Advice>, PracticalAdvice>? Of(Opened<Advice>? content) => content is { } opened ? new(opened) : null;

    private Either<Opened<Advice>, PracticalAdvice>? Practical(AdviceVersion version) =>
        version.Content is { } content && personal.Open(content) is { ValueOrDefault: { } advice }
            ? new(new PracticalAdvice(advice.Setting, advice.Pace, advice.Breaks))
            : null;

    private Opened<T>? Open<T>(Personal<T>? value)
        where T : notnull => value is null ? null : personal.Open(value);
}
