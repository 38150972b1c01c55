using System.Globalization;
using System.Text.RegularExpressions;
using Barnahus.Platform.Deciding;

namespace Barnahus.Interviews.Roster;

/// <summary>A whole roster as a document: studios with rooms, people, absences. Loading it again changes only what differs.</summary>
/// <param name="Studios">Buildings with their rooms.</param>
/// <param name="People">People.</param>
/// <param name="OpeningHours">Opening hours of every building without hours of its own.</param>
/// <param name="Absences">Absences.</param>
/// <param name="Regions">Regions; every studio and person must name one of these when it is given.</param>
/// <param name="Distances">Travel time as a sentence that names minutes, e.g. <c>travel time between two studios on one day: 120 minutes</c>.</param>
public sealed partial record RosterDocument(
    IReadOnlyList<RosterDocument.StudioPart> Studios,
    IReadOnlyList<RosterDocument.PersonPart> People,
    RosterDocument.HoursPart? OpeningHours = null,
    IReadOnlyList<RosterDocument.AbsencePart>? Absences = null,
    IReadOnlyList<string>? Regions = null,
    string? Distances = null)
{
    public sealed record StudioPart(string Id, string Region, string Name, IReadOnlyList<RoomPart> Rooms);

    public sealed record RoomPart(string Id, int AgeFrom, int AgeTo, bool HasSeparateEntrance, bool IsAccessible = false);

    /// <param name="Days">Days of the week in English, three letters or whole.</param>
    /// <param name="From">Opens, Dutch wall-clock time.</param>
    /// <param name="To">Closes.</param>
    /// <param name="TimeZone">Only Europe/Amsterdam.</param>
    public sealed record HoursPart(IReadOnlyList<string> Days, TimeOnly From, TimeOnly To, string? TimeZone = null);

    public sealed record PersonPart(
        string Id,
        string Role,
        string Name,
        IReadOnlyList<string> Regions,
        string? Gender = null,
        IReadOnlyList<string>? Languages = null,
        Certificate? Certified = null,
        Guid? AccountId = null);

    public sealed record AbsencePart(string PersonId, DateTimeOffset From, DateTimeOffset To);

    /// <summary>Commands on buildings and rooms, in the order in which they must be given.</summary>
    /// <exception cref="InvalidException">The document contradicts itself.</exception>
    public IEnumerable<PremisesCommand> PremisesCommands()
    {
        if (OpeningHours is { } hours)
        {
            yield return new PremisesCommand.SetOpeningHours(HoursOf(hours));
        }

        foreach (var studio in Studios)
        {
            yield return new PremisesCommand.OpenStudio(new Studio(studio.Id, studio.Region, studio.Name));
            foreach (var room in studio.Rooms)
            {
                yield return new PremisesCommand.EquipRoom(
                    new Room(room.Id, studio.Id, room.AgeFrom, room.AgeTo, room.HasSeparateEntrance, room.IsAccessible));
            }
        }

        if (Distances is { } distances)
        {
            yield return new PremisesCommand.SetTravelTime(null, null, MinutesIn(distances));
        }
    }

    /// <summary>Absences of one person.</summary>
    public IEnumerable<Period> AbsencesOf(string personId) =>
        (Absences ?? []).Where(a => a.PersonId == personId).Select(a => new Period(a.From.ToUniversalTime(), a.To.ToUniversalTime()));

    /// <summary>The same roster, so many weeks later: a demonstration plays its cases in the present.</summary>
    public RosterDocument Later(int weeks) => this with
    {
        People = [.. People.Select(p => p with { Certified = p.Certified is { } c ? c with { ValidUntil = c.ValidUntil.AddDays(7 * weeks) } : null })],
        Absences = Absences is null ? null : [.. Absences.Select(a => a with { From = a.From.AddDays(7 * weeks), To = a.To.AddDays(7 * weeks) })],
    };

    /// <exception cref="InvalidException">A field is missing or contradicts another.</exception>
    public void Check()
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        RosterRules.Check(this, errors);
        RosterRules.Throw(errors);
    }

    /// <summary>The entry a person gets.</summary>
    public static StaffEntry EntryOf(PersonPart person) =>
        new(person.Id, person.Role, person.Regions, person.Certified, person.AccountId);

    internal static OpeningHours HoursOf(HoursPart hours) => new([.. hours.Days.Select(RosterRules.DayOf)], hours.From, hours.To);

    internal static int MinutesIn(string sentence) => MinutesPattern().Match(sentence) is { Success: true } match
        ? int.Parse(match.Groups["minutes"].ValueSpan, CultureInfo.InvariantCulture)
        : throw new InvalidException("distances", "Name the travel time in minutes, e.g. \"120 minutes\".");

    [GeneratedRegex(@"\b(?<minutes>\d{1,3}) minutes\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MinutesPattern();
}
