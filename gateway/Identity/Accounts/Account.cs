using System.Collections.Immutable;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Accounts;

/// <summary>A person's account: who may sign in, and as what. Folded from <c>identity.account-{id}</c>.</summary>
public sealed record Account
{
    public static readonly Account Initial = new();

    /// <summary>Null: there is no such account.</summary>
    public Guid? Id { get; init; }

    public Personal<string>? LoginName { get; init; }

    public Personal<string>? Name { get; init; }

    /// <summary>OIN.</summary>
    public string? Organisation { get; init; }

    public ImmutableSortedSet<string> Roles { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public ImmutableSortedSet<string> Regions { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Open invitation; null once taken up.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>Its holder has used it: one administrator alone gives no new way in.</summary>
    public bool WasActivated { get; init; }

    /// <summary>Proposed and not yet answered; see its age.</summary>
    public Proposal? Recovery { get; init; }

    /// <summary>Rights that wait for a second administrator; see their age.</summary>
    public ImmutableDictionary<Right, Proposal> Proposed { get; init; } = ImmutableDictionary<Right, Proposal>.Empty;

    /// <summary>Null: none, or the holder has seen it.</summary>
    public Recovered? Recovered { get; init; }

    public Personal<string>? PasswordHash { get; init; }

    public Personal<string>? AuthenticatorKey { get; init; }

    /// <summary>By their id on the log.</summary>
    public ImmutableDictionary<Guid, Passkey> Passkeys { get; init; } = ImmutableDictionary<Guid, Passkey>.Empty;

    /// <summary>The holder has proved the second factor.</summary>
    public bool SecondFactor { get; init; }

    /// <summary>Counted failures since the last success or lock.</summary>
    public int FailedSignIns { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Sessions from before this moment are over (security time).</summary>
    public DateTimeOffset SessionsFrom { get; init; } = DateTimeOffset.MinValue;

    public bool Disabled { get; init; }

    /// <summary>One administrator wants it back in use; see its age.</summary>
    public Proposal? Enabling { get; init; }

    /// <summary>Name of an account's stream.</summary>
    public static string Stream(Guid id) => $"identity.account-{id:D}";

    public static Account Evolve(Account account, IEvent @event) => @event switch
    {
        AccountInvited e => account with
        {
            Id = e.AccountId,
            LoginName = e.LoginName,
            Name = e.Name,
            Organisation = e.Organisation,
            Invitation = new(e.InvitationHash, e.ExpiresAt),
            AuthenticatorKey = e.AuthenticatorKey,
        },
        AccountInvitedAgain e => account with
        {
            Invitation = new(e.InvitationHash, e.ExpiresAt),
            AuthenticatorKey = e.AuthenticatorKey,
            SecondFactor = false,
            PasswordHash = null,
            Passkeys = ImmutableDictionary<Guid, Passkey>.Empty,
            SessionsFrom = e.At,
        },
        AccountActivated e => account with
        {
            Invitation = null,
            WasActivated = true,
            PasswordHash = e.PasswordHash,
            AuthenticatorKey = e.AuthenticatorKey ?? account.AuthenticatorKey,
            SecondFactor = e.SecondFactor,
            FailedSignIns = 0,
            LockedUntil = null,
            SessionsFrom = e.At,
        },
        RecoveryProposed e => account with { Recovery = new(e.By, e.At) },
        RecoveryRejected => account with { Recovery = null },
        RecoveryApproved e => account with { Recovery = null, Recovered = new(e.ProposedBy, e.By, e.At) },
        RecoverySeen => account with { Recovered = null },
        PasskeyAdded e => account with { Passkeys = account.Passkeys.SetItem(e.PasskeyId, new(e, e.SignCount, e.BackedUp, null)) },
        PasskeyUsed e => account with { Passkeys = Passkey.Use(account.Passkeys, e) },
        PasskeyRemoved e => account with { Passkeys = account.Passkeys.Remove(e.PasskeyId) },
        PasswordSet e => account with
        {
            PasswordHash = e.PasswordHash,
            SessionsFrom = e.EndsSessions ? e.At : account.SessionsFrom,
        },
        RightProposed e => account with { Proposed = account.Proposed.SetItem(new(e.Kind, e.Name), new(e.By, e.At)) },
        RightRejected e => account with { Proposed = account.Proposed.Remove(new(e.Kind, e.Name)) },
        RightApproved e => account with { Proposed = account.Proposed.Remove(new(e.Kind, e.Name)) },
        RoleGranted e => account with { Roles = account.Roles.Add(e.Role) },
        RoleTaken e => account with { Roles = account.Roles.Remove(e.Role) },
        RegionGranted e => account with { Regions = account.Regions.Add(e.Region) },
        RegionTaken e => account with { Regions = account.Regions.Remove(e.Region) },
        SignedIn => account with { FailedSignIns = 0, LockedUntil = null },
        SignInFailed e => e.Counted ? account with { FailedSignIns = account.FailedSignIns + 1 } : account,
        AccountLocked e => account with { LockedUntil = e.Until, FailedSignIns = 0 },
        AccountDisabled => account with { Disabled = true, Enabling = null },
        AccountEnablingProposed e => account with { Enabling = new(e.By, e.At) },
        AccountEnabled e => account with { Disabled = false, Enabling = null, SessionsFrom = e.At },
        _ => throw new InvalidOperationException($"An account does not know {@event.GetType().Name}."),
    };

    /// <summary>An administrator who can sign in.</summary>
    public bool IsAdministrator => this is { Disabled: false, PasswordHash: not null } && Roles.Contains(Platform.Access.Roles.Administrator);

    /// <summary>Locked at this moment (security time).</summary>
    public bool IsLocked(DateTimeOffset at) => LockedUntil > at;
}

/// <summary>A way in for somebody who has no password yet.</summary>
/// <param name="Hash">SHA-256 of the invitation code, base64; the code has 160 random bits, so it needs no salt.</param>
/// <param name="ExpiresAt">Worth nothing from then on.</param>
public sealed record Invitation(Personal<string> Hash, DateTimeOffset ExpiresAt);
