using Barnahus.Contracts;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Files;
using Barnahus.Safety.Terms;
using MassTransit;

namespace Barnahus.Safety.Messages;

/// <summary>Intake's file of a child changed: learn coordinator, dates and representatives, sealed anew under Care.</summary>
public sealed class OnChildFileChanged(CommandHandler handler, PersonalData personal, SafetyTerms terms, DomainClock clock) : IConsumer<ChildFileChanged>
{
    public Task Consume(ConsumeContext<ChildFileChanged> context)
    {
        var message = context.Message;
        var facts = message.Facts is { } sealedFacts ? personal.Open<ChildFacts>(sealedFacts).ValueOrDefault : null;
        return handler.HandleAsync(
            ChildSafetyDecider.Decider,
            ChildSafety.Stream(message.ChildId),
            Command(message, facts, terms, clock.Now),
            context.CommandContext("safety", clock),
            context.CancellationToken);
    }

    /// <summary>The command that a message leads to.</summary>
    public static LearnFile Command(ChildFileChanged message, ChildFacts? facts, SafetyTerms terms, DateTimeOffset now)
    {
        var file = new LearnedFile(
            message.Source.Revision,
            message.Status,
            message.MergedInto,
            message.Region,
            message.OpenedAt,
            message.SafetyCoordinatorId,
            facts is null ? null : Personal.Of(Learned(facts)));
        return new LearnFile(
            message.ChildId,
            now,
            file,
            [.. (facts?.Representatives ?? []).Where(known => known.Suspected).Select(known => new SuspectedRepresentative(
                known.PersonId, DerivedId.From(message.ChildId, $"{TriggerCodes.ParentSuspect}/{known.PersonId:D}")))],
            message.Source.OccurredAt,
            terms.Trigger(TriggerCodes.ParentSuspect).DueWithin);
    }

    private static LearnedFacts Learned(ChildFacts facts) => new(
        facts.BirthDate,
        facts.AcuteUnsafety,
        [.. facts.Representatives.Select(known => new LearnedRepresentative(known.PersonId, known.Relation, known.Suspected, known.MayBeInformed))]);
}
