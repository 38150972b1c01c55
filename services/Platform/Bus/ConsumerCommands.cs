using System.Diagnostics;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using MassTransit;

namespace Barnahus.Platform.Bus;

public static class ConsumerCommands
{
    /// <summary>Header of a message with the W3C trace context of whoever published it.</summary>
    public const string TraceHeader = "traceparent";

    /// <summary>Context for the command that a message leads to in a service: its id follows from the message, so a repeated delivery has no second effect.</summary>
    public static CommandContext CommandContext<T>(this ConsumeContext<T> context, string service, DomainClock clock)
        where T : class
    {
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without id cannot be taken once only.");
        return new CommandContext(
            DerivedId.Beside(messageId, service), Actor.System(service), null, clock.Now, context.CorrelationId ?? messageId, context.Headers.Get<string>(TraceHeader) ?? Activity.Current?.Id)
        {
            CauseEventId = messageId,
        };
    }
}
