using Barnahus.Contracts;
using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using MassTransit;

namespace Barnahus.Interviews.Messages;

/// <summary>Turnaround says that a child is in a case: whoever is on its team may name that case from now on, and nobody else.</summary>
public sealed class OnChildInCase(CommandHandler handler, DomainClock clock) : IConsumer<ChildInCase>
{
    public Task Consume(ConsumeContext<ChildInCase> context) => handler.HandleAsync(
        CaseChildren.Decider,
        CaseChildren.StreamOf(context.Message.CaseId),
        new LearnCase(context.Message.CaseId, context.Message.ChildId),
        context.CommandContext(InterviewsModule.Name, clock),
        context.CancellationToken);
}
