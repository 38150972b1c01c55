using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Roster;

/// <summary>Roles of people on the roster.</summary>
public static class StaffRoles
{
    public const string Interviewer = "interviewer";
    public const string Psychologist = "psychologist";
    public const string Interpreter = "interpreter";

    /// <summary>Support person: stays with the child before and after.</summary>
    public const string Support = "support";

    /// <summary>Watches from the observation room and does no more here: prosecutor, detective, youth care.</summary>
    public const string Observer = "observer";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Interviewer, Psychologist, Interpreter, Support, Observer];
}

/// <summary>What is known of a person beside the work: kept sealed.</summary>
/// <param name="Name">Name.</param>
/// <param name="Gender"><c>f</c>, <c>m</c>, <c>x</c> or null: a child may wish for it (Besluit slachtoffers art. 11).</param>
public sealed record StaffIdentity(string Name, string? Gender);

/// <summary>Whom an interviewer is certified to interview, and until when.</summary>
/// <param name="AgeFrom">Youngest age in whole years.</param>
/// <param name="AgeTo">Oldest age, inclusive.</param>
/// <param name="Lvb">Also children with a mild intellectual disability.</param>
/// <param name="ValidUntil">Last day it counts, inclusive.</param>
public sealed record Certificate(int AgeFrom, int AgeTo, bool Lvb, DateOnly ValidUntil)
{
    /// <summary>Number of ages it spans; a narrow band is a specialisation.</summary>
    [JsonIgnore]
    public int Years => AgeTo - AgeFrom + 1;
}

/// <summary>Hours on one day of the week, in Dutch wall-clock time. Several a day are possible.</summary>
public sealed record WorkingHours(DayOfWeek Day, TimeOnly From, TimeOnly To);

/// <summary>From a moment to a moment, UTC, exclusive.</summary>
public sealed record Period(DateTimeOffset From, DateTimeOffset To);

/// <summary>A time in which a person is not there. Why is nobody's business here and is not kept.</summary>
public sealed record Absence(Guid Id, DateTimeOffset From, DateTimeOffset To);

/// <summary>The part of a person's entry that a planner fills in as a whole.</summary>
/// <param name="Id">Code, unique in the installation, e.g. <c>i-vos</c>. Choose one that is no full name: it is kept in clear.</param>
/// <param name="Role">One of <see cref="StaffRoles"/>.</param>
/// <param name="Regions">Regions the person works in.</param>
/// <param name="Certified">Certificate of an interviewer.</param>
/// <param name="AccountId">Account of this person, if it has one.</param>
public sealed record StaffEntry(
    string Id,
    string Role,
    IReadOnlyList<string> Regions,
    Certificate? Certified,
    Guid? AccountId)
{
    public bool Equals(StaffEntry? other) =>
        other is not null && Id == other.Id && Role == other.Role && Certified == other.Certified && AccountId == other.AccountId
        && Regions.SequenceEqual(other.Regions);

    public override int GetHashCode() => HashCode.Combine(Id, Role, AccountId);
}

/// <summary>A person on the roster. One stream each.</summary>
/// <param name="Entry">Null until enrolled.</param>
/// <param name="Identity">Name and gender, sealed.</param>
/// <param name="Languages">Languages of an interpreter, ISO 639-1; sealed, since the interpreter of a child tells what the child speaks.</param>
/// <param name="Hours">Working hours, sealed; null: never set, so whenever the building is open.</param>
/// <param name="Absences">Absences by id, sealed.</param>
public sealed record StaffMember(
    StaffEntry? Entry,
    Personal<StaffIdentity>? Identity,
    Personal<IReadOnlyList<string>>? Languages,
    Personal<IReadOnlyList<WorkingHours>>? Hours,
    ImmutableDictionary<Guid, Personal<Period>> Absences)
{
    public static StaffMember Initial { get; } = new(null, null, null, null, ImmutableDictionary<Guid, Personal<Period>>.Empty);

    /// <summary>Key of a person, derived from the code, so that a stream's name does not carry the code.</summary>
    public static Guid KeyOf(string personId) => DerivedId.From($"interviews.person/{personId}");

    /// <summary>Name of a person's stream.</summary>
    public static string StreamOf(string personId) => $"interviews.person-{KeyOf(personId):D}";

    /// <exception cref="InvalidOperationException">An event of another stream.</exception>
    public static StaffMember Evolve(StaffMember state, IEvent e) => e switch
    {
        PersonEnrolled p => state with { Entry = p.Entry, Identity = p.Identity, Languages = p.Languages },
        WorkingHoursSet h => state with { Hours = h.Hours },
        AbsenceRecorded a => state with { Absences = state.Absences.SetItem(a.AbsenceId, a.Period) },
        AbsenceWithdrawn a => state with { Absences = state.Absences.Remove(a.AbsenceId) },
        _ => throw new InvalidOperationException($"{e.GetType().Name} is no event of a person on the roster."),
    };
}
