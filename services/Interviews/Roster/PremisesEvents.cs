using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Roster;

/// <summary>A building was added, or what is known of it changed.</summary>
[EventType("interviews.studio-opened.v1")]
public sealed record StudioOpened(string StudioId, string Region, string Name, OpeningHours? Hours) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>A room was added, or what is known of it changed.</summary>
[EventType("interviews.room-equipped.v1")]
public sealed record RoomEquipped(string RoomId, string StudioId, int AgeFrom, int AgeTo, bool HasSeparateEntrance, bool IsAccessible) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>Opening hours of every building without hours of its own.</summary>
[EventType("interviews.opening-hours-set.v1")]
public sealed record OpeningHoursSet(OpeningHours Hours) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>The installation, a building or a room is out of use for a time.</summary>
[EventType("interviews.closing-planned.v1")]
public sealed record ClosingPlanned(Guid ClosingId, string? StudioId, string? RoomId, DateTimeOffset From, DateTimeOffset To) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>A closing is off.</summary>
[EventType("interviews.closing-withdrawn.v1")]
public sealed record ClosingWithdrawn(Guid ClosingId) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>Travel time between two buildings, or, without them, the default.</summary>
[EventType("interviews.travel-time-set.v1")]
public sealed record TravelTimeSet(string? FromStudio, string? ToStudio, int Minutes) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}
