using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.SystemTests.Privacy;

/// <summary>Everything personal in the twelve cases, and the names of the roster's people, with every form in which a careless program could leave it.</summary>
public static class PersonalValues
{
    /// <summary>Shorter ones are looked for as JSON would write them, between quotes: three letters alone are found in any noise.</summary>
    private const int ShortestAlone = 6;

    private static readonly string[] Personal =
    [
        "givenName", "familyName", "birthDate", "bsn", "what", "where", "source", "by", "name", "phone", "email", "reference", "childWishes", "whyNot",
    ];

    /// <summary>Values by where they come from.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfCases().Concat(OfRoster()).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// Codes that tell of a child what happened to it, wherever they stand beside its id: suspicions, grounds and routes of triage, words
    /// that were kept, norms that say how urgent or of what. In clear they may stand in norms and lists, which are of nobody.
    /// </summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        .. OfAllCases().SelectMany(data => data["suspicions"]!.AsArray()).Select(code => code!.GetValue<string>()).Distinct(StringComparer.Ordinal),
        "acute-unsafety", "structural-unsafety", "disclosure-by-child", "loverboy*", .. Intake.Referrals.Routes.All,
        "forensic-window", "interview-urgent", "interview-under-six",
    ];

    /// <summary>Byte patterns of a value.</summary>
    public static IEnumerable<byte[]> FormsOf(string value)
    {
        var written = value.Length < ShortestAlone ? $"\"{value}\"" : value;
        yield return Encoding.UTF8.GetBytes(written);
        yield return Encoding.Unicode.GetBytes(written);
        yield return Encoding.BigEndianUnicode.GetBytes(written);
        foreach (var plain in new[] { Encoding.UTF8.GetBytes(written), Encoding.Unicode.GetBytes(written) })
        {
            foreach (var shift in new[] { 0, 1, 2 })
            {
                yield return Base64Core(plain, shift);
            }
        }

        if (JsonSerializer.Serialize(value)[1..^1] is var escaped && escaped != value)
        {
            yield return Encoding.UTF8.GetBytes(escaped);
        }

        if (value.Length >= ShortestAlone && value.ToLowerInvariant() is var lower && lower != value)
        {
            yield return Encoding.UTF8.GetBytes(lower);
        }
    }

    /// <summary>The characters of base64 that depend on this value alone, when it begins somewhere in the middle of what was encoded.</summary>
    private static byte[] Base64Core(byte[] plain, int shift)
    {
        var encoded = Convert.ToBase64String([.. new byte[shift], .. plain]);
        var first = (shift * 8 + 5) / 6;
        var last = (shift + plain.Length) * 8 / 6;
        return Encoding.ASCII.GetBytes(encoded[first..last]);
    }

    private static IEnumerable<string> OfCases()
    {
        var places = ClearNames();
        return OfAllCases().SelectMany(data => Leaves(data, "").Concat(Moments(data)))
            .Where(leaf => !places.Contains(leaf))
            .Where(leaf => leaf.Length > 2);
    }

    private static IEnumerable<JsonNode> OfAllCases() => Directory.GetFiles(Folder, "*.json")
        .Where(file => char.IsAsciiDigit(Path.GetFileName(file)[0]))
        .Select(file => JsonNode.Parse(File.ReadAllText(file))!["data"]!);

    /// <summary>
    /// The moment of abuse, and the end of the forensic window that counts back to it, as far as their minutes: in UTC, as the log writes times. Not where
    /// it is a Dutch midnight: that stands in agendas and rosters too.
    /// </summary>
    private static IEnumerable<string> Moments(JsonNode data) => data["lastEventAt"]?.GetValue<DateTimeOffset>() is not { } moment
        ? []
        : new[] { moment, moment.AddDays(7) }.Where(at => at.ToDutch().TimeOfDay != TimeSpan.Zero).Select(at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));

    private static IEnumerable<string> OfRoster() => Roster()["people"]!.AsArray().Select(person => person!["name"]!.GetValue<string>());

    /// <summary>Regions, towns of studios and the names of the vault's regimes (one case names its source "police") stand in clear: they are no one's.</summary>
    private static HashSet<string> ClearNames()
    {
        var roster = Roster();
        var regions = roster["regions"]!.AsArray().Select(region => region!.GetValue<string>());
        var studios = roster["studios"]!.AsArray().Select(studio => studio!["name"]!.GetValue<string>());
        return [.. regions, .. Enum.GetNames<Regime>().Select(name => name.ToLowerInvariant()), .. studios.SelectMany(name => new[] { name, name.Replace("Barnahus ", "", StringComparison.Ordinal) })];
    }

    /// <summary>Texts of personal fields; of needs, texts of the list. What an organisation or a municipality is called is nobody's secret.</summary>
    private static IEnumerable<string> Leaves(JsonNode node, string name) => node switch
    {
        JsonObject thing => thing.Where(field => field.Key is not ("municipalities" or "organisation") && field.Value is not null)
            .SelectMany(field => Leaves(field.Value!, field.Key)),
        JsonArray list => list.Where(item => item is not null).SelectMany(item => Leaves(item!, name == "needs" ? "what" : name)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && Personal.Contains(name) => [value.GetValue<string>()],
        _ => [],
    };

    private static JsonNode Roster() => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "roster.json")))!;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Cases");
}
