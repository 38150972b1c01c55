using System.Diagnostics;
using MassTransit.Mediator;

namespace Barnahus.Platform.Bus;

/// <summary>The bus of a single process: publishing returns when every consumer has finished, and throws when one failed.</summary>
public sealed class MediatorBus(IMediator mediator) : IMessageBus
{
    /// <summary>One: what the consumers write is one writer's work anyway.</summary>
    public int AtOnce => 1;

    public Task PublishAsync(object message, Guid messageId, Guid correlationId, CancellationToken cancellationToken) =>
        mediator.Publish(
            message,
            message.GetType(),
            MassTransit.Pipe.Execute<MassTransit.PublishContext>(context =>
            {
                context.MessageId = messageId;
                context.CorrelationId = correlationId;
                context.Headers.Set(ConsumerCommands.TraceHeader, Activity.Current?.Id);
            }),
            cancellationToken);
}
