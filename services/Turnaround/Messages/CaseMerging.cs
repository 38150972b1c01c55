using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Messages;

/// <summary>
/// Carries what stands in the own case of a merged child on to the case of the child it was merged into, and on from there when that one was
/// merged too. Runs after every message about a merged child, so that nothing is lost whichever came first.
/// </summary>
public sealed class CaseMerging(CommandHandler handler, CaseOpener opener, PersonalData personal, NormLibrary norms)
{
    public async Task CarryOnAsync(Case state, long revision, CommandContext context, CancellationToken cancellationToken)
    {
        var seen = new HashSet<Guid>();
        while (state.Merged is { } merged && seen.Add(merged.CaseId))
        {
            var from = (state: opener.Open(state), revision);
            var book = await norms.CurrentAsync(cancellationToken);
            (state, revision) = await handler.AtRevisionAsync(
                opener,
                merged.IntoCaseId,
                context.Then($"merge/{merged.CaseId:D}/{revision}"),
                into => new CaseCommand.TakeOver(
                    merged.IntoCaseId, merged.IntoChildId, from.state, from.revision, Numbers(from.state), personal.FactsOf(into), book),
                cancellationToken);
        }
    }

    private CaseNumbers? Numbers(Case state) =>
        state.Numbers.Values.Select(numbers => personal.Open(numbers).ValueOrDefault).FirstOrDefault(numbers => numbers is not null);
}
