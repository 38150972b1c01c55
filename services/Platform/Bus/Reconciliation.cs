using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using MassTransit;

namespace Barnahus.Platform.Bus;

/// <summary>What a reconciliation found.</summary>
/// <param name="Republished">Messages that were published again. Each is counted once below, by the worst that became of it at any receiver.</param>
/// <param name="AlreadyApplied">Taken everywhere without a change: they had arrived.</param>
/// <param name="NewlyApplied">Taken everywhere, and led to an event now: they had been missing.</param>
/// <param name="Failed">A receiver could not handle them: they are in its error queue.</param>
/// <param name="UnderWay">A receiver has not said that it took them: it is away, or waits for what is out of its reach.</param>
public sealed record Reconciled(int Republished, int AlreadyApplied, int NewlyApplied, int Failed, int UnderWay);

/// <summary>A receiver's word to the reconciliation that it took a message.</summary>
public sealed record Taken(Guid MessageId);

/// <summary>
/// Checks the broker against the log: publishes again all that a process's services had to tell since a position, and looks in the log who learned
/// something by it. Consumers do not mind a message they know; while it runs, all go on as ever.
/// </summary>
internal sealed class Reconciliation(IEnumerable<IPublication> publications, RabbitMqBus bus, IEventLog log, EventCodec codec)
{
    private const int PageSize = 500;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <param name="from">Publishes what stands after it.</param>
    /// <param name="quiet">When no receiver has said anything for so long, what is still open is given as under way.</param>
    public async Task<Reconciled> RunAsync(LogPosition from, TimeSpan quiet, CancellationToken cancellationToken)
    {
        var head = await log.HeadAsync(cancellationToken);
        var outcomes = new Outcomes();
        var ear = bus.Current!.ConnectReceiveEndpoint(new TemporaryEndpointDefinition(), null, endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.Handler<Taken>(context => outcomes.TakenAsync(context.Message.MessageId, context.SourceAddress));
            endpoint.Handler<Fault>(context => outcomes.FailedAsync(context.Message.FaultedMessageId));
        });
        try
        {
            var tell = (await ear.Ready.WaitAsync(cancellationToken)).InputAddress;
            await PublishAsync(from, head, tell, outcomes, cancellationToken);
            while (outcomes.AnyOpen && outcomes.Silence < quiet)
            {
                await Task.Delay(Look, cancellationToken);
            }
        }
        finally
        {
            await ear.StopAsync(CancellationToken.None);
        }

        return outcomes.Count(await LearnedAsync(outcomes.Messages, head, cancellationToken));
    }

    private async Task PublishAsync(LogPosition from, LogPosition head, Uri tell, Outcomes outcomes, CancellationToken cancellationToken)
    {
        var byType = publications.SelectMany(publication => publication.Of.Select(type => (type, publication))).ToLookup(pair => pair.type, pair => pair.publication);
        for (var position = from; position < head;)
        {
            var page = await log.ReadAllAsync(position, PageSize, cancellationToken);
            var taken = page.Where(logged => codec.TypeOf(logged) is { } type && byType.Contains(type)).ToList();
            var limit = new ParallelOptions { MaxDegreeOfParallelism = bus.AtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(taken, limit, async (logged, token) =>
            {
                var recorded = codec.Decode(logged);
                foreach (var publication in byType[recorded.Event.GetType()])
                {
                    if (await publication.MessageAsync(recorded, token) is { } message)
                    {
                        outcomes.Publishes(recorded.Envelope.EventId, Inbox.TakenBy(message.GetType()).Count());
                        await bus.PublishAsync(message, recorded.Envelope.EventId, recorded.Envelope.CorrelationId, tell, token);
                    }
                }
            });
            position = page is [.., var last] ? last.Position : head;
        }
    }

    /// <summary>Which of the messages led to an event: a consumer's command id, kept as causation, follows from message and service.</summary>
    private async Task<IReadOnlySet<Guid>> LearnedAsync(IReadOnlyCollection<Guid> messages, LogPosition after, CancellationToken cancellationToken)
    {
        var byService = new Dictionary<string, Dictionary<Guid, Guid>>(StringComparer.Ordinal);
        var learned = new HashSet<Guid>();
        for (var position = after; await log.ReadAllAsync(position, PageSize, cancellationToken) is [.., var last] page; position = last.Position)
        {
            foreach (var (actor, causation) in page.Select(CauseOf))
            {
                if (!byService.TryGetValue(actor, out var commands))
                {
                    byService[actor] = commands = messages.ToDictionary(message => DerivedId.Beside(message, actor));
                }

                if (commands.TryGetValue(causation, out var message))
                {
                    learned.Add(message);
                }
            }
        }

        return learned;
    }

    private static (string Service, Guid Command) CauseOf(LoggedEvent logged)
    {
        var written = EventMetadata.Read(logged.Metadata.Span);
        return (written.Actor.Client, written.CausationId);
    }
}
