using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Bus;

/// <summary>What a reconciliation found.</summary>
/// <param name="Republished">Messages that were published again.</param>
/// <param name="AlreadyApplied">Of them, how many changed nothing: they had arrived.</param>
/// <param name="NewlyApplied">Of them, how many led to an event now: they had been missing.</param>
public sealed record Reconciled(int Republished, int AlreadyApplied, int NewlyApplied);

/// <summary>
/// Checks the broker against the log: publishes again all that a process's services had to tell since a position, and looks in the log who learned
/// something by it. Consumers do not mind a message they know; while it runs, all go on as ever.
/// </summary>
internal sealed class Reconciliation(
    IEnumerable<IPublication> publications, IMessageBus bus, BusSettings settings, Inboxes inboxes, IEventLog log, EventCodec codec)
{
    private const int PageSize = 500;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <param name="from">Publishes what stands after it.</param>
    /// <param name="quiet">Inboxes that stay empty this long are taken as worked off.</param>
    public async Task<Reconciled> RunAsync(LogPosition from, TimeSpan quiet, CancellationToken cancellationToken)
    {
        var head = await log.HeadAsync(cancellationToken);
        var byType = publications.SelectMany(publication => publication.Of.Select(type => (type, publication))).ToLookup(pair => pair.type, pair => pair.publication);
        var messages = new HashSet<Guid>();
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
                        await bus.PublishAsync(message, recorded.Envelope.EventId, recorded.Envelope.CorrelationId, token);
                        lock (messages)
                        {
                            messages.Add(recorded.Envelope.EventId);
                        }
                    }
                }
            });
            position = page is [.., var last] ? last.Position : head;
        }

        await WorkedOffAsync(quiet, cancellationToken);
        var learned = await LearnedAsync(messages, head, cancellationToken);
        return new Reconciled(messages.Count, messages.Count - learned, learned);
    }

    /// <summary>Waits until the inboxes of all who take messages have been empty for a while.</summary>
    private async Task WorkedOffAsync(TimeSpan quiet, CancellationToken cancellationToken)
    {
        if (settings.Broker is not { } broker)
        {
            return;
        }

        var all = Inbox.All.Union(inboxes.Consumers.Select(inbox => inbox.Key)).ToList();
        await using var desk = await BrokerDesk.OpenAsync(broker, cancellationToken);
        var empty = TimeSpan.Zero;
        while (empty < quiet)
        {
            await Task.Delay(Look, cancellationToken);
            var waiting = 0u;
            foreach (var inbox in all)
            {
                waiting += (await desk.LookAsync(inbox, cancellationToken))?.Ready ?? 0;
            }

            empty = waiting == 0 ? empty + Look : TimeSpan.Zero;
        }
    }

    /// <summary>How many of the messages led to an event: a consumer's command id, kept as causation, follows from message and service.</summary>
    private async Task<int> LearnedAsync(HashSet<Guid> messages, LogPosition after, CancellationToken cancellationToken)
    {
        var byService = new Dictionary<string, Dictionary<Guid, Guid>>(StringComparer.Ordinal);
        var learned = new HashSet<Guid>();
        for (var position = after; await log.ReadAllAsync(position, PageSize, cancellationToken) is [.., var last] page; position = last.Position)
        {
            foreach (var (actor, causation) in page.Select(CauseOf))
            {
                if (!byService.TryGetValue(actor, out var commands))
                {
                    byService[actor] = commands = messages.ToDictionary(message => DerivedId.From(message, actor));
                }

                if (commands.TryGetValue(causation, out var message))
                {
                    learned.Add(message);
                }
            }
        }

        return learned.Count;
    }

    private static (string Service, Guid Command) CauseOf(LoggedEvent logged)
    {
        var written = EventMetadata.Read(logged.Metadata.Span);
        return (written.Actor.Client, written.CausationId);
    }
}
