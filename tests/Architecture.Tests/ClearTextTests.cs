using System.Runtime.CompilerServices;
using Barnahus.Testing;

namespace Barnahus.Architecture.Tests;

/// <summary>
/// What stands in an event in clear outlives its key: it can never be erased. So every text that is not sealed is on a list, ClearTexts.txt, with what it is:
/// a code of a closed list, an id, a name of a place of work. A free text about a person is never one of these. Retired versions stay as they were written.
/// </summary>
public sealed class ClearTextTests
{
    private static readonly EventCatalogue Catalogue = new(EventCatalogue.AllAssemblies());
    private static readonly string[] Kinds = ["code", "id", "region", "work", "key", "hash", "law"];

    private static readonly HashSet<Type> Harmless =
    [
        typeof(Guid), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    ];

    [Fact]
    public void Every_text_in_clear_is_on_the_list() => Found().Except(Listed().Select(line => line.Field)).ShouldBeEmpty("Seal it, or say in ClearTexts.txt what closed list or id it is.");

    [Fact]
    public void The_list_names_no_text_that_is_not_there() => Listed().Select(line => line.Field).Except(Found()).ShouldBeEmpty();

    [Fact]
    public void The_list_says_of_each_what_it_is() => Listed().Where(line => !Kinds.Contains(line.Kind)).ShouldBeEmpty();

    [Fact]
    public void A_planted_text_in_clear_is_found() =>
        TextsOf("planted.v1", typeof(Planted)).ShouldBe(["planted.v1 note", "planted.v1 inner[].what", "planted.v1 by"], ignoreOrder: true);

    private static IReadOnlyList<string> Found() =>
        [.. Catalogue.Events.Where(known => !known.Retired).SelectMany(known => TextsOf(known.Name, known.Type)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> TextsOf(string name, Type type)
    {
        var fields = Catalogue.FieldsOf(type);
        return fields
            .Where(field => field.Regime is null && !IsHarmless(field.Type) && !fields.Any(inner => inner.Path.StartsWith(field.Path + ".", StringComparison.Ordinal)))
            .Select(field => $"{name} {field.Path}");
    }

    private static bool IsHarmless(Type type)
    {
        var held = Nullable.GetUnderlyingType(type) ?? type;
        return held.IsEnum || Harmless.Contains(held);
    }

    private static List<(string Field, string Kind)> Listed([CallerFilePath] string here = "") =>
    [
        .. File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "ClearTexts.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries))
            .Select(parts => ($"{parts[0]} {parts[1]}", parts.Length > 2 ? parts[2] : "")),
    ];

    private sealed record Planted(Guid Id, string Note, IReadOnlyList<Inner> Inner, IReadOnlyDictionary<string, string> By);

    private sealed record Inner(string What, int Number);
}
