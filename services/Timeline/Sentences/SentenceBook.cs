using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Barnahus.Platform.Access;

namespace Barnahus.Timeline.Sentences;

/// <summary>How the timeline says each event.</summary>
/// <param name="Dutch">In Dutch.</param>
/// <param name="English">In English.</param>
/// <param name="Group">Whose data its personal fields are (access.md): opened only for who may see that group whole. Null when it opens none.</param>
/// <param name="Parts">Parts of the file that it tells of: while one of them is kept and not used, nothing is filled in. Null: nobody said.</param>
public sealed record Saying(Template Dutch, Template English, DataGroup? Group, IReadOnlyList<string>? Parts = null);

/// <summary>
/// The sentences of all services, as data: <c>Sentences/intake.json</c> holds one per event type, <c>codes.json</c> the words for codes.
/// A test checks that every event has its sentence in both languages, and every place in it its field.
/// </summary>
public sealed class SentenceBook
{
    private static readonly JsonSerializerOptions Reading = new() { PropertyNameCaseInsensitive = true, ReadCommentHandling = JsonCommentHandling.Skip };

    private readonly FrozenDictionary<string, Saying> _sayings;
    private readonly FrozenDictionary<string, Written> _codes;

    private SentenceBook(IReadOnlyDictionary<string, Saying> sayings, IReadOnlyDictionary<string, Written> codes)
    {
        _sayings = sayings.ToFrozenDictionary(StringComparer.Ordinal);
        _codes = codes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Types that have a sentence.</summary>
    public IReadOnlyCollection<string> Types => _sayings.Keys;

    /// <summary>The sentences that come with the program.</summary>
    public static SentenceBook Shipped() => Of(
        Resources().Where(name => name != "Sentences/codes.json").Select(Text), Text("Sentences/codes.json"));

    /// <param name="sentences">JSON texts: type to sentence.</param>
    /// <param name="codes">JSON text: code to words.</param>
    /// <exception cref="FormatException">A sentence cannot be parsed, or opens personal fields without saying whose data they are.</exception>
    public static SentenceBook Of(IEnumerable<string> sentences, string codes) => new(
        sentences.SelectMany(text => Parse(text)).ToDictionary(pair => pair.Key, pair => Saying(pair.Key, pair.Value), StringComparer.Ordinal),
        Parse(codes));

    /// <summary>How a type is said; a plain word about it when nobody wrote a sentence yet.</summary>
    public Saying Of(string type) => _sayings.GetValueOrDefault(type) ?? new Saying(
        Template.Parse($"Gebeurtenis {type}."), Template.Parse($"Event {type}."), null);

    /// <summary>Words for a code in a language, those of its member (<c>group:medical</c>) first; the code itself when there are none.</summary>
    internal string Code(string member, string code, Language language) =>
        _codes.TryGetValue($"{member}:{code}", out var written) || _codes.TryGetValue(code, out written)
            ? language == Language.Dutch ? written.Nl : written.En
            : code;

    private static Saying Saying(string type, Written written)
    {
        DataGroup? group = written.Group is null ? null : Enum.Parse<DataGroup>(written.Group, ignoreCase: true);
        var saying = new Saying(Template.Parse(written.Nl), Template.Parse(written.En), group, written.Parts);
        return group is not null || !saying.Dutch.Places.Concat(saying.English.Places).Any(place => place.Inside is not null)
            ? saying
            : throw new FormatException($"The sentence of {type} opens personal fields: say of which group (access.md) they are.");
    }

    private static Dictionary<string, Written> Parse(string json) => JsonSerializer.Deserialize<Dictionary<string, Written>>(json, Reading)!;

    private static IEnumerable<string> Resources() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith("Sentences/", StringComparison.Ordinal));

    private static string Text(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private sealed record Written(string Nl, string En, string? Group = null, IReadOnlyList<string>? Parts = null);
}

/// <summary>The two languages of the timeline.</summary>
public enum Language
{
    Dutch,
    English,
}
