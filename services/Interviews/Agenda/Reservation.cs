using System.Text.Json.Serialization;

namespace Barnahus.Interviews.Agenda;

/// <summary>Where a reservation stands.</summary>
public enum ReservationStatus
{
    /// <summary>Held until it expires, waiting for the booking.</summary>
    Reserved,

    /// <summary>Held for good.</summary>
    Confirmed,

    /// <summary>Not confirmed in time; nothing is held any more.</summary>
    Expired,

    /// <summary>Given back.</summary>
    Released,
}

/// <summary>What is held together for one interview: a room, people and the child's own time. All in one building on one Dutch day.</summary>
/// <param name="Id">Identity.</param>
/// <param name="ChildId">Child whose time it is. A planner never sees it.</param>
/// <param name="StudioId">Building.</param>
/// <param name="RoomId">Room.</param>
/// <param name="PersonIds">Codes of the people: interviewer, psychologist, interpreter, support person.</param>
/// <param name="From">The visit begins, with the welcome, UTC.</param>
/// <param name="To">The visit ends, with the aftercare, UTC, exclusive.</param>
/// <param name="StartsAt">The interview itself starts, UTC.</param>
/// <param name="EndsAt">The interview itself ends, UTC.</param>
/// <param name="CaseKeys">Opaque keys of the cases the child is part of, in whatever way: parties to one case never meet in a building.</param>
/// <param name="ExpiresAt">Until when it is held without confirmation, UTC.</param>
public sealed record Reservation(
    Guid Id,
    Guid ChildId,
    string StudioId,
    string RoomId,
    IReadOnlyList<string> PersonIds,
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    IReadOnlyList<string> CaseKeys,
    DateTimeOffset ExpiresAt)
{
    /// <summary>Folded from later events, so no part of the event itself.</summary>
    [JsonIgnore]
    public ReservationStatus Status { get; init; } = ReservationStatus.Reserved;

    /// <summary>What a planner sees in place of a child: a number that leads nowhere.</summary>
    [JsonIgnore]
    public string Number => Id.ToString("N")[..8].ToUpperInvariant();

    /// <summary>Whether it holds its room, people and child at this moment.</summary>
    public bool HoldsAt(DateTimeOffset now) =>
        Status == ReservationStatus.Confirmed || (Status == ReservationStatus.Reserved && now < ExpiresAt);

    /// <summary>Whether the two visits have a moment in common.</summary>
    public bool Overlaps(DateTimeOffset from, DateTimeOffset to) => From < to && from < To;

    /// <summary>Whether they overlap or one begins the moment the other ends: the waiting room is shared then.</summary>
    public bool Touches(DateTimeOffset from, DateTimeOffset to) => From <= to && from <= To;

    public bool Equals(Reservation? other) =>
        other is not null && Id == other.Id && ChildId == other.ChildId && StudioId == other.StudioId && RoomId == other.RoomId
        && From == other.From && To == other.To && StartsAt == other.StartsAt && EndsAt == other.EndsAt && ExpiresAt == other.ExpiresAt
        && Status == other.Status && PersonIds.SequenceEqual(other.PersonIds) && CaseKeys.SequenceEqual(other.CaseKeys);

    public override int GetHashCode() => Id.GetHashCode();
}

/// <summary>A suspect is expected in a building, e.g. for questioning by the police elsewhere in it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="StudioId">Building.</param>
/// <param name="From">From, UTC.</param>
/// <param name="To">To, UTC, exclusive.</param>
/// <param name="CaseKeys">Opaque keys of the cases.</param>
public sealed record SuspectVisit(Guid Id, string StudioId, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> CaseKeys)
{
    /// <summary>Whether a visit of a child overlaps it or touches it.</summary>
    public bool Touches(DateTimeOffset from, DateTimeOffset to) => From <= to && from <= To;

    public bool Equals(SuspectVisit? other) =>
        other is not null && Id == other.Id && StudioId == other.StudioId && From == other.From && To == other.To
        && CaseKeys.SequenceEqual(other.CaseKeys);

    public override int GetHashCode() => Id.GetHashCode();
}
