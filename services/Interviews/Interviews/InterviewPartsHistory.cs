using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Interviews;

// Parts of an interview as the first versions of its events held them.

/// <summary>A waiver with its rule in clear.</summary>
public sealed record WaiverV1(string Rule, DateTimeOffset At, Guid? By, string Role, [property: Personal(Regime.Police)] Personal<string>? Why)
{
    internal Waiver Now() => new(Personal.Of(Rule), At, By, Role, Why);
}

/// <summary>A booking with its warnings in clear.</summary>
public sealed record BookingV1(
    Guid BookingId,
    DateOnly AgendaDay,
    string RoomId,
    DateTimeOffset Start,
    DateTimeOffset End,
    string InterviewerId,
    string PsychologistId,
    string? InterpreterId,
    string? SupportPersonId,
    IReadOnlyList<Attendance> Attendance,
    HearingArrangement? Hearing,
    IReadOnlyList<string> Warnings)
{
    internal Booking Now() => new(
        BookingId, AgendaDay, RoomId, Start, End, InterviewerId, PsychologistId, InterpreterId, SupportPersonId, Attendance, Hearing,
        Warnings.Count == 0 ? null : Personal.Of(Warnings));
}

/// <summary>A completion that says in clear whether it was broken off.</summary>
public sealed record CompletionV1(
    DateTimeOffset At,
    Guid? By,
    bool BrokenOff,
    string RecordingSha256,
    [property: Personal(Regime.Police)] Personal<string>? Recording,
    [property: Personal(Regime.Police)] Personal<IReadOnlyList<Presence>>? Present,
    [property: Personal(Regime.Police)] Personal<IReadOnlyList<string>>? Deviations,
    [property: Personal(Regime.Police)] Personal<string>? Remark)
{
    internal Completion Now() => new(At, By, Personal.Of(BrokenOff), RecordingSha256, Recording, Present, Deviations, Remark);
}

/// <summary>An interview made of these.</summary>
public sealed record InterviewV1
{
    public required Guid InterviewId { get; init; }

    public required string Kind { get; init; }

    public required string Status { get; init; }

    public required InterviewRequest Request { get; init; }

    public InterviewDecision? Decision { get; init; }

    public string? PsychologistId { get; init; }

    public IReadOnlyList<AdviceVersion> Advice { get; init; } = [];

    public PreVisit? PreVisit { get; init; }

    public IReadOnlyList<WaiverV1> Waivers { get; init; } = [];

    public BookingV1? Booking { get; init; }

    public Cancellation? Cancellation { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public Guid? StartedBy { get; init; }

    public IReadOnlyList<PhaseEntered> Phases { get; init; } = [];

    public CompletionV1? Completion { get; init; }

    public Guid? CarriedFrom { get; init; }

    internal Interview Now() => new()
    {
        InterviewId = InterviewId,
        Kind = Kind,
        Status = Status,
        Request = Request,
        Decision = Decision,
        PsychologistId = PsychologistId,
        Advice = Advice,
        PreVisit = PreVisit,
        Waivers = [.. Waivers.Select(waiver => waiver.Now())],
        Booking = Booking?.Now(),
        Cancellation = Cancellation,
        StartedAt = StartedAt,
        StartedBy = StartedBy,
        Phases = Phases,
        Completion = Completion?.Now(),
        CarriedFrom = CarriedFrom,
    };
}
