using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Cases;

namespace Barnahus.Turnaround.Messages;

/// <summary>Commands that must know what a case has learned of its child, which is sealed.</summary>
internal static class CaseReading
{
    private const int Attempts = 20;

    /// <summary>What is known of the child of a case; null when nothing is, or when it was destroyed.</summary>
    internal static ClockFacts? FactsOf(this PersonalData personal, Case state) =>
        state.File?.Facts is { } facts ? personal.Open(facts).ValueOrDefault : null;

    /// <summary>Decides a command made from the case as it stands, and again when it changed in between: opened facts are never those of before.</summary>
    internal static async Task<(Case State, long Revision)> AtRevisionAsync(
        this CommandHandler handler, CaseOpener opener, Guid caseId, CommandContext context, Func<Case, CaseCommand> command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (state, revision) = await handler.StateAsync(opener.Decider, Case.Stream(caseId), cancellationToken);
            try
            {
                var result = await handler.HandleAsync(
                    opener.Decider, Case.Stream(caseId), command(state), context with { IfRevision = revision }, cancellationToken);
                return (result.State, result.Revision);
            }
            catch (StaleException) when (attempt < Attempts)
            {
                // Another message about the same case was first.
            }
        }
    }
}
