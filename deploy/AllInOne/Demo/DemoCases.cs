using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Barnahus.Identity.Setup;

namespace Barnahus.AllInOne.Demo;

/// <summary>
/// Loads the demonstration: the roster and the twelve referrals, over HTTP as planner and partners would. All dates move by the same
/// whole number of weeks to the present, so that weekdays stay what they are. Loading again changes nothing.
/// </summary>
public static partial class DemoCases
{
    private static readonly DateOnly FirstCase = new(2026, 9, 2);

    /// <summary>Whole weeks from the first case to a day, so that the cases end just before it.</summary>
    public static int WeeksTo(DateOnly today) => (today.DayNumber - FirstCase.DayNumber) / 7;

    public static async Task LoadAsync(Options options, Action<string> say)
    {
        var gateway = new Uri($"http://127.0.0.1:{options.Port.ToString(CultureInfo.InvariantCulture)}");
        var password = (await File.ReadAllTextAsync(Path.Combine(options.Data, "demo", "password"))).Trim();
        var loadedFile = Path.Combine(options.Data, "demo", "weeks");
        var weeks = File.Exists(loadedFile)
            ? int.Parse(await File.ReadAllTextAsync(loadedFile), CultureInfo.InvariantCulture)
            : WeeksTo(DateOnly.FromDateTime(DateTime.UtcNow)) - 3;
        await File.WriteAllTextAsync(loadedFile, weeks.ToString(CultureInfo.InvariantCulture));
        var folder = Path.Combine(AppContext.BaseDirectory, "Cases");

        using (var planner = await PersonClient.SignInAsync(gateway, "planner", password))
        {
            var roster = JsonNode.Parse(Shift(await File.ReadAllTextAsync(Path.Combine(folder, "roster.json")), weeks));
            LinkAccounts(roster!);
            using var response = await planner.Http.PostAsJsonAsync("/api/interviews/v1/rosters", roster);
            await EnsureAsync(response, "roster");
        }

        var count = 0;
        foreach (var file in Directory.GetFiles(folder, "*.json").Where(file => char.IsAsciiDigit(Path.GetFileName(file)[0])).Order(StringComparer.Ordinal))
        {
            var cloudEvent = Shift(await File.ReadAllTextAsync(file), weeks);
            var oin = JsonNode.Parse(cloudEvent)!["source"]!.GetValue<string>()["urn:nld:oin:".Length..];
            using var partner = PartnerClient.OfDemo(gateway, options.Data, oin);
            using var response = await partner.SubmitAsync(cloudEvent);
            await EnsureAsync(response, Path.GetFileName(file));
            count++;
        }

        say($"Demonstration: {count} referrals and the roster are loaded, {weeks} weeks after their own dates.");
    }

    /// <summary>Who is on the roster and has an account of the demonstration: only the booked interviewer starts an interview.</summary>
    private static void LinkAccounts(JsonNode roster)
    {
        foreach (var person in roster["people"]!.AsArray())
        {
            if (LoginOf(person!["id"]!.GetValue<string>()) is { } login)
            {
                person["accountId"] = DemoAccounts.IdOf(login);
            }
        }
    }

    private static string? LoginOf(string personId) => personId switch
    {
        "i-vos" => "interviewer",
        "i-okafor" => "interviewer-2",
        "p-meijer" => "psychologist",
        _ => null,
    };

    /// <summary>Moves every date in a text by whole weeks, but birth dates.</summary>
    public static string Shift(string json, int weeks) => CaseDate().Replace(json, match =>
        DateOnly.ParseExact(match.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(7 * weeks).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static async Task EnsureAsync(HttpResponseMessage response, string what)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"Demonstration, {what}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }

    // The cases are of 2026; birth dates are earlier.
    [GeneratedRegex(@"(?<![\d-])202[6-9]-\d\d-\d\d(?!\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CaseDate();
}
