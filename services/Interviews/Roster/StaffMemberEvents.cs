using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Roster;

/// <summary>A person came on the roster, or the entry changed.</summary>
/// <param name="Languages">Languages of an interpreter, ISO 639-1: sealed, since the interpreter who is booked tells what the child speaks.</param>
[EventType("interviews.person-enrolled.v2")]
public sealed record PersonEnrolled(
    StaffEntry Entry,
    [property: Personal(Regime.Police)] Personal<StaffIdentity> Identity,
    [property: Personal(Regime.Police)] Personal<IReadOnlyList<string>> Languages) : IEvent
{
    public SubjectId Subject => SubjectId.Person(StaffMember.KeyOf(Entry.Id));
}

/// <summary>Working hours of a person; none: whenever the building is open. Sealed: who works when is that person's own affair.</summary>
[EventType("interviews.working-hours-set.v2")]
public sealed record WorkingHoursSet(
    string PersonId,
    [property: Personal(Regime.Police)] Personal<IReadOnlyList<WorkingHours>> Hours) : IEvent
{
    public SubjectId Subject => SubjectId.Person(StaffMember.KeyOf(PersonId));
}

/// <summary>A person will not be there. When is sealed, and the id does not follow from it: leave tells of illness, of a child, of a strike.</summary>
[EventType("interviews.absence-recorded.v2")]
public sealed record AbsenceRecorded(
    string PersonId,
    Guid AbsenceId,
    [property: Personal(Regime.Police)] Personal<Period> Period) : IEvent
{
    public SubjectId Subject => SubjectId.Person(StaffMember.KeyOf(PersonId));
}

/// <summary>The person will be there after all.</summary>
[EventType("interviews.absence-withdrawn.v1")]
public sealed record AbsenceWithdrawn(string PersonId, Guid AbsenceId) : IEvent
{
    public SubjectId Subject => SubjectId.Person(StaffMember.KeyOf(PersonId));
}
