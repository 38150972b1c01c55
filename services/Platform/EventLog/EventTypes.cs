using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.EventLog;

/// <summary>Event records and upcasters of one owner. The prefix (<c>intake.</c>) is the owner's: an unknown name under it is an error.</summary>
/// <param name="Prefix">First part of the names, with or without the closing dot.</param>
/// <param name="Types">The event records and the upcasters.</param>
public sealed record EventSource(string Prefix, IReadOnlyCollection<Type> Types)
{
    /// <summary>All event records and upcasters of an assembly.</summary>
    public static EventSource Of(Assembly assembly, string prefix) => new(prefix, [.. assembly.GetTypes().Where(IsPart)]);

    private static bool IsPart(Type type) =>
        type is { IsClass: true, IsAbstract: false }
        && (typeof(IEvent).IsAssignableFrom(type)
            || type.IsDefined(typeof(EventTypeAttribute), inherit: false)
            || type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IUpcaster<,>)));
}

/// <summary>The event types this process knows, by their stable names. Built once at start; whatever is wrong with them is said then.</summary>
public sealed class EventTypes
{
    private readonly FrozenDictionary<string, KnownEvent> _byName;
    private readonly FrozenDictionary<string, KnownEvent>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly FrozenDictionary<Type, KnownEvent> _byType;
    private readonly string[] _prefixes;

    /// <exception cref="EventTypesException">Names that are double or missing, personal fields without regime, retired versions without upcaster.</exception>
    public EventTypes(IEnumerable<EventSource> sources)
    {
        var scan = new EventTypeScan([.. sources]);
        _prefixes = scan.Prefixes;
        _byName = scan.Known.ToFrozenDictionary(known => known.Name, StringComparer.Ordinal);
        _bySpan = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
        _byType = scan.Known.ToFrozenDictionary(known => known.Type);
    }

    /// <summary>All names, retired ones too, in order.</summary>
    public IEnumerable<string> Names => _byName.Keys.Order(StringComparer.Ordinal);

    /// <summary>True when the name stands under a prefix of this process: its code must know it.</summary>
    public bool Owns(string name) => Array.Exists(_prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Record of a name; null when this process does not know it.</summary>
    public Type? TypeOf(string name) => _byName.GetValueOrDefault(name)?.Type;

    /// <summary>Stable name of a record.</summary>
    /// <exception cref="EventTypesException">The record is of no source that was added.</exception>
    public string NameOf(Type type) => Of(type).Name;

    /// <summary>True for a version that is only read.</summary>
    public bool IsRetired(Type type) => Of(type).Retired;

    internal KnownEvent? Find(ReadOnlySpan<char> name) => _bySpan.TryGetValue(name, out var known) ? known : null;

    internal KnownEvent Of(Type type) =>
        _byType.GetValueOrDefault(type)
        ?? throw new EventTypesException([$"{type} is no event of this process: add its assembly with AddEvents, or give it an [EventType]."]);
}

/// <summary>What the code knows of one version of an event.</summary>
/// <param name="Name">Stable name.</param>
/// <param name="Type">The record.</param>
/// <param name="Retired">Only read.</param>
/// <param name="Json">How it is read.</param>
/// <param name="Walk">Its personal fields; null when it has none.</param>
/// <param name="Upcasts">Steps to the current version; empty for that one itself.</param>
/// <param name="Current">The record of the current version.</param>
internal sealed record KnownEvent(
    string Name, Type Type, bool Retired, JsonTypeInfo Json, PersonalWalk? Walk, IReadOnlyList<Func<IEvent, IEvent>> Upcasts, Type Current)
{
    /// <summary>The event in these bytes, its personal fields told what their seals are bound to; a retired version as the current one.</summary>
    /// <exception cref="JsonException">They are not what this version has.</exception>
    public IEvent Read(LoggedEvent logged)
    {
        var decoded = (IEvent)(JsonSerializer.Deserialize(logged.Data.Span, Json) ?? throw new JsonException("The event is null."));
        Walk?.Visit(decoded, "", decoded.Subject, new SealBinder(logged.Id));
        foreach (var upcast in Upcasts)
        {
            decoded = upcast(decoded);
        }

        return decoded;
    }
}

/// <summary>The event types of this program are not in order; it does not start.</summary>
public sealed class EventTypesException(IReadOnlyCollection<string> errors)
    : Exception("The event types are not in order: " + string.Join(" ", errors))
{
    public IReadOnlyCollection<string> Errors { get; } = errors;
}

/// <summary>An event of a type that this version of the program does not know. The subscription stops here; run the version that wrote it.</summary>
public sealed class UnknownEventTypeException(string type, LogPosition position)
    : Exception($"Event type {type} at position {position} is unknown to this version of the program. Run the version that wrote it, or a later one.")
{
    public string Type { get; } = type;
}
