using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Accounts;

/// <summary>A lost phone or password is mended by two administrators: one proposes, another approves and hands the new invitation over.</summary>
public static class Recovery
{
    /// <summary>A proposal that nobody answers lapses.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(3);

    internal static Decision Decide(AccountCommand.ProposeRecovery c, Account account) => account switch
    {
        _ when c.By == account.Id => Own,
        { Disabled: true } => Decision.Refuse("account-disabled", "This account is not in use. Take it back into use first."),
        { WasActivated: false } => Decision.Refuse("account-not-active", "The invitation was never taken up. Invite again instead."),
        { Recovery: { } open } when open.IsOpen(c.At, Life) => open.ProposedBy == c.By
            ? Decision.Nothing
            : Decision.Refuse("recovery-proposed", "Another administrator proposed this already. Approve or reject that."),
        _ => Decision.Accept(new RecoveryProposed(account.Id!.Value, c.By, Personal.Of(c.Reason), c.At)),
    };

    internal static Decision Decide(AccountCommand.ApproveRecovery c, Account account) =>
        Proposal.Refusal(account, account.Recovery, c.By, c.At, Life, Own, NoProposal) ?? Decision.Accept(
            new RecoveryApproved(account.Id!.Value, account.Recovery!.ProposedBy, c.By, c.At),
            new AccountInvitedAgain(account.Id.Value, Personal.Of(c.InvitationHash), null, c.ExpiresAt, c.At));

    internal static Decision Decide(AccountCommand.RejectRecovery c, Account account) => account.Recovery is null
        ? Decision.Nothing
        : Decision.Accept(new RecoveryRejected(account.Id!.Value, c.By, c.At));

    private static Decision Own { get; } =
        Decision.Refuse("own-account", "Nobody recovers their own account. Ask two other administrators.");

    private static Decision NoProposal { get; } = Decision.Refuse("no-recovery", "Nobody proposed this within the last three days. Propose it first.");
}

/// <summary>A recovery that its holder has not been told of yet.</summary>
/// <param name="ProposedBy">Account of the one administrator.</param>
/// <param name="ApprovedBy">Account of the other.</param>
public sealed record Recovered(Guid ProposedBy, Guid ApprovedBy, DateTimeOffset At);
