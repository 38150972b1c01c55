using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Accounts;

/// <summary>The holder enrolled a passkey (WebAuthn): a way to sign in that no other site can phish.</summary>
/// <param name="PasskeyId">Made one-way from the credential id.</param>
/// <param name="CredentialId">Base64.</param>
/// <param name="PublicKey">COSE, base64.</param>
/// <param name="Name">What the holder calls it.</param>
/// <param name="BackupEligible">The device may copy it to others of its owner.</param>
[EventType("identity.passkey-added.v1")]
public sealed record PasskeyAdded(
    Guid AccountId,
    Guid PasskeyId,
    [property: Personal(Regime.Police)] Personal<string> CredentialId,
    [property: Personal(Regime.Police)] Personal<string> PublicKey,
    [property: Personal(Regime.Police)] Personal<string> Name,
    IReadOnlyList<string> Transports,
    long SignCount,
    bool BackupEligible,
    bool BackedUp,
    DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>A passkey was used. A copy of it somewhere shows in a count that goes back.</summary>
[EventType("identity.passkey-used.v1")]
public sealed record PasskeyUsed(Guid AccountId, Guid PasskeyId, long SignCount, bool BackedUp, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>The holder took a passkey out of use.</summary>
[EventType("identity.passkey-removed.v1")]
public sealed record PasskeyRemoved(Guid AccountId, Guid PasskeyId, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}
