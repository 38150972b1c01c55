using System.Reflection;
using Barnahus.Platform.EventLog;

namespace Barnahus.Testing;

/// <summary>The event types of assemblies, as a host would register them.</summary>
public static class TestEvents
{
    public static EventTypes Of(params IEnumerable<Assembly> assemblies) => new(assemblies.SelectMany(Sources));

    private static IEnumerable<EventSource> Sources(Assembly assembly) => EventSource.Of(assembly, "any").Types
        .GroupBy(type => type.GetCustomAttribute<EventTypeAttribute>()?.Name.Split('.')[0] ?? Owner(assembly))
        .Select(group => new EventSource(group.Key, [.. group]));

    private static string Owner(Assembly assembly) => assembly.GetName().Name!.Split('.')[^1].ToLowerInvariant();
}
