using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Accounts;

/// <summary>Rules of an account. Nobody changes what they themselves may do, and what an account may do is given by two; every change stands on the log with its hand.</summary>
public static class AccountDecider
{
    public static readonly Decider<AccountCommand, Account> Decider = new(Account.Initial, Decide, Account.Evolve);

    /// <summary>The rule that an account is made once.</summary>
    public const string Exists = "account-exists";

    private static Decision Decide(AccountCommand command, Account account) => command switch
    {
        AccountCommand.Invite c => Invite(c, account),
        _ when account.Id is null => Decision.Refuse("account-unknown", "There is no such account. Invite its holder first."),
        AccountCommand.InviteAgain when account.WasActivated =>
            Decision.Refuse("recovery-by-two", "This account has been in use. Propose its recovery; another administrator approves it."),
        AccountCommand.InviteAgain { By: not null } when account.Roles.Count + account.Regions.Count > 0 => Decision.Refuse(
            "rights-before-holder",
            "This account has rights already, and whoever takes it up gets them. Take them from it first and propose them anew; an account of the installation itself gets a new code at its next start."),
        AccountCommand.InviteAgain c => Decision.Accept(new AccountInvitedAgain(
            account.Id.Value, Personal.Of(c.InvitationHash), null, c.ExpiresAt, c.At)),
        AccountCommand.ProposeRecovery c => Recovery.Decide(c, account),
        AccountCommand.ApproveRecovery c => Recovery.Decide(c, account),
        AccountCommand.RejectRecovery c => Recovery.Decide(c, account),
        AccountCommand.SeeRecovery c => account.Recovered is null ? Decision.Nothing : Decision.Accept(new RecoverySeen(account.Id.Value, c.At)),
        AccountCommand.AddPasskey c => Passkey.Decide(c, account),
        AccountCommand.UsePasskey c => Passkey.Decide(c, account),
        AccountCommand.RemovePasskey c => Passkey.Decide(c, account),
        AccountCommand.Activate c => Activate(c, account),
        AccountCommand.SetPassword c => account.PasswordHash is null
            ? Decision.Refuse("account-not-active", "The invitation was not taken up yet; the password is set with it.")
            : Decision.Accept(new PasswordSet(account.Id.Value, Personal.Of(c.PasswordHash), c.EndsSessions, c.At)),
        AccountCommand.Grant c => Right.Decide(c, account),
        AccountCommand.ApproveRight c => Right.Decide(c, account),
        AccountCommand.RejectRight c => Right.Decide(c, account),
        AccountCommand.TakeRole c => ByAnother(account, c.By, !account.Roles.Contains(c.Role), new RoleTaken(account.Id.Value, c.Role)),
        AccountCommand.TakeRegion c => ByAnother(account, c.By, !account.Regions.Contains(c.Region), new RegionTaken(account.Id.Value, c.Region)),
        AccountCommand.SignIn c => SignIn(c, account),
        AccountCommand.FailSignIn c => Decision.Accept(new SignInFailed(
            account.Id.Value, Counted: !account.Disabled && !account.IsLocked(c.At), c.At)),
        AccountCommand.Lock c => account.LockedUntil >= c.Until ? Decision.Nothing : Decision.Accept(new AccountLocked(account.Id.Value, c.Until)),
        AccountCommand.Disable c => ByAnother(account, c.By, account.Disabled, new AccountDisabled(account.Id.Value)),
        AccountCommand.Enable c => Enable(c, account),
        _ => throw new InvalidOperationException($"An account does not know {command.GetType().Name}."),
    };

    private static Decision Invite(AccountCommand.Invite c, Account account) => account.Id is not null
        ? Decision.Refuse(Exists, "This account exists already. Invite its holder again instead.")
        : Decision.Accept(new AccountInvited(
            c.AccountId,
            Personal.Of(c.LoginName),
            Personal.Of(c.Name),
            c.Organisation,
            Personal.Of(c.InvitationHash),
            null,
            c.ExpiresAt));

    private static Decision Activate(AccountCommand.Activate c, Account account) => account switch
    {
        { Disabled: true } => Decision.Refuse("account-disabled", "This account is not in use. Ask the administrator."),
        { Invitation: null } => Decision.Refuse("invitation-spent", "This invitation was taken up already. Sign in, or ask for a new one."),
        { Invitation: { } invitation } when invitation.ExpiresAt <= c.At =>
            Decision.Refuse("invitation-expired", "This invitation is too old. Ask the administrator for a new one."),
        _ => Decision.Accept(new AccountActivated(
            account.Id!.Value, Personal.Of(c.PasswordHash), c.AuthenticatorKey is { } key ? Personal.Of(key) : null, c.AuthenticatorKey is not null, c.At)),
    };

    private static Decision SignIn(AccountCommand.SignIn c, Account account) => account switch
    {
        // One refusal for all: which of them it is would tell a stranger that the account exists.
        { Disabled: true } or { PasswordHash: null } => Refused,
        _ when account.IsLocked(c.At) => Refused,
        _ => Decision.Accept(new SignedIn(account.Id!.Value, c.At)),
    };

    private static Decision Refused { get; } = Decision.Refuse("sign-in-refused", "Name, password or code is not right.");

    /// <summary>With it come back all its roles and regions at once, each of which took two administrators: so does this.</summary>
    private static Decision Enable(AccountCommand.Enable c, Account account) =>
        c.By == account.Id ? Own
        : !account.Disabled ? Decision.Nothing
        : Proposal.OfTwo(
            account.Enabling, c.By, c.At, Right.Life, new AccountEnablingProposed(account.Id!.Value, c.By, c.At), new AccountEnabled(account.Id.Value, c.At));

    private static Decision ByAnother(Account account, Guid? by, bool already, IEvent @event) =>
        by == account.Id ? Own : already ? Decision.Nothing : Decision.Accept(@event);

    private static Decision Own { get; } = Decision.Refuse("own-account", "Nobody changes the rights of their own account. Ask another administrator.");
}
