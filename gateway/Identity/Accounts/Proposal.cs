using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Identity.Accounts;

/// <summary>
/// What takes two administrators: one proposes, another approves. One alone could walk in as anybody (<see cref="Recovery"/>) or make anybody a reader,
/// and themselves with a second name (<see cref="Right"/>).
/// </summary>
/// <param name="ProposedBy">Account of the administrator.</param>
/// <param name="At">Security time.</param>
public sealed record Proposal(Guid ProposedBy, DateTimeOffset At)
{
    /// <summary>Not lapsed: a proposal that nobody answers is worth nothing after a while.</summary>
    /// <param name="life">How long that is.</param>
    public bool IsOpen(DateTimeOffset at, TimeSpan life) => at - At < life;

    /// <summary>What takes two who ask for the same: of the first it is a proposal, of the second the deed; the first asks in vain again.</summary>
    internal static Decision OfTwo(Proposal? proposal, Guid by, DateTimeOffset at, TimeSpan life, IEvent proposed, IEvent done) =>
        proposal?.IsOpen(at, life) != true ? Decision.Accept(proposed)
        : proposal.ProposedBy == by ? Decision.Nothing
        : Decision.Accept(done);

    /// <summary>What the hand that approves is refused for; null: nothing.</summary>
    /// <param name="own">What is said to the holder of the account.</param>
    /// <param name="none">What is said when nothing is proposed.</param>
    internal static Decision? Refusal(Account account, Proposal? proposal, Guid by, DateTimeOffset at, TimeSpan life, Decision own, Decision none) =>
        by == account.Id ? own
        : proposal?.IsOpen(at, life) != true ? none
        : proposal.ProposedBy == by ? Decision.Refuse("two-administrators", "You proposed this yourself. Another administrator approves it, after asking the holder in person.")
        : account.Disabled ? Decision.Refuse("account-disabled", "This account is not in use. Take it back into use first.")
        : null;
}
