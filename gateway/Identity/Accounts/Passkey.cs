using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Accounts;

/// <summary>A passkey of an account as it stands now.</summary>
/// <param name="Added">As it was enrolled.</param>
/// <param name="SignCount">Of its last use; 0 where the device does not count.</param>
/// <param name="UsedAt">Null: never.</param>
public sealed record Passkey(PasskeyAdded Added, long SignCount, bool BackedUp, DateTimeOffset? UsedAt)
{
    /// <summary>An account has at most this many.</summary>
    public const int Most = 10;

    /// <summary>From a credential id to the name on the log.</summary>
    public static Guid IdOf(byte[] credentialId) => DerivedId.From($"passkey/{Convert.ToBase64String(credentialId)}");

    internal static Decision Decide(AccountCommand.AddPasskey c, Account account) => account switch
    {
        { Disabled: true } or { PasswordHash: null } => Decision.Refuse("account-not-active", "This account is not in use."),
        _ when account.Passkeys.ContainsKey(c.PasskeyId) => Decision.Nothing,
        { Passkeys.Count: >= Most } => Decision.Refuse("passkeys-full", $"You have {Most} passkeys. Remove one that you do not use any more."),
        _ => Decision.Accept(new PasskeyAdded(
            account.Id!.Value, c.PasskeyId, Personal.Of(c.CredentialId), Personal.Of(c.PublicKey), Personal.Of(c.Name), c.Transports, c.SignCount, c.BackupEligible, c.BackedUp, c.At)),
    };

    internal static Decision Decide(AccountCommand.UsePasskey c, Account account) => account.Passkeys.ContainsKey(c.PasskeyId)
        ? Decision.Accept(new PasskeyUsed(account.Id!.Value, c.PasskeyId, c.SignCount, c.BackedUp, c.At))
        : Decision.Refuse("passkey-unknown", "There is no such passkey any more.");

    internal static Decision Decide(AccountCommand.RemovePasskey c, Account account) => account.Passkeys.ContainsKey(c.PasskeyId)
        ? Decision.Accept(new PasskeyRemoved(account.Id!.Value, c.PasskeyId, c.At))
        : Decision.Nothing;

    internal static ImmutableDictionary<Guid, Passkey> Use(ImmutableDictionary<Guid, Passkey> passkeys, PasskeyUsed e) =>
        passkeys.TryGetValue(e.PasskeyId, out var passkey)
            ? passkeys.SetItem(e.PasskeyId, passkey with { SignCount = e.SignCount, BackedUp = e.BackedUp, UsedAt = e.At })
            : passkeys;
}
