using System.Collections.Immutable;
using Barnahus.Contracts;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Interviews;

/// <summary>
/// All interviews of one child, in one stream: so "one interview" is decided on one revision and cannot be raced.
/// </summary>
public sealed record ChildInterviews
{
    public static readonly ChildInterviews Initial = new();

    /// <summary>What Intake said of the child's file; null until it said something.</summary>
    public LearnedFile? File { get; init; }

    public SuspectDecision? SuspectDecision { get; init; }

    public ImmutableList<Interview> Interviews { get; init; } = [];

    public MedicalExamination? Medical { get; init; }

    /// <summary>All medical appointments that were ever planned.</summary>
    public ImmutableList<Guid> Appointments { get; init; } = [];

    /// <summary>The child's own times as they were recorded, sealed, the latest last.</summary>
    public ImmutableList<Personal<ChildTimes>> TimesRecorded { get; init; } = [];

    /// <summary>The child's own times, sealed; null until somebody recorded them.</summary>
    public Personal<ChildTimes>? Times => TimesRecorded is [.., var last] ? last : null;

    /// <summary>Events of this stream: what <see cref="Evolve"/> knows.</summary>
    public static IReadOnlyList<Type> EventTypes { get; } =
    [
        typeof(ChildLearned), typeof(ChildTimesRecorded), typeof(SuspectStatusDecided), typeof(InterviewRequested), typeof(InterviewCarriedOver),
        typeof(InterviewDecided),
        typeof(PsychologistAssigned), typeof(AdviceGiven), typeof(AdviceAcknowledged), typeof(PreVisitDone), typeof(WaiverGranted),
        typeof(InterviewBooked), typeof(InterviewRescheduled), typeof(BookingLapsed), typeof(InterviewCancelled), typeof(InterviewStarted),
        typeof(InterviewPhaseEntered), typeof(InterviewCompleted), typeof(ExaminationPlanned), typeof(ExaminationDone),
    ];

    public static string StreamOf(Guid childId) => $"interviews.child-{childId:D}";

    public Interview? Find(Guid interviewId) => Interviews.Find(interview => interview.InterviewId == interviewId);

    public static ChildInterviews Evolve(ChildInterviews state, IEvent @event) => @event switch
    {
        ChildLearned e => state with { File = new(e.ChildId, e.SourceRevision, e.Status, e.MergedInto, e.Region, e.Facts, e.RestrictedSince) },
        ChildTimesRecorded e => state with { TimesRecorded = state.TimesRecorded.Add(e.Times) },
        SuspectStatusDecided e => state with { SuspectDecision = e.Decision },
        InterviewRequested e => state with { Interviews = state.Interviews.Add(Requested(e)) },
        InterviewCarriedOver e => state with { Interviews = state.Interviews.Add(e.Interview with { CarriedFrom = e.Interview.CarriedFrom ?? e.FromChildId }) },
        InterviewDecided e => state.With(e.InterviewId, interview => interview with
        {
            Decision = e.Decision,
            Status = e.Decision.Approved ? InterviewStatus.Decided : InterviewStatus.Refused,
        }),
        PsychologistAssigned e => state.With(e.InterviewId, interview => interview with { PsychologistId = e.PsychologistId }),
        AdviceGiven e => state.With(e.InterviewId, interview => interview with { Advice = [.. interview.Advice, e.Version] }),
        AdviceAcknowledged e => state.With(e.InterviewId, interview => Acknowledged(interview, e)),
        PreVisitDone e => state.With(e.InterviewId, interview => interview with { PreVisit = e.PreVisit }),
        WaiverGranted e => state.With(e.InterviewId, interview => interview with { Waivers = [.. interview.Waivers, e.Waiver] }),
        InterviewBooked e => state.With(e.InterviewId, interview => interview with { Booking = e.Booking, Status = InterviewStatus.Booked }),
        InterviewRescheduled e => state.With(e.InterviewId, interview => interview with { Booking = e.Booking }),
        BookingLapsed e => state.With(e.InterviewId, interview => interview with { Booking = null, Status = InterviewStatus.Decided }),
        InterviewCancelled e => state.With(e.InterviewId, interview => interview with
        {
            Booking = null,
            Cancellation = e.Cancellation,
            Status = InterviewStatus.Cancelled,
        }),
        InterviewStarted e => state.With(e.InterviewId, interview => interview with
        {
            StartedAt = e.At,
            StartedBy = e.By,
            Status = InterviewStatus.Started,
        }),
        InterviewPhaseEntered e => state.With(e.InterviewId, interview => interview with { Phases = [.. interview.Phases, e.Phase] }),
        InterviewCompleted e => state.With(e.InterviewId, interview => interview with
        {
            Completion = e.Completion,
            Status = InterviewStatus.Completed,
        }),
        ExaminationPlanned e => state with
        {
            Medical = new(e.AppointmentId, e.At, e.Forensic, e.Place, null, state.Medical?.FirstExaminedAt),
            Appointments = state.Appointments.Add(e.AppointmentId),
        },
        ExaminationDone e => state with { Medical = Examined(state.Medical!, e) },
        _ => throw new InvalidOperationException($"The stream of a child's interviews does not know {@event.GetType().Name}."),
    };

    /// <summary>At another appointment than the present one: the other file's, of a merge.</summary>
    private static MedicalExamination Examined(MedicalExamination medical, ExaminationDone e) => medical.AppointmentId == e.AppointmentId
        ? medical with { ExaminedAt = e.At }
        : medical with { ExaminedBefore = medical.ExaminedBefore ?? e.At };

    private static Interview Requested(InterviewRequested e) =>
        new() { InterviewId = e.InterviewId, Kind = e.Kind, Status = InterviewStatus.Requested, Request = e.Request };

    private static Interview Acknowledged(Interview interview, AdviceAcknowledged e) => interview with
    {
        Advice = [.. interview.Advice.Select(version => version.Version == e.Version
            ? version with { AcknowledgedBy = [.. version.AcknowledgedBy, e.By] }
            : version)],
    };

    private ChildInterviews With(Guid interviewId, Func<Interview, Interview> change)
    {
        var index = Interviews.FindIndex(interview => interview.InterviewId == interviewId);
        return this with { Interviews = Interviews.SetItem(index, change(Interviews[index])) };
    }
}

/// <summary>A child's file as Intake last told it.</summary>
/// <param name="SourceRevision">Revision of Intake's stream: what is not newer is ignored.</param>
/// <param name="Facts">Sealed until a feature opens it for a decision.</param>
/// <param name="RestrictedSince">Since when the last part restricted until the interview has been so; null: none is.</param>
public sealed record LearnedFile(
    Guid ChildId,
    long SourceRevision,
    string Status,
    Guid? MergedInto,
    string Region,
    [property: Personal(Regime.Police)] Personal<ChildFacts>? Facts,
    DateTimeOffset? RestrictedSince);
