using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Roster;

// Versions that are read and never written any more: when somebody is away or at work, and what an interpreter speaks, stood in clear in them.

/// <summary>A person came on the roster, or the entry changed.</summary>
[EventType("interviews.person-enrolled.v1", Retired = true)]
public sealed record PersonEnrolledV1(StaffEntryV1 Entry, [property: Personal(Regime.Police)] Personal<StaffIdentity> Identity) : IEvent
{
    public SubjectId Subject => SubjectId.Person(StaffMember.KeyOf(Entry.Id));
}

/// <summary>An entry with its languages in clear.</summary>
public sealed record StaffEntryV1(
    string Id, string Role, IReadOnlyList<string> Regions, IReadOnlyList<string> Languages, Certificate? Certified, Guid? AccountId);

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

internal sealed class StaffMemberHistory
    : IUpcaster<PersonEnrolledV1, PersonEnrolled>, IUpcaster<WorkingHoursSetV1, WorkingHoursSet>, IUpcaster<AbsenceRecordedV1, AbsenceRecorded>
{
    public PersonEnrolled Upcast(PersonEnrolledV1 old) => new(
        new(old.Entry.Id, old.Entry.Role, old.Entry.Regions, old.Entry.Certified, old.Entry.AccountId), old.Identity, Personal.Of(old.Entry.Languages));

    public WorkingHoursSet Upcast(WorkingHoursSetV1 old) => new(old.PersonId, Personal.Of(old.Hours));

    public AbsenceRecorded Upcast(AbsenceRecordedV1 old) => new(old.PersonId, old.AbsenceId, Personal.Of(new Period(old.From, old.To)));
}
