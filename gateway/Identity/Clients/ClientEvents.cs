using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Clients;

/// <summary>An organisation's system may ask for tokens.</summary>
/// <param name="ClientId">Lower-case code, e.g. <c>watch-nederland</c>.</param>
/// <param name="Name">Name of the organisation.</param>
/// <param name="Organisation">OIN.</param>
/// <param name="Scopes">What it may ask for, e.g. <c>referrals.submit</c>.</param>
[EventType("identity.client-registered.v1")]
public sealed record ClientRegistered(string ClientId, string Name, string Organisation, IReadOnlyList<string> Scopes) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>An administrator proposed a public key: it opens nothing until another approves it.</summary>
/// <param name="KeyId">The <c>kid</c> that its assertions name.</param>
/// <param name="PublicKey">PEM, SubjectPublicKeyInfo: P-256, or RSA of 2048 bits and more.</param>
/// <param name="By">Account of the administrator.</param>
[EventType("identity.client-key-proposed.v1")]
public sealed record ClientKeyProposed(string ClientId, string KeyId, string PublicKey, Guid By, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>A second administrator approved the key; by the hand of the installation itself it is there at once.</summary>
/// <param name="KeyId">The <c>kid</c> that its assertions name.</param>
/// <param name="PublicKey">PEM, SubjectPublicKeyInfo: P-256, or RSA of 2048 bits and more.</param>
[EventType("identity.client-key-added.v1")]
public sealed record ClientKeyAdded(string ClientId, string KeyId, string PublicKey) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>The key, or its proposal, is gone.</summary>
[EventType("identity.client-key-removed.v1")]
public sealed record ClientKeyRemoved(string ClientId, string KeyId) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

[EventType("identity.client-disabled.v1")]
public sealed record ClientDisabled(string ClientId) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>An administrator wants it back in use; it is when another asks for the same.</summary>
/// <param name="By">Account of the administrator.</param>
[EventType("identity.client-enabling-proposed.v1")]
public sealed record ClientEnablingProposed(string ClientId, Guid By, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

[EventType("identity.client-enabled.v1")]
public sealed record ClientEnabled(string ClientId) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}
