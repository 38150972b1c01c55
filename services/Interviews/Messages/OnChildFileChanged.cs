using Barnahus.Contracts;
using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using MassTransit;

namespace Barnahus.Interviews.Messages;

/// <summary>Intake says how a child's file stands: recorded in the child's own stream, its facts sealed anew. An older message changes nothing.</summary>
public sealed class OnChildFileChanged(CommandHandler handler, PersonalData personal, DomainClock clock) : IConsumer<ChildFileChanged>
{
    public Task Consume(ConsumeContext<ChildFileChanged> context)
    {
        var message = context.Message;
        // A destroyed key leaves no facts: there is nothing left to decide on.
        var facts = message.Facts is { } field ? personal.Open<ChildFacts>(field).ValueOrDefault : null;
        var learned = new ChildLearned(
            message.ChildId, message.Source.Revision, message.Status, message.MergedInto, message.Region, Personal.OfNullable(facts),
            message.RestrictedSince);
        return handler.HandleAsync(
            InterviewDecider.Decider,
            ChildInterviews.StreamOf(message.ChildId),
            new InterviewsCommand.LearnChild(learned),
            context.CommandContext(InterviewsModule.Name, clock),
            context.CancellationToken);
    }
}
