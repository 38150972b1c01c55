namespace Barnahus.Interviews.Slots;

/// <summary>Slots, best first, and why every other candidate was rejected.</summary>
/// <param name="Slots">Ranked: score, then start, then room.</param>
/// <param name="Rejected">Rejected candidates by room and time; neighbours with equal rules folded.</param>
public sealed record SlotAnswer(IReadOnlyList<Slot> Slots, IReadOnlyList<Rejection> Rejected);

/// <summary>A room and a 15-minute start at which everything fits, with the best people for it.</summary>
/// <param name="Start">The interview starts, UTC; the child is welcomed before it.</param>
/// <param name="End">The interview ends, UTC; aftercare follows.</param>
/// <param name="RoomId">Room.</param>
/// <param name="InterviewerId">Interviewer.</param>
/// <param name="PsychologistId">Investigative psychologist.</param>
/// <param name="InterpreterId">Interpreter, if one is needed.</param>
/// <param name="SupportId">Support person, if one is wanted and there.</param>
/// <param name="Score">Higher is better; says nothing beyond the order.</param>
/// <param name="Why">Codes of <see cref="SlotReasons"/>: what speaks for it, and warnings.</param>
public sealed record Slot(
    DateTimeOffset Start,
    DateTimeOffset End,
    string RoomId,
    string InterviewerId,
    string PsychologistId,
    string? InterpreterId,
    string? SupportId,
    int Score,
    IReadOnlyList<string> Why);

/// <summary>Candidates of one room, next to each other, rejected by the same rules.</summary>
/// <param name="RoomId">Room.</param>
/// <param name="From">First rejected start, UTC.</param>
/// <param name="To">End of the last rejected quarter, UTC, exclusive.</param>
/// <param name="Rules">Names of rules, in a fixed order.</param>
public sealed record Rejection(string RoomId, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> Rules);

/// <summary>What somebody chose, from a search or by hand.</summary>
public sealed record SlotChoice(
    DateTimeOffset Start, string RoomId, string InterviewerId, string PsychologistId, string? InterpreterId = null, string? SupportId = null)
{
    /// <summary>Everybody it takes.</summary>
    public IReadOnlyList<string> PersonIds =>
        [.. new[] { InterviewerId, PsychologistId, InterpreterId, SupportId }.OfType<string>()];
}

/// <summary>Codes that say why a slot ranks where it does.</summary>
public static class SlotReasons
{
    public const string SameInterviewer = "same-interviewer";
    public const string SamePsychologist = "same-psychologist";
    public const string SameInterpreter = "same-interpreter";
    public const string WithinWaitingMark = "within-waiting-mark";
    public const string AfterWaitingMark = "after-waiting-mark";
    public const string Specialised = "specialised";
    public const string RoomForAge = "room-for-age";
    public const string SameVisitAsMedical = "same-visit-as-medical";

    /// <summary>Warning: longer than five minutes per year of age.</summary>
    public const string LongForAge = "long-for-age";

    /// <summary>Warning: no support person of the roster is free; somebody else must be found.</summary>
    public const string SupportToArrange = "support-person-to-arrange";

    /// <summary>Warning of a booking: somebody who is invited is suspected or may not be informed, as it is known now.</summary>
    public const string AttendanceBarred = "attendance-barred";

    /// <summary>Everybody who wants to watch from the observation room can be there.</summary>
    public const string ObserversFree = "observers-free";

    /// <summary>Warning: not everybody who wants to watch can be there; never who.</summary>
    public const string ObserverUnavailable = "observer-unavailable";
}
