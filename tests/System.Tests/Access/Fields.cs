using System.Reflection;
using System.Text.Json;
using Barnahus.Platform.Access;

namespace Barnahus.SystemTests.Access;

/// <summary>A field, or all below it, of the answer of one address, and who sees it (fields.md).</summary>
/// <param name="Page">Name of the address.</param>
/// <param name="Path">Names from the root, lists left out, e.g. <c>items.booking.start</c>.</param>
/// <param name="Sights">How much of the group one must see.</param>
/// <param name="When"><c>held</c>: there only once the interview was held; <c>before</c>: only until then.</param>
/// <param name="Roles">Roles it is limited to besides; empty: every role.</param>
public sealed record Field(string Page, string Path, DataGroup Group, IReadOnlyList<Sight> Sights, string When, IReadOnlyList<string> Roles)
{
    /// <summary>The whole table.</summary>
    public static IReadOnlyList<Field> Table { get; } = [.. Read()];

    /// <summary>Whether somebody who sees this much of the groups sees it.</summary>
    /// <param name="held">The interview was held: nothing is restricted until then any more.</param>
    public bool IsFor(Standing one, bool held) =>
        When switch { "held" => held, "before" => !held, _ => true }
        && (Roles.Count == 0 || Roles.Contains(one.One.Role))
        && Sights.Contains(one.Sees(Group) is var sight && held && sight == Sight.UntilInterview ? Sight.Full : one.Sees(Group));

    public bool Covers(string path) => path == Path || path.StartsWith(Path + ".", StringComparison.Ordinal);

    /// <summary>Every field of an answer that has a value, lists left out.</summary>
    public static IEnumerable<string> PathsOf(JsonElement node, string path = "") => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(field => PathsOf(field.Value, path.Length == 0 ? field.Name : $"{path}.{field.Name}")),
        JsonValueKind.Array when node.GetArrayLength() > 0 => node.EnumerateArray().SelectMany(item => PathsOf(item, path)),
        JsonValueKind.Null or JsonValueKind.Array => [],
        _ => [path],
    };

    private static IEnumerable<Field> Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("fields.md")!);
        foreach (var line in reader.ReadToEnd().Split('\n').Where(line => line.StartsWith('|')).Skip(2))
        {
            var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
            var sights = cells[3].Split(' ').Select(sight => sight switch
            {
                "until" => Sight.UntilInterview,
                _ => Enum.Parse<Sight>(sight, ignoreCase: true),
            });
            foreach (var path in cells[1].Split(' '))
            {
                yield return new(cells[0], path, Enum.Parse<DataGroup>(cells[2], ignoreCase: true), [.. sights], cells[4], cells[5].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }
    }
}
