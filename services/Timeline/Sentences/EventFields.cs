using System.Globalization;
using System.Text.Json;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Timeline.Sentences;

/// <summary>The values of one event that a sentence asks for. Sealed fields are opened here, when the reader may see them, and only those asked for.</summary>
/// <param name="logged">The event.</param>
/// <param name="subject">Whom it is about.</param>
/// <param name="personal">Opens; null for a reader who may not see what is personal in it.</param>
/// <param name="kept">It tells of a part of the file that is kept and not used: nobody sees any value of it.</param>
public sealed class EventFields(LoggedEvent logged, SubjectId subject, PersonalData? personal, bool kept = false) : IDisposable
{
    private readonly JsonDocument _data = JsonDocument.Parse(logged.Data);

    // Both languages ask for the same: each field is opened once.
    private readonly Dictionary<string, Opened<JsonElement>> _opened = new(StringComparer.Ordinal);

    /// <summary>Nothing is counted either.</summary>
    internal bool Kept => kept;

    /// <summary>Whether there is something at a place; a sealed field is not opened for that. Of what is kept not even that is told.</summary>
    internal bool Has(Place place) => !kept && At(place).Any(found => found.Value.ValueKind is not (JsonValueKind.False or JsonValueKind.Null));

    /// <summary>The values at a place, of all elements of the lists on the way.</summary>
    internal IEnumerable<FieldValue> Values(Place place) =>
        kept ? [new FieldValue.Withheld()]
        : place.Inside is { } inside
            ? At(place).SelectMany(found => Open(found.Value, found.Path, inside))
            : At(place).Select(found => new FieldValue.Known(found.Value));

    public void Dispose() => _data.Dispose();

    private IEnumerable<(JsonElement Value, string Path)> At(Place place) => Walk(_data.RootElement, "", place.Path);

    private static IEnumerable<(JsonElement Value, string Path)> Walk(JsonElement value, string path, IEnumerable<string> members)
    {
        IEnumerable<(JsonElement Value, string Path)> found = Elements(value, path);
        foreach (var member in members)
        {
            found = found.SelectMany(at => at.Value.ValueKind == JsonValueKind.Object && at.Value.TryGetProperty(member, out var inner)
                ? Elements(inner, at.Path.Length == 0 ? member : $"{at.Path}.{member}")
                : []);
        }

        return found;
    }

    private static IEnumerable<(JsonElement Value, string Path)> Elements(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().SelectMany((element, i) => Elements(element, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]")))
            : [(value, path)];

    private IEnumerable<FieldValue> Open(JsonElement seal, string path, IReadOnlyList<string> inside)
    {
        if (personal is null)
        {
            return [new FieldValue.Withheld()];
        }

        if (!_opened.TryGetValue(path, out var opened))
        {
            _opened[path] = opened = personal.OpenUntyped(logged.Id, subject, path, seal.GetBytesFromBase64());
        }

        return opened.DestroyedRegime is null
            ? Walk(opened.ValueOrDefault, "", inside).Select(found => new FieldValue.Known(found.Value))
            : [new FieldValue.Destroyed()];
    }
}

/// <summary>A value for a sentence.</summary>
internal abstract record FieldValue
{
    public sealed record Known(JsonElement Value) : FieldValue;

    /// <summary>This reader may not see it.</summary>
    public sealed record Withheld : FieldValue;

    /// <summary>Its key was destroyed.</summary>
    public sealed record Destroyed : FieldValue;
}
