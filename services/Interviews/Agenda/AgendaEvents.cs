using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Agenda;

/// <summary>Room, people and child are held together until the reservation expires.</summary>
[EventType("interviews.slot-reserved.v1")]
public sealed record SlotReserved(Reservation Reservation) : IEvent
{
    public SubjectId Subject => SubjectId.Child(Reservation.ChildId);
}

/// <summary>The interview was booked on it: it is held for good.</summary>
[EventType("interviews.slot-confirmed.v1")]
public sealed record SlotConfirmed(Guid ReservationId, Guid ChildId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>Given back.</summary>
/// <param name="ReservationId">Which.</param>
/// <param name="ChildId">Whose.</param>
/// <param name="Reason">Code: <c>rescheduled</c>, <c>cancelled</c>, <c>not-booked</c>.</param>
[EventType("interviews.slot-released.v1")]
public sealed record SlotReleased(Guid ReservationId, Guid ChildId, string Reason) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>Not confirmed in time: nothing is held any more.</summary>
[EventType("interviews.slot-expired.v1")]
public sealed record SlotExpired(Guid ReservationId, Guid ChildId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>Two files of one child were merged: the time that is held is that of the file that goes on.</summary>
/// <param name="ReservationId">Which.</param>
/// <param name="FromChildId">File it was held for.</param>
/// <param name="ChildId">File it is held for from now on.</param>
[EventType("interviews.slot-carried-over.v1")]
public sealed record SlotCarriedOver(Guid ReservationId, Guid FromChildId, Guid ChildId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>A suspect is expected in a building. Names no person, only opaque keys of cases.</summary>
[EventType("interviews.suspect-expected.v1")]
public sealed record SuspectExpected(SuspectVisit Visit) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>The suspect is not expected after all.</summary>
[EventType("interviews.suspect-not-expected.v1")]
public sealed record SuspectNotExpected(Guid VisitId) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}
