using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Keys;

/// <summary>
/// A key to sign access tokens with was made, and is published from now on. The private part is sealed under a data key of its own in the vault,
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

/// <summary>A key may have fallen into wrong hands: it signs nothing and is published no more.</summary>
[EventType("identity.signing-key-withdrawn.v1")]
public sealed record SigningKeyWithdrawn(Guid KeyId, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => new("signing-key", KeyId);
}

/// <summary>
/// The signing keys that were not withdrawn, newest last. A new one is published for two days before it signs, so that every service and partner has
/// read it by then; the one before it stays published until its tokens are gone.
/// </summary>
public sealed record SigningKeys(ImmutableList<SigningKeyAdded> Keys)
{
    public const string Stream = "identity.signing-keys";

    /// <summary>A key of this age is followed by a new one.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromDays(90);

    /// <summary>How long a key is published before it signs. Services read them every minute (<see cref="Platform.Hosting.ProviderKeys"/>); others may do so once a day.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromDays(2);

    /// <summary>How long a key stays published after it signed for the last time: tokens live five minutes.</summary>
    public static readonly TimeSpan Tail = TimeSpan.FromHours(1);

    public static readonly SigningKeys Initial = new(ImmutableList<SigningKeyAdded>.Empty);

    public static readonly Decider<SigningKeyCommand, SigningKeys> Decider = new(Initial, Decide, Evolve);

    /// <summary>No key, or the newest has signed long enough.</summary>
    public bool IsDue(DateTimeOffset at) => Keys.Count == 0 || at - Keys[^1].At >= Renewal;

    /// <summary>The key that signs at a moment; null: there is none.</summary>
    public SigningKeyAdded? SignerAt(DateTimeOffset at) => Keys.FindLast(key => key.At + Lead <= at) ?? Keys.FirstOrDefault();

    /// <summary>The keys that are published at a moment.</summary>
    public IEnumerable<SigningKeyAdded> PublishedAt(DateTimeOffset at) =>
        Keys.Where((_, index) => index == Keys.Count - 1 || at < Keys[index + 1].At + Lead + Tail);

    private static Decision Decide(SigningKeyCommand command, SigningKeys keys) => command switch
    {
        SigningKeyCommand.Add { OnlyIfDue: true } c when !keys.IsDue(c.At) => Decision.Nothing,
        SigningKeyCommand.Add c when keys.Keys.Count > 1 && keys.Keys[^1].At + Lead > c.At =>
            Decision.Refuse("next-key-waits", "A next key is published already and signs within two days."),
        SigningKeyCommand.Add c => Decision.Accept(new SigningKeyAdded(c.KeyId, Personal.Of(c.PrivateKey), c.PublicKey, c.At)),
        SigningKeyCommand.Withdraw c when keys.Keys.TrueForAll(key => key.KeyId != c.KeyId) => Decision.Nothing,
        SigningKeyCommand.Withdraw when keys.Keys.Count == 1 => Decision.Refuse("last-key", "This is the only key. Add the next one first."),
        SigningKeyCommand.Withdraw c => Decision.Accept(new SigningKeyWithdrawn(c.KeyId, c.At)),
        _ => throw new InvalidOperationException($"Signing keys do not know {command.GetType().Name}."),
    };

    private static SigningKeys Evolve(SigningKeys keys, IEvent @event) => @event switch
    {
        SigningKeyAdded e => new(keys.Keys.Add(e)),
        SigningKeyWithdrawn e => new(keys.Keys.RemoveAll(key => key.KeyId == e.KeyId)),
        _ => throw new InvalidOperationException($"Signing keys do not know {@event.GetType().Name}."),
    };
}

/// <summary>What can be asked of the signing keys. Times are security time.</summary>
public abstract record SigningKeyCommand
{
    private SigningKeyCommand()
    {
    }

    /// <param name="OnlyIfDue">Nothing happens while the newest key is young.</param>
    public sealed record Add(Guid KeyId, string PrivateKey, string PublicKey, DateTimeOffset At, bool OnlyIfDue) : SigningKeyCommand;

    public sealed record Withdraw(Guid KeyId, DateTimeOffset At) : SigningKeyCommand;
}
