using System.Diagnostics;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Barnahus.Platform.Bus;

/// <summary>Runs the log publisher of each service in this process, and its reactions.</summary>
public sealed class SubscriptionHost : BackgroundService
{
    private readonly List<LogSubscription> _subscriptions = [];

    public SubscriptionHost(
        IEnumerable<IPublication> publications,
        IEnumerable<IReaction> reactions,
        IMessageBus bus,
        IEventLog log,
        EventCodec codec,
        IStateStore state,
        DomainClock clock,
        ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger<SubscriptionHost>();
        foreach (var service in publications.GroupBy(publication => publication.GetType().Assembly.GetName().Name))
        {
            var byType = service
                .SelectMany(publication => publication.Of.Select(type => (type, publication)))
                .ToLookup(pair => pair.type, pair => pair.publication);
            Add($"publisher.{service.Key}", [.. byType.Select(group => group.Key)], async (recorded, token) =>
            {
                foreach (var publication in byType[recorded.Event.GetType()])
                {
                    if (await publication.MessageAsync(recorded, token) is { } message)
                    {
                        await bus.PublishAsync(message, recorded.Envelope.EventId, recorded.Envelope.CorrelationId, token);
                    }
                }
            }, bus.AtOnce);
        }

        foreach (var reaction in reactions)
        {
            var service = reaction.GetType().Assembly.GetName().Name!.Split('.')[^1];
            Add($"reaction.{reaction.Name}", [.. reaction.To], (recorded, token) => reaction.ReactAsync(
                recorded,
                new CommandContext(
                    DerivedId.Beside(recorded.Envelope.EventId, reaction.Name),
                    Actor.System(service.ToLowerInvariant()),
                    null,
                    clock.Now,
                    recorded.Envelope.CorrelationId,
                    Activity.Current?.Id) { CauseEventId = recorded.Envelope.EventId },
                token), atOnce: 1);
        }

        void Add(string name, HashSet<Type> types, Func<Recorded, CancellationToken, Task> handle, int atOnce) =>
            _subscriptions.Add(new LogSubscription(name, types, handle, atOnce, log, codec, state, logger));
    }

    /// <summary>Subscriptions that stopped, with why.</summary>
    public IReadOnlyDictionary<string, Exception> Stopped =>
        _subscriptions.Where(one => one.Stopped is not null).ToDictionary(one => one.Name, one => one.Stopped!, StringComparer.Ordinal);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_subscriptions.Select(one => Task.Run(() => one.RunAsync(stoppingToken), CancellationToken.None)));
}
