using Barnahus.Contracts;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Bus;

/// <summary>What a service tells the others: from its own event to a contract.</summary>
public interface IPublication
{
    /// <summary>Event types that may lead to a message.</summary>
    IReadOnlyCollection<Type> Of { get; }

    /// <summary>The contract to publish; null when there is nothing to say. May read the log; must give the same for the same event.</summary>
    ValueTask<object?> MessageAsync(Recorded recorded, CancellationToken cancellationToken);
}

/// <summary>What a service does by itself after an event of its own: a further command, with an id derived from the event.</summary>
public interface IReaction
{
    /// <summary>Stable name; keeps the checkpoint.</summary>
    string Name { get; }

    IReadOnlyCollection<Type> To { get; }

    /// <summary>Sends commands with <paramref name="context"/> or contexts that follow from it. May be called again for the same event.</summary>
    Task ReactAsync(Recorded recorded, CommandContext context, CancellationToken cancellationToken);
}

/// <summary>The bus as the publisher sees it.</summary>
public interface IMessageBus
{
    /// <summary>How many messages may be on their way at a time.</summary>
    int AtOnce { get; }

    /// <summary>Returns when the message is in safe hands: every consumer has finished (mediator), or the broker has confirmed.</summary>
    /// <param name="message">A contract.</param>
    /// <param name="messageId">Id of the event it comes from.</param>
    /// <param name="correlationId">What it belongs to.</param>
    /// <exception cref="BusUnreachableException">The broker does not answer; try for as long as it takes.</exception>
    Task PublishAsync(object message, Guid messageId, Guid correlationId, CancellationToken cancellationToken);
}

/// <summary>The broker does not answer.</summary>
public sealed class BusUnreachableException(Exception inner) : Exception("The message broker does not answer; messages wait in the log.", inner);

public static class RecordedSource
{
    /// <summary>Where a message from this event comes from.</summary>
    public static Source Source(this Recorded recorded) => new(
        recorded.Envelope.EventId,
        recorded.Envelope.Stream,
        recorded.Envelope.Revision,
        recorded.Envelope.OccurredAt,
        recorded.Envelope.CorrelationId);
}
