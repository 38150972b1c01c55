using Barnahus.Intake.Children;
using Barnahus.Platform.Access;
using Barnahus.Testing;
using Barnahus.Timeline.Sentences;

namespace Barnahus.Architecture.Tests;

/// <summary>What a sentence of the timeline must keep to, given the events.</summary>
internal static class SentenceRules
{
    // Never about a child: accounts and clients, parked messages, the access log itself, the installation.
    private static readonly string[] NotOnTimelines = ["identity.", "bus.", "accesses.", "platform."];

    public static IEnumerable<string> Broken(EventCatalogue events, SentenceBook book)
    {
        var onTimelines = events.Events.Where(e => !NotOnTimelines.Any(prefix => e.Name.StartsWith(prefix, StringComparison.Ordinal))).ToList();
        foreach (var name in onTimelines.Select(e => e.Name).Except(book.Types, StringComparer.Ordinal))
        {
            yield return $"{name} has no sentence";
        }

        foreach (var name in book.Types.Except(events.Events.Select(e => e.Name), StringComparer.Ordinal))
        {
            yield return $"{name} has a sentence and is no event";
        }

        foreach (var (name, type, _) in onTimelines.Where(e => book.Types.Contains(e.Name)))
        {
            var fields = events.FieldsOf(type).ToDictionary(field => field.Path.Replace("[]", "", StringComparison.Ordinal), StringComparer.Ordinal);
            var saying = book.Of(name);
            Template[] templates = [saying.Dutch, saying.English];
            var broken = templates.SelectMany(template => template.Places).Select(place => Broken(fields, place))
                .Concat(templates.SelectMany(template => template.Conditions).Select(place => Missing(fields, place)));
            broken = broken.Concat((saying.Parts ?? []).Except(FileParts.All).Select(part => $"the file has no part {part}"));
            if (name.StartsWith("intake.", StringComparison.Ordinal) && saying is { Group: DataGroup.File, Parts: null })
            {
                yield return $"{name} opens personal fields of the file: say of which parts, or none";
            }

            foreach (var one in broken.OfType<string>().Distinct(StringComparer.Ordinal))
            {
                yield return $"{name}: {one}";
            }
        }
    }

    private static string? Missing(Dictionary<string, EventField> fields, Place place) =>
        fields.ContainsKey(string.Join('.', place.Path)) ? null : $"there is no {string.Join('.', place.Path)}";

    private static string? Broken(Dictionary<string, EventField> fields, Place place)
    {
        var path = string.Join('.', place.Path);
        if (!fields.TryGetValue(path, out var field))
        {
            return Missing(fields, place);
        }

        if (place.Inside is null)
        {
            return field.Regime is null ? null : $"{path} is personal: open it with {path}>";
        }

        if (field.Regime is null || Parent(fields, path)?.Regime is not null)
        {
            return $"{path} is no sealed field";
        }

        var inside = string.Join('.', place.Path.Concat(place.Inside));
        return fields.ContainsKey(inside) ? null : $"there is no {inside}";
    }

    private static EventField? Parent(Dictionary<string, EventField> fields, string path) =>
        path.LastIndexOf('.') is > 0 and var dot ? fields.GetValueOrDefault(path[..dot]) : null;
}
