using Barnahus.Interviews.Slots;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Interviews;

/// <summary>A wish about the interviews of one child. Times, ids and what is known of the child come in with it.</summary>
public abstract record InterviewsCommand
{
    private InterviewsCommand()
    {
    }

    /// <summary>What Intake said of the child's file.</summary>
    public sealed record LearnChild(ChildLearned Learned) : InterviewsCommand;

    /// <summary>A merge: what the other file holds, opened and ready to be sealed under this child's key.</summary>
    public sealed record CarryOver(
        Guid ChildId,
        Guid FromChildId,
        IReadOnlyList<Interview> Interviews,
        MedicalExamination? Medical,
        SuspectDecision? SuspectDecision) : InterviewsCommand
    {
        /// <summary>Of the other file what is compared.</summary>
        public ComparedParts There { get; init; } = ComparedParts.None;

        /// <summary>The same of this file, as it stands when it is decided.</summary>
        public ComparedParts Here { get; init; } = ComparedParts.None;
    }

    public sealed record RecordTimes(ChildTimes Times) : InterviewsCommand;

    public sealed record DecideSuspectStatus(SuspectDecision Decision) : InterviewsCommand;

    /// <summary><paramref name="Request"/>'s <see cref="InterviewRequest.Second"/> is the decider's to say.</summary>
    public sealed record RequestInterview(Guid InterviewId, string Kind, InterviewRequest Request, KnownChild Child) : InterviewsCommand;

    /// <param name="AppointmentId">New.</param>
    /// <param name="At">When the examination is to be.</param>
    /// <param name="Forensic">For evidence: only inside the acute window.</param>
    /// <param name="Place">Where, and with whom.</param>
    /// <param name="Blind">A part of the file is kept from who asks until the interview.</param>
    public sealed record PlanExamination(
        Guid AppointmentId, DateTimeOffset At, bool Forensic, Personal<string>? Place, KnownChild Child, InterviewSettings Settings, bool Blind = false) : InterviewsCommand;

    public sealed record RecordExamination(Guid AppointmentId, DateTimeOffset At) : InterviewsCommand;

    /// <summary>A wish about one interview.</summary>
    public abstract record OfInterview(Guid InterviewId) : InterviewsCommand;

    public sealed record Decide(Guid InterviewId, InterviewDecision Decision) : OfInterview(InterviewId);

    public sealed record AssignPsychologist(Guid InterviewId, string PsychologistId) : OfInterview(InterviewId);

    public sealed record GiveAdvice(Guid InterviewId, DateTimeOffset At, Guid? By, Personal<Advice> Content) : OfInterview(InterviewId);

    public sealed record AcknowledgeAdvice(Guid InterviewId, int Version, Guid By) : OfInterview(InterviewId);

    /// <param name="PreVisit">The visit; its finding is sealed.</param>
    /// <param name="TellingWillWork">What the decision computes on.</param>
    public sealed record RecordPreVisit(Guid InterviewId, PreVisit PreVisit, bool TellingWillWork) : OfInterview(InterviewId);

    /// <param name="Waiver">The waiver; its rule is sealed.</param>
    /// <param name="Rule">What the decision computes on.</param>
    /// <param name="Child">Knows what is waived already.</param>
    public sealed record GrantWaiver(Guid InterviewId, Waiver Waiver, string Rule, KnownChild Child) : OfInterview(InterviewId);

    /// <param name="Booking">Reserved in the agenda under its id.</param>
    /// <param name="Warnings">What the slot search warned of; the decider adds the rest.</param>
    /// <param name="Now">Domain time.</param>
    /// <param name="Child">What is known of the child.</param>
    /// <param name="Lengths">Lengths by age: above some a warning.</param>
    public sealed record Book(
        Guid InterviewId, Booking Booking, IReadOnlyList<string> Warnings, DateTimeOffset Now, KnownChild Child, InterviewLengths Lengths) : OfInterview(InterviewId);

    /// <inheritdoc cref="Book"/>
    public sealed record Reschedule(
        Guid InterviewId, Booking Booking, IReadOnlyList<string> Warnings, Personal<string> Reason, DateTimeOffset Now, KnownChild Child,
        InterviewLengths Lengths)
        : OfInterview(InterviewId);

    /// <summary>The agenda no longer holds the reservation.</summary>
    public sealed record LetBookingLapse(Guid InterviewId, Guid BookingId) : OfInterview(InterviewId);

    public sealed record Cancel(Guid InterviewId, Cancellation Cancellation) : OfInterview(InterviewId);

    /// <param name="At">Domain time.</param>
    /// <param name="By">Account that holds it: it must have acknowledged the latest advice.</param>
    /// <param name="Role">Role it acts in.</param>
    /// <param name="Booked">Account that the roster links to the booked interviewer; null when it links none.</param>
    /// <param name="Child">What is known of the child.</param>
    /// <param name="Settings">How early it may start.</param>
    public sealed record Start(
        Guid InterviewId, DateTimeOffset At, Guid By, string Role, Guid? Booked, KnownChild Child, InterviewSettings Settings) : OfInterview(InterviewId);

    public sealed record EnterPhase(Guid InterviewId, PhaseEntered Phase) : OfInterview(InterviewId);

    /// <param name="Completion">How it ended; sealed.</param>
    /// <param name="BrokenOff">What the decision computes on.</param>
    public sealed record Complete(Guid InterviewId, Completion Completion, bool BrokenOff) : OfInterview(InterviewId);
}

/// <summary>What two merged files may both hold, opened so that they can be compared.</summary>
/// <param name="AppointmentAt">When the medical examination is planned; null when it is not, or that was destroyed.</param>
/// <param name="Forensic">That is for evidence.</param>
/// <param name="Times">The child's own times; null when nobody recorded them, or they were destroyed.</param>
/// <param name="EverRecorded">All own times that were ever recorded: what is not among <paramref name="Times"/> any more was taken back.</param>
public sealed record ComparedParts(DateTimeOffset? AppointmentAt, bool Forensic, ChildTimes? Times, IReadOnlyList<OwnTime> EverRecorded)
{
    public static readonly ComparedParts None = new(null, false, null, []);
}
