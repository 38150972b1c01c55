using MassTransit;
using MassTransit.Mediator;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Bus;

/// <summary>The bus that the configuration names, with the same consumers on either.</summary>
internal static class BusRegistration
{
    /// <param name="consumers">Registers the consumers of all services in this process.</param>
    public static IServiceCollection AddBus(this IServiceCollection services, BusSettings settings, Action<IRegistrationConfigurator> consumers)
    {
        services.AddSingleton(settings);
        if (settings.Broker is not null)
        {
            return services.AddRabbitMqBus(consumers);
        }

        services.AddMediator(consumers);
        return services.AddSingleton<IMessageBus>(provider => new MediatorBus(provider.GetRequiredService<IMediator>()));
    }
}
