using MassTransit;

namespace Barnahus.Interviews;

/// <summary>Everything a host needs of Interviews: its parts, what it listens to on the bus, and its endpoints.</summary>
public static class InterviewsModule
{
    /// <summary>Name of the service: prefix of its routes, event types, streams, queues and settings.</summary>
    public const string Name = "interviews";

    public static IServiceCollection AddInterviews(this IServiceCollection services) => services;

    public static void AddConsumers(IRegistrationConfigurator bus) => ArgumentNullException.ThrowIfNull(bus);

    public static void MapInterviews(this IEndpointRouteBuilder routes) => ArgumentNullException.ThrowIfNull(routes);
}
