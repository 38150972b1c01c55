using System.Reflection;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Testing;

/// <summary>The event catalogue, generated from the code: every event of every service, its fields, and which of them are personal and under which law.</summary>
public sealed class EventCatalogue
{
    private readonly XmlDocs _docs;
    private readonly EventTypes _types;

    /// <param name="assemblies">Assemblies with events; the prefixes follow from the names.</param>
    public EventCatalogue(IReadOnlyCollection<Assembly> assemblies)
    {
        _docs = new XmlDocs(assemblies);
        _types = new EventTypes(
            from assembly in assemblies
            from prefix in PrefixesOf(assembly)
            select EventSource.Of(assembly, prefix));
    }

    /// <summary>All assemblies of this system beside the running test that hold events.</summary>
    public static IReadOnlyCollection<Assembly> AllAssemblies() =>
        [.. Directory.GetFiles(AppContext.BaseDirectory, "Barnahus.*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => !name!.EndsWith("Tests", StringComparison.Ordinal) && name != "Barnahus.Testing")
            .Order(StringComparer.Ordinal)
            .Select(name => Assembly.Load(name!))
            .Where(assembly => PrefixesOf(assembly).Any())];

    /// <summary>The events, by name.</summary>
    public IReadOnlyList<(string Name, Type Type, bool Retired)> Events => [.. _types.Names.Select(name => _types.Find(name)!).Select(e => (e.Name, e.Type, e.Retired))];

    /// <summary>The document.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder("""
            # Event catalogue

            Every event of every service, generated from the code; do not edit. `BARNAHUS_GOLDEN=write dotnet test tests/Architecture.Tests` writes it anew.
            Personal fields are sealed under the key of the subject and the law named here; all others stand in the log in clear.

            """);
        foreach (var service in _types.Names.GroupBy(name => name[..name.IndexOf('.', StringComparison.Ordinal)], StringComparer.Ordinal))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n## {service.Key}\n");
            foreach (var name in service)
            {
                Append(text, _types.Find(name)!);
            }
        }

        return text.ToString();
    }

    /// <summary>Paths of all fields of an event as its JSON has them, e.g. <c>facts[].what</c>, with the regime of the personal ones.</summary>
    public IReadOnlyList<EventField> FieldsOf(Type type)
    {
        var fields = new List<EventField>();
        Collect(type, "", null, fields, []);
        return fields;
    }

    private static IEnumerable<string> PrefixesOf(Assembly assembly) => assembly.GetTypes()
        .Select(type => type.GetCustomAttribute<EventTypeAttribute>()?.Name.Split('.')[0])
        .OfType<string>()
        .Distinct(StringComparer.Ordinal);

    private static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return NameOf(inner);
        }

        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}&lt;{string.Join(", ", type.GetGenericArguments().Select(NameOf))}&gt;"
            : type.Name;
    }

    private void Append(StringBuilder text, KnownEvent known)
    {
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n### {known.Name}{(known.Retired ? " (retired)" : "")}\n\n");
        if (_docs.SummaryOf(known.Type) is { } summary)
        {
            text.Append(summary).Append("\n\n");
        }

        var fields = FieldsOf(known.Type);
        if (fields.Count == 0)
        {
            return;
        }

        text.Append("| field | type | personal | meaning |\n|---|---|---|---|\n");
        foreach (var field in fields)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{field.Path}` | {NameOf(field.Type)} | {(field.Regime is { } regime ? FieldSeal.NameOf(regime) : "")} | {field.Meaning} |\n");
        }
    }

    private void Collect(Type type, string path, Regime? regime, List<EventField> fields, HashSet<Type> inside)
    {
        var info = EventJson.Options.GetTypeInfo(type);
        if (info.Kind != JsonTypeInfoKind.Object || !inside.Add(type))
        {
            return;
        }

        foreach (var property in info.Properties)
        {
            var own = property.AttributeProvider?.GetCustomAttributes(typeof(PersonalAttribute), true).OfType<PersonalAttribute>().FirstOrDefault()?.Regime ?? regime;
            var place = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            var held = property.PropertyType;
            var list = EventJson.Options.GetTypeInfo(held);
            if (list.Kind == JsonTypeInfoKind.Enumerable)
            {
                held = list.ElementType!;
                place += "[]";
            }

            held = PersonalType.ValueOf(held) ?? held;
            fields.Add(new EventField(place, held, own, _docs.MeaningOf(type, property.Name)));
            Collect(held, place, own, fields, inside);
        }

        inside.Remove(type);
    }
}

/// <summary>One field of an event.</summary>
/// <param name="Path">Path in the JSON; a list ends in <c>[]</c>. Inside a sealed value the path goes on.</param>
/// <param name="Type">Type of the value, or of the element of a list.</param>
/// <param name="Regime">The law, for a personal field.</param>
/// <param name="Meaning">What the code says of it.</param>
public sealed record EventField(string Path, Type Type, Regime? Regime, string? Meaning);
