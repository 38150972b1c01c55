using Barnahus.Platform.Deciding;

namespace Barnahus.Interviews.Roster;

/// <summary>What every entry of the roster must have, whichever way it comes in.</summary>
internal static class RosterRules
{
    private const int MaxCode = 60;
    private const int MaxAge = 120;

    public static void Check(RosterDocument document, Dictionary<string, string[]> errors)
    {
        Present(document.Studios, "studios", errors);
        Present(document.People, "people", errors);
        if (errors.Count > 0)
        {
            return;
        }

        for (var i = 0; i < document.Studios.Count; i++)
        {
            var (studio, at) = (document.Studios[i], $"studios[{i}]");
            Code(studio.Id, $"{at}.id", errors);
            Text(studio.Region, $"{at}.region", errors);
            Text(studio.Name, $"{at}.name", errors);
            Region(studio.Region, document.Regions, $"{at}.region", errors);
            Present(studio.Rooms, $"{at}.rooms", errors);
            for (var j = 0; j < (studio.Rooms?.Count ?? 0); j++)
            {
                Code(studio.Rooms![j]?.Id, $"{at}.rooms[{j}].id", errors);
                Ages(studio.Rooms[j]?.AgeFrom ?? 0, studio.Rooms[j]?.AgeTo ?? 0, $"{at}.rooms[{j}].ageTo", errors);
            }
        }

        for (var i = 0; i < document.People.Count; i++)
        {
            Check(document.People[i], $"people[{i}].", document.Regions, errors);
        }

        Hours(document.OpeningHours, "openingHours", errors);
        var known = document.People.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < (document.Absences?.Count ?? 0); i++)
        {
            if (!known.Contains(document.Absences![i]?.PersonId ?? ""))
            {
                errors[$"absences[{i}].personId"] = ["This person is not in the document."];
            }
        }
    }

    public static void Check(RosterDocument.PersonPart person, string at, IReadOnlyList<string>? regions, Dictionary<string, string[]> errors)
    {
        Code(person.Id, $"{at}id", errors);
        Text(person.Name, $"{at}name", errors);
        Present(person.Regions, $"{at}regions", errors);
        foreach (var region in person.Regions ?? [])
        {
            Text(region, $"{at}regions", errors);
            Region(region, regions, $"{at}regions", errors);
        }

        foreach (var language in person.Languages ?? [])
        {
            Code(language, $"{at}languages", errors);
        }

        if (!StaffRoles.All.Contains(person.Role, StringComparer.Ordinal))
        {
            errors[$"{at}role"] = [$"One of: {string.Join(", ", StaffRoles.All)}."];
        }

        if (person.Gender is not (null or "f" or "m" or "x"))
        {
            errors[$"{at}gender"] = ["One of: f, m, x, or leave it out."];
        }

        if (person.Certified is { } certificate)
        {
            Ages(certificate.AgeFrom, certificate.AgeTo, $"{at}certified.ageTo", errors);
        }
    }

    public static void Hours(RosterDocument.HoursPart? hours, string at, Dictionary<string, string[]> errors)
    {
        if (hours is null)
        {
            return;
        }

        Present(hours.Days, $"{at}.days", errors);
        if ((hours.Days ?? []).Any(d => !IsDay(d)))
        {
            errors[$"{at}.days"] = ["Days of the week in English: Mon, Tue, Wed, Thu, Fri, Sat, Sun."];
        }

        if (hours.TimeZone is not (null or "Europe/Amsterdam"))
        {
            errors[$"{at}.timeZone"] = ["Only Europe/Amsterdam."];
        }
    }

    public static void Code(string? code, string at, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrEmpty(code) || code.Length > MaxCode || !code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            errors[at] = [$"A code of at most {MaxCode} letters, digits, hyphens, underscores and dots."];
        }
    }

    public static void Text(string? text, string at, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 200)
        {
            errors[at] = ["A text of at most 200 characters."];
        }
    }

    public static void Ages(int from, int to, string at, Dictionary<string, string[]> errors)
    {
        if (from < 0 || to > MaxAge || from > to)
        {
            errors[at] = [$"Ages run from 0 to {MaxAge}, and the youngest comes first."];
        }
    }

    /// <exception cref="InvalidException">There are errors.</exception>
    public static void Throw(Dictionary<string, string[]> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidException(errors);
        }
    }

    /// <exception cref="InvalidException">No day of the week.</exception>
    public static DayOfWeek DayOf(string day) => Enum.GetValues<DayOfWeek>()
        .Where(d => IsName(d, day))
        .Cast<DayOfWeek?>()
        .FirstOrDefault() ?? throw new InvalidException("days", "Days of the week in English: Mon, Tue, Wed, Thu, Fri, Sat, Sun.");

    private static bool IsDay(string? day) => day is not null && Enum.GetValues<DayOfWeek>().Any(d => IsName(d, day));

    private static bool IsName(DayOfWeek day, string name) =>
        day.ToString().Equals(name, StringComparison.OrdinalIgnoreCase) || day.ToString()[..3].Equals(name, StringComparison.OrdinalIgnoreCase);

    private static void Region(string? region, IReadOnlyList<string>? regions, string at, Dictionary<string, string[]> errors)
    {
        if (regions is { Count: > 0 } && !regions.Contains(region, StringComparer.Ordinal))
        {
            errors[at] = ["This region is not among the regions of the document."];
        }
    }

    private static void Present<T>(IReadOnlyList<T>? list, string at, Dictionary<string, string[]> errors)
    {
        if (list is null || list.Count == 0 || list.Any(x => x is null))
        {
            errors[at] = ["At least one, and none of them empty."];
        }
    }
}
