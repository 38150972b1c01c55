using System.Collections.Immutable;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Roster;

/// <summary>A person on the roster as the slot search needs it.</summary>
/// <param name="Entry">What the planner filled in.</param>
/// <param name="Gender">Opened, since a child's wish is compared with it; null when unknown or destroyed.</param>
/// <param name="Languages">Languages of an interpreter, ISO 639-1: opened, since a child's need is compared with them; none when destroyed.</param>
/// <param name="Identity">Name and gender, sealed: opened for those who may see names.</param>
/// <param name="Hours">Working hours; none: whenever the building is open.</param>
/// <param name="Absences">Absences, in no order.</param>
public sealed record RosterPerson(
    StaffEntry Entry,
    string? Gender,
    IReadOnlyList<string> Languages,
    Personal<StaffIdentity>? Identity,
    IReadOnlyList<WorkingHours> Hours,
    IReadOnlyList<Absence> Absences)
{
    public string Id => Entry.Id;

    public string Role => Entry.Role;
}

/// <summary>The whole roster at one moment, immutable.</summary>
/// <param name="Premises">Buildings and rooms.</param>
/// <param name="People">People by code.</param>
public sealed record RosterImage(Premises Premises, ImmutableSortedDictionary<string, RosterPerson> People)
{
    public static RosterImage Empty { get; } = new(Premises.Initial, ImmutableSortedDictionary.Create<string, RosterPerson>(StringComparer.Ordinal));

    /// <summary>Regions that have a building.</summary>
    public IEnumerable<string> Regions => Premises.Studios.Values.Select(s => s.Region).Distinct(StringComparer.Ordinal);
}
