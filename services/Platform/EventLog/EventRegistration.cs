using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Barnahus.Platform.EventLog;

/// <summary>Makes the events of a module known to the process.</summary>
public static class EventRegistration
{
    /// <summary>
    /// Adds all event records and upcasters of an assembly. From then on the process owns the prefix: an unknown name under it stops the subscription.
    /// </summary>
    /// <param name="assembly">Assembly of the module.</param>
    /// <param name="prefix">Prefix of its event names, e.g. <c>intake</c>.</param>
    public static IServiceCollection AddEvents(this IServiceCollection services, Assembly assembly, string prefix)
    {
        services.AddSingleton(EventSource.Of(assembly, prefix));
        services.TryAddSingleton<EventTypes>();
        services.TryAddSingleton<EventCodec>();
        return services;
    }
}
