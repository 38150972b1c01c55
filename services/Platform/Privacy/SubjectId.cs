using System.Text.Json;
using System.Text.Json.Serialization;

namespace Barnahus.Platform.Privacy;

/// <summary>Whom data is about, printed as <c>child:0198…</c>. The id is random and says nothing about the person.</summary>
[JsonConverter(typeof(SubjectIdJson))]
public readonly record struct SubjectId(string Kind, Guid Id)
{
    public static SubjectId Child(Guid id) => new("child", id);

    public static SubjectId Referral(Guid id) => new("referral", id);

    /// <summary>A third person: a parent, a reporter, a suspect.</summary>
    public static SubjectId Person(Guid id) => new("person", id);

    public static SubjectId Account(Guid id) => new("account", id);

    /// <summary>Nobody: a room, a norm, an agenda. Has no keys, so an event about it has no personal fields.</summary>
    public static SubjectId None => new("none", Guid.Empty);

    public override string ToString() => $"{Kind}:{Id:D}";

    /// <exception cref="FormatException">The text is no subject.</exception>
    public static SubjectId Parse(string text) =>
        TryParse(text, out var subject) ? subject : throw new FormatException("Not a subject: expected kind:id.");

    /// <summary>Reads what <see cref="ToString"/> printed.</summary>
    public static bool TryParse(string text, out SubjectId subject)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var valid = Guid.TryParseExact(text.AsSpan(colon + 1), "D", out var id) && colon > 0;
        subject = valid ? new SubjectId(KindOf(text.AsSpan(0, colon)), id) : None;
        return valid;
    }

    // The same few words for millions of events: not a new string for each.
    private static string KindOf(ReadOnlySpan<char> kind) => kind switch
    {
        "child" => "child",
        "referral" => "referral",
        "person" => "person",
        "account" => "account",
        "none" => "none",
        _ => kind.ToString(),
    };
}

/// <summary>Something that is about one subject. Personal fields inside it are sealed under that subject's key.</summary>
public interface IAbout
{
    [JsonIgnore]
    SubjectId Subject { get; }
}

internal sealed class SubjectIdJson : JsonConverter<SubjectId>
{
    public override SubjectId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SubjectId.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, SubjectId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
