using Barnahus.Contracts;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Norms;
using MassTransit;

namespace Barnahus.Turnaround.Messages;

/// <summary>Interviews tells how a child's interviews and medical examination stand: their clocks start and stop.</summary>
public sealed class OnInterviewsChanged(
    CommandHandler handler, CaseOpener opener, PersonalData personal, NormLibrary norms, CaseMerging merging, DomainClock clock) : IConsumer<InterviewsChanged>
{
    public async Task Consume(ConsumeContext<InterviewsChanged> context)
    {
        var message = context.Message;
        var caseId = Case.OwnOf(message.ChildId);
        var book = await norms.CurrentAsync(context.CancellationToken);
        IReadOnlyList<LearnedInterview> interviews =
        [
            .. message.Interviews.Select(interview => new LearnedInterview(
                interview.InterviewId, interview.Kind, interview.Status, interview.RequestedAt, interview.CompletedAt)),
        ];
        var examinedAt = message.Medical?.Examined is { } field && personal.Open<DateTimeOffset>(field) is { DestroyedRegime: null, ValueOrDefault: var at }
            ? at : (DateTimeOffset?)null;
        var carried = context.CommandContext(TurnaroundModule.Name, clock);
        var (state, revision) = await handler.AtRevisionAsync(
            opener,
            caseId,
            carried,
            known => new CaseCommand.LearnInterviews(
                caseId,
                message.ChildId,
                message.Source.Stream,
                message.Source.Revision,
                interviews,
                examinedAt,
                personal.FactsOf(known),
                book),
            context.CancellationToken);
        await merging.CarryOnAsync(state, revision, carried, context.CancellationToken);
    }
}
