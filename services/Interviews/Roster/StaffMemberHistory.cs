using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Roster;

// Versions that are read and never written any more: when somebody is away or at work stood in clear in them.

/// <summary>Working hours of a person; none: whenever the building is open.</summary>
[EventType("interviews.working-hours-set.v1", Retired = true)]
public sealed record WorkingHoursSetV1(string PersonId, IReadOnlyList<WorkingHours> Hours) : IEvent
{
    public SubjectId Subject => SubjectId.Person(StaffMember.KeyOf(PersonId));
}

/// <summary>A person will not be there.</summary>
[EventType("interviews.absence-recorded.v1", Retired = true)]
public sealed record AbsenceRecordedV1(string PersonId, Guid AbsenceId, DateTimeOffset From, DateTimeOffset To) : IEvent
{
    public SubjectId Subject => SubjectId.Person(StaffMember.KeyOf(PersonId));
}

internal sealed class StaffMemberHistory : IUpcaster<WorkingHoursSetV1, WorkingHoursSet>, IUpcaster<AbsenceRecordedV1, AbsenceRecorded>
{
    public WorkingHoursSet Upcast(WorkingHoursSetV1 old) => new(old.PersonId, Personal.Of(old.Hours));

    public AbsenceRecorded Upcast(AbsenceRecordedV1 old) => new(old.PersonId, old.AbsenceId, Personal.Of(new Period(old.From, old.To)));
}
