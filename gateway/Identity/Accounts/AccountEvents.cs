using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Accounts;

// Accounts are kept under the police regime: who did what must be known as long as the police data itself (Wpg art. 32a).

/// <summary>A name to sign in with now belongs to an account. Stands in the one stream of login names, so that no two accounts share one.</summary>
[EventType("identity.login-name-taken.v1")]
public sealed record LoginNameTaken(Guid AccountId, [property: Personal(Regime.Police)] Personal<string> LoginName) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>An account was made and its holder invited. The invitation code itself is nowhere: only its hash, sealed.</summary>
/// <param name="AuthenticatorKey">On the log of before only: whoever had the code could see it, and so know the second factor. It is made where the invitation is taken up.</param>
[EventType("identity.account-invited.v1")]
public sealed record AccountInvited(
    Guid AccountId,
    [property: Personal(Regime.Police)] Personal<string> LoginName,
    [property: Personal(Regime.Police)] Personal<string> Name,
    string Organisation,
    [property: Personal(Regime.Police)] Personal<string> InvitationHash,
    [property: Personal(Regime.Police)] Personal<string>? AuthenticatorKey,
    DateTimeOffset ExpiresAt) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>A new invitation, after a recovery or since the first was never taken up; password and second factor of before are worth nothing from now on.</summary>
/// <param name="AuthenticatorKey">On the log of before only, as in <see cref="AccountInvited"/>.</param>
[EventType("identity.account-invited-again.v1")]
public sealed record AccountInvitedAgain(
    Guid AccountId,
    [property: Personal(Regime.Police)] Personal<string> InvitationHash,
    [property: Personal(Regime.Police)] Personal<string>? AuthenticatorKey,
    DateTimeOffset ExpiresAt,
    DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>The holder took the invitation up: set a password and proved the second factor (not asked in the demonstration).</summary>
/// <param name="AuthenticatorKey">Base32 key of the second factor, as the holder's form showed it; null in the demonstration, and where the invitation still had it.</param>
[EventType("identity.account-activated.v2")]
public sealed record AccountActivated(
    Guid AccountId,
    [property: Personal(Regime.Police)] Personal<string> PasswordHash,
    [property: Personal(Regime.Police)] Personal<string>? AuthenticatorKey,
    bool SecondFactor,
    DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>The password, or only its hash, was renewed.</summary>
/// <param name="EndsSessions">False when the same password was hashed anew with a stronger setting.</param>
[EventType("identity.password-set.v1")]
public sealed record PasswordSet(
    Guid AccountId,
    [property: Personal(Regime.Police)] Personal<string> PasswordHash,
    bool EndsSessions,
    DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

[EventType("identity.role-granted.v1")]
public sealed record RoleGranted(Guid AccountId, string Role) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

[EventType("identity.role-taken.v1")]
public sealed record RoleTaken(Guid AccountId, string Role) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

[EventType("identity.region-granted.v1")]
public sealed record RegionGranted(Guid AccountId, string Region) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

[EventType("identity.region-taken.v1")]
public sealed record RegionTaken(Guid AccountId, string Region) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

[EventType("identity.signed-in.v1")]
public sealed record SignedIn(Guid AccountId, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>Somebody tried to sign in and could not.</summary>
/// <param name="Counted">False while the account is locked or disabled: a lock is not made longer by trying.</param>
[EventType("identity.sign-in-failed.v1")]
public sealed record SignInFailed(Guid AccountId, bool Counted, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>Somebody tried a name that no account has. A stream of its own each, so that it costs what a failure on a known account costs.</summary>
[EventType("identity.unknown-sign-in.v1")]
public sealed record UnknownSignIn(Guid AttemptId, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

[EventType("identity.account-locked.v1")]
public sealed record AccountLocked(Guid AccountId, DateTimeOffset Until) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

[EventType("identity.account-disabled.v1")]
public sealed record AccountDisabled(Guid AccountId) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>An administrator wants it back in use; it is when another asks for the same.</summary>
/// <param name="By">Account of the administrator.</param>
[EventType("identity.account-enabling-proposed.v1")]
public sealed record AccountEnablingProposed(Guid AccountId, Guid By, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

[EventType("identity.account-enabled.v1")]
public sealed record AccountEnabled(Guid AccountId, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}
