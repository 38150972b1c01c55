using System.Net.Security;
using System.Security.Authentication;
using Barnahus.Platform.Deciding;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Bus;

/// <summary>MassTransit on RabbitMQ, as this house wants it.</summary>
internal static class RabbitMqRegistration
{
    /// <summary>
    /// Messages that one process works on at a time. Each is mostly waiting for one append to the log, which groups what comes together;
    /// more would only conflict more often on the streams of one child.
    /// </summary>
    private const int AtOnce = 8;

    /// <summary>Messages handed to a process before it asks: two rounds of work, so that none waits for the network, and a crash repeats few.</summary>
    private const ushort Prefetch = 2 * AtOnce;

    public static IServiceCollection AddRabbitMqBus(
        this IServiceCollection services, Action<IRegistrationConfigurator> consumers)
    {
        // Only for the consumers: the bus itself is ours to start, and to throw away when it hangs.
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            consumers(bus);
        });
        services.Remove(services.Single(added => added.ImplementationType == typeof(MassTransitHostedService)));
        services.AddSingleton(new Inboxes(services
            .Select(added => added.ServiceType)
            .Where(typeof(IConsumer).IsAssignableFrom)
            .Distinct()
            .ToLookup(consumer => Inbox.Of(Inbox.ServiceOf(consumer)))));
        services.AddSingleton<Reconciliation>();
        services.AddSingleton<RabbitMqBus>();
        services.AddSingleton<IMessageBus>(provider => provider.GetRequiredService<RabbitMqBus>());
        services.AddHostedService(provider => provider.GetRequiredService<RabbitMqBus>());
        services.AddSingleton<BusWatch>().AddHostedService(provider => provider.GetRequiredService<BusWatch>());
        return services;
    }

    /// <summary>A bus that has not started yet. It can be made again and again.</summary>
    public static IBusControl Create(IBusRegistrationContext registration, BrokerAddress broker, Inboxes inboxes) => MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        rabbit.Host(broker.Host, (ushort)broker.Port, broker.VirtualHost, host =>
        {
            host.Username(broker.User);
            host.Password(broker.Password);
            host.PublisherConfirmation = true;
            host.Heartbeat(TimeSpan.FromSeconds(10));
            if (broker.Tls)
            {
                host.UseSsl(tls =>
                {
                    tls.ServerName = broker.Host;

                    // The versions that the system allows; and MassTransit by itself trusts a certificate from anybody.
                    tls.Protocol = SslProtocols.None;
                    tls.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateChainErrors);
                });
            }
        });
        MakeInboxes(rabbit);
        foreach (var inbox in inboxes.Consumers)
        {
            rabbit.ReceiveEndpoint(inbox.Key, endpoint =>
            {
                Configure(endpoint);
                foreach (var consumer in inbox)
                {
                    endpoint.ConfigureConsumer(registration, consumer);
                }
            });
        }
    });

    private static void Configure(IRabbitMqReceiveEndpointConfigurator inbox)
    {
        inbox.SetQuorumQueue();
        inbox.PrefetchCount = Prefetch;
        inbox.ConcurrentMessageLimit = AtOnce;

        // Nobody listens to MassTransit's messages about faults: the error queue tells.
        inbox.PublishFaults = false;
        inbox.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(Patience.IsOutOfReach);
            retry.Intervals(Patience.Long);
        });
        inbox.UseMessageRetry(retry =>
        {
            retry.Ignore<RefusedException>();
            retry.Ignore<Exception>(Patience.IsOutOfReach);
            retry.Intervals(Patience.Short);
        });
    }

    /// <summary>
    /// Whoever publishes first makes the inboxes of all who take it, and binds them to where it publishes: a service that has not started yet must miss
    /// nothing, and holds up nobody. The service itself binds its inbox over an exchange of its own; a queue gets a message once, whatever the ways to it.
    /// </summary>
    private static void MakeInboxes(IRabbitMqBusFactoryConfigurator rabbit)
    {
        foreach (var contract in Inbox.Contracts)
        {
            foreach (var inbox in Inbox.TakenBy(contract))
            {
                rabbit.Publish(contract, message => message.BindQueue(ExchangeOf(contract), inbox, queue => queue.SetQuorumQueue()));
            }
        }
    }

    /// <summary>Where MassTransit publishes a message.</summary>
    private static string ExchangeOf(Type contract) => $"{contract.Namespace}:{contract.Name}";
}
