using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Testing;

/// <summary>
/// Builds one instance of any record, the same each time: every member has a value that follows from its name, lists have two elements,
/// so that a golden file shows every field that an event can have.
/// </summary>
internal sealed class SampleEvent(JsonSerializerOptions json)
{
    private const int Deepest = 8;

    private static readonly DateTimeOffset Moment = new(2026, 9, 1, 10, 0, 0, TimeSpan.Zero);

    public object Make(Type type, string name, int depth = 0)
    {
        var asked = Nullable.GetUnderlyingType(type) ?? type;
        if (asked.IsGenericType && asked.GetGenericTypeDefinition() == typeof(Personal<>))
        {
            var value = Make(asked.GetGenericArguments()[0], name, depth);
            return typeof(Personal).GetMethod(nameof(Personal.Of))!.MakeGenericMethod(asked.GetGenericArguments()).Invoke(null, [value])!;
        }

        return Simple(asked, name) ?? Composite(json.GetTypeInfo(asked), name, depth);
    }

    private static object? Simple(Type type, string name) => type switch
    {
        _ when type == typeof(string) => name,
        _ when type == typeof(Guid) => DerivedId.From(name),
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 7,
        _ when type == typeof(long) => 7L,
        _ when type == typeof(double) => 7.5,
        _ when type == typeof(decimal) => 7.5m,
        _ when type == typeof(DateTimeOffset) => Moment,
        _ when type == typeof(DateOnly) => DateOnly.FromDateTime(Moment.DateTime),
        _ when type == typeof(TimeOnly) => TimeOnly.FromDateTime(Moment.DateTime),
        _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(90),
        _ when type == typeof(byte[]) => Encoding.UTF8.GetBytes(name),
        _ when type == typeof(SubjectId) => SubjectId.Person(DerivedId.From(name)),
        _ when type == typeof(Regime) => Regime.Care,
        { IsEnum: true } => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1),
        _ => null,
    };

    private object Composite(JsonTypeInfo info, string name, int depth) => info.Kind switch
    {
        JsonTypeInfoKind.Enumerable => List(info.Type, info.ElementType!, name, depth),
        JsonTypeInfoKind.Dictionary => Dictionary(info.Type, info.ElementType!, name, depth),
        JsonTypeInfoKind.Object when info.PolymorphismOptions is { } options && info.Type.IsAbstract =>
            Make(options.DerivedTypes[0].DerivedType, name, depth),
        JsonTypeInfoKind.Object => Record(info.Type, depth),
        _ => throw new NotSupportedException($"No sample for {info.Type}: teach {nameof(SampleEvent)} this type."),
    };

    private object Record(Type type, int depth)
    {
        var constructor = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First();
        var instance = constructor.Invoke(
            [.. constructor.GetParameters().Select(p => depth >= Deepest && !p.ParameterType.IsValueType ? null : Make(p.ParameterType, Camel(p.Name!), depth + 1))]);
        var positional = constructor.GetParameters().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && !positional.Contains(p.Name)))
        {
            property.SetValue(instance, Make(property.PropertyType, Camel(property.Name), depth + 1));
        }

        return instance;
    }

    private Array List(Type type, Type element, string name, int depth)
    {
        var items = Array.CreateInstance(element, depth >= Deepest ? 0 : 2);
        for (var i = 0; i < items.Length; i++)
        {
            items.SetValue(Make(element, $"{name}-{i}", depth + 1), i);
        }

        return type.IsInstanceOfType(items) ? items : throw new NotSupportedException($"{type} in an event: make it an IReadOnlyList.");
    }

    private System.Collections.IDictionary Dictionary(Type type, Type element, string name, int depth)
    {
        var key = type.GetGenericArguments()[0];
        var made = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(key, element))!;
        made.Add(Make(key, name + "-key", depth + 1), Make(element, name, depth + 1));
        return type.IsInstanceOfType(made) ? made : throw new NotSupportedException($"{type} in an event: make it an IReadOnlyDictionary.");
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
