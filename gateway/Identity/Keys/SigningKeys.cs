using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Keys;

/// <summary>
/// A key that signs access tokens came into use. The private part is sealed under a data key of its own in the vault,
/// so neither the log nor a copy of the data folder can sign anything.
/// </summary>
/// <param name="KeyId">Its <c>kid</c>.</param>
/// <param name="PrivateKey">PKCS#8 PEM.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo PEM.</param>
[EventType("identity.signing-key-added.v1")]
public sealed record SigningKeyAdded(
    Guid KeyId,
    [property: Personal(Regime.Police)] Personal<string> PrivateKey,
    string PublicKey,
    DateTimeOffset At) : IEvent
{
    public SubjectId Subject => new("signing-key", KeyId);
}

/// <summary>All signing keys, newest last.</summary>
public sealed record SigningKeys(ImmutableList<SigningKeyAdded> Keys)
{
    public const string Stream = "identity.signing-keys";

    /// <summary>A younger key signs on; an older one is followed by a new one at the next start.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromDays(90);

    public static readonly SigningKeys Initial = new(ImmutableList<SigningKeyAdded>.Empty);

    public static readonly Decider<AddSigningKey, SigningKeys> Decider = new(
        Initial,
        (command, keys) => keys.SignsAt(command.At)
            ? Decision.Nothing
            : Decision.Accept(new SigningKeyAdded(command.KeyId, Personal.Of(command.PrivateKey), command.PublicKey, command.At)),
        Evolve);

    /// <summary>Is the newest key young enough to sign?</summary>
    public bool SignsAt(DateTimeOffset at) => Keys.Count > 0 && at - Keys[^1].At < Renewal;

    private static SigningKeys Evolve(SigningKeys keys, IEvent @event) => @event switch
    {
        SigningKeyAdded e => new(keys.Keys.Add(e)),
        _ => throw new InvalidOperationException($"Signing keys do not know {@event.GetType().Name}."),
    };
}

/// <param name="At">Security time.</param>
public sealed record AddSigningKey(Guid KeyId, string PrivateKey, string PublicKey, DateTimeOffset At);
