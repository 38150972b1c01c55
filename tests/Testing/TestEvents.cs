using System.Reflection;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Testing;

/// <summary>The event types of assemblies, as a host would register them.</summary>
public static class TestEvents
{
    public static EventTypes Of(params IEnumerable<Assembly> assemblies) => new(assemblies.SelectMany(Sources));

    /// <summary>An event as a view gets it from the log: its place, and who did it when (domain time).</summary>
    public static LoggedEvent Logged(IEvent happened, DateTimeOffset at, string stream = "test")
    {
        var context = new CommandContext(Guid.CreateVersion7(), Actor.System("test"), null, at, Guid.CreateVersion7());
        return new LoggedEvent(
            new LogPosition(1), stream, 0, Guid.CreateVersion7(), happened.GetType().Name, default, EventMetadata.Of(happened.Subject, context).ToBytes(), at);
    }

    private static IEnumerable<EventSource> Sources(Assembly assembly) => EventSource.Of(assembly, "any").Types
        .GroupBy(type => type.GetCustomAttribute<EventTypeAttribute>()?.Name.Split('.')[0] ?? Owner(assembly))
        .Select(group => new EventSource(group.Key, [.. group]));

    private static string Owner(Assembly assembly) => assembly.GetName().Name!.Split('.')[^1].ToLowerInvariant();
}
