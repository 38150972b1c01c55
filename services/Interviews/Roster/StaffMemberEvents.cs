using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Roster;

/// <summary>A person came on the roster, or the entry changed.</summary>
[EventType("interviews.person-enrolled.v1")]
public sealed record PersonEnrolled(
    StaffEntry Entry,
    [property: Personal(Regime.Police)] Personal<StaffIdentity> Identity) : IEvent
{
    public SubjectId Subject => SubjectId.Person(StaffMember.KeyOf(Entry.Id));
}

/// <summary>Working hours of a person; none: whenever the building is open.</summary>
[EventType("interviews.working-hours-set.v1")]
public sealed record WorkingHoursSet(string PersonId, IReadOnlyList<WorkingHours> Hours) : IEvent
{
    public SubjectId Subject => SubjectId.Person(StaffMember.KeyOf(PersonId));
}

/// <summary>A person will not be there.</summary>
[EventType("interviews.absence-recorded.v1")]
public sealed record AbsenceRecorded(string PersonId, Guid AbsenceId, DateTimeOffset From, DateTimeOffset To) : IEvent
{
    public SubjectId Subject => SubjectId.Person(StaffMember.KeyOf(PersonId));
}

/// <summary>The person will be there after all.</summary>
[EventType("interviews.absence-withdrawn.v1")]
public sealed record AbsenceWithdrawn(string PersonId, Guid AbsenceId) : IEvent
{
    public SubjectId Subject => SubjectId.Person(StaffMember.KeyOf(PersonId));
}
