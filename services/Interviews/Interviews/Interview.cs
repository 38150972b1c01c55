using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Interviews;

/// <summary>One interview of a child, as its events made it. Personal parts stay sealed.</summary>
public sealed record Interview
{
    public required Guid InterviewId { get; init; }

    /// <summary>An <see cref="InterviewKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>An <see cref="InterviewStatus"/>.</summary>
    public required string Status { get; init; }

    public required InterviewRequest Request { get; init; }

    public InterviewDecision? Decision { get; init; }

    /// <summary>Roster id of the investigative psychologist.</summary>
    public string? PsychologistId { get; init; }

    public IReadOnlyList<AdviceVersion> Advice { get; init; } = [];

    public PreVisit? PreVisit { get; init; }

    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    public Booking? Booking { get; init; }

    public Cancellation? Cancellation { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Account that held it.</summary>
    public Guid? StartedBy { get; init; }

    public IReadOnlyList<PhaseEntered> Phases { get; init; } = [];

    public Completion? Completion { get; init; }

    /// <summary>File in which it was requested, when a merge brought it here.</summary>
    public Guid? CarriedFrom { get; init; }

    /// <summary>It can still come to an interview, or is one at this moment.</summary>
    public bool IsOpen => Status is InterviewStatus.Requested or InterviewStatus.Decided or InterviewStatus.Booked or InterviewStatus.Started;
}

/// <summary>The medical examination of a child.</summary>
/// <param name="AppointmentId">Latest appointment.</param>
/// <param name="AppointmentAt">When it is, sealed; null when that was destroyed.</param>
/// <param name="Forensic">For evidence, inside the acute window; sealed, since it says that something happened in the days before.</param>
/// <param name="Place">Where, and with whom.</param>
/// <param name="ExaminedAt">When the examination was done, sealed.</param>
/// <param name="ExaminedBefore">When the child was first examined, at an earlier appointment, sealed.</param>
public sealed record MedicalExamination(
    Guid AppointmentId,
    [property: Personal(Regime.Medical)] Personal<DateTimeOffset>? AppointmentAt,
    [property: Personal(Regime.Medical)] Personal<bool>? Forensic,
    [property: Personal(Regime.Medical)] Personal<string>? Place,
    [property: Personal(Regime.Medical)] Personal<DateTimeOffset>? ExaminedAt,
    [property: Personal(Regime.Medical)] Personal<DateTimeOffset>? ExaminedBefore)
{
    /// <summary>When the child was first examined; null while it was not.</summary>
    public Personal<DateTimeOffset>? FirstExaminedAt => ExaminedBefore ?? ExaminedAt;
}
