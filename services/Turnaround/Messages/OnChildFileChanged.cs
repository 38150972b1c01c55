using Barnahus.Contracts;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Norms;
using MassTransit;

namespace Barnahus.Turnaround.Messages;

/// <summary>Intake tells how a child's file stands: the child's own case opens by itself and its clocks follow.</summary>
public sealed class OnChildFileChanged(
    CommandHandler handler, CaseOpener opener, PersonalData personal, NormLibrary norms, CaseMerging merging, DomainClock clock) : IConsumer<ChildFileChanged>
{
    public async Task Consume(ConsumeContext<ChildFileChanged> context)
    {
        var message = context.Message;
        var caseId = Case.OwnOf(message.ChildId);
        var command = new CaseCommand.LearnChildFile(
            caseId,
            message.ChildId,
            message.Source.Revision,
            message.Status,
            message.MergedInto,
            message.Region,
            message.ReportedAt,
            message.AssessedAt,
            Facts(message.Facts),
            await norms.CurrentAsync(context.CancellationToken));
        var carried = context.CommandContext(TurnaroundModule.Name, clock);
        var result = await handler.HandleAsync(opener.Decider, Case.Stream(caseId), command, carried, context.CancellationToken);
        await merging.CarryOnAsync(result.State, result.Revision, carried, context.CancellationToken);
    }

    /// <summary>Only what the clocks go by is kept here; nothing when nothing was known, null when it was destroyed.</summary>
    private ClockFacts? Facts(SealedField? sealedFacts)
    {
        if (sealedFacts is null)
        {
            return ClockFacts.Nothing;
        }

        return personal.Open<ChildFacts>(sealedFacts).ValueOrDefault is { } facts
            ? new ClockFacts(
                facts.BirthDate, facts.EstimatedAge, facts.EstimatedOn, facts.LastEventAt, facts.DisclosureByChild, facts.AcuteUnsafety, facts.Suspicions)
            : null;
    }
}
