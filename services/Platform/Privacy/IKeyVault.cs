namespace Barnahus.Platform.Privacy;

/// <summary>A data key is named by whose it is and under which regime it is used.</summary>
public sealed record KeyName(SubjectId Subject, Regime Regime);

/// <summary>What the vault says of a key. "Missing" and "out of reach" are exceptions, never an erasure.</summary>
public abstract record KeyState
{
    private KeyState()
    {
    }

    /// <param name="Bytes">256 bits.</param>
    public sealed record Present(ReadOnlyMemory<byte> Bytes) : KeyState;

    public sealed record Destroyed(DateTimeOffset At) : KeyState;
}

/// <summary>
/// Keys per subject and regime, each wrapped by a key-encryption key that lives outside the data folder.
/// A key is durable before the event that uses it is appended (an orphan key is harmless).
/// </summary>
public interface IKeyVault
{
    /// <exception cref="KeyMissingException">No key and no tombstone: something was lost. Never an erasure.</exception>
    /// <exception cref="VaultUnreachableException">The vault does not answer.</exception>
    KeyState Get(KeyName name);

    /// <summary>The key, made durable first if there was none. A destroyed key stays destroyed: no new key under an erased id.</summary>
    /// <exception cref="VaultUnreachableException">The vault does not answer.</exception>
    Task<KeyState> GetOrCreateAsync(KeyName name, CancellationToken cancellationToken);

    /// <summary>Destroys the key and leaves a tombstone. Again: nothing changes.</summary>
    Task DestroyAsync(KeyName name, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// The installation's secret for match tokens (HMAC-SHA-256), kept wrapped like the others. It is also what tells this vault from another, so there is no way yet to rotate it.
    /// </summary>
    ReadOnlyMemory<byte> MatchKey();
}

/// <summary>A key that must be there is not, and no tombstone says that it was destroyed.</summary>
public sealed class KeyMissingException(KeyName name)
    : Exception($"The key of {name.Subject} ({name.Regime}) is not in the vault and was never destroyed. Restore the vault from its backup.");

/// <summary>The vault does not answer; nothing is known about any key.</summary>
public sealed class VaultUnreachableException(Exception inner)
    : Exception("The key vault does not answer. Nothing was erased; try again when it is back.", inner);

/// <summary>The log has events, and where its vault should be is none: one made now would seal what comes under keys that the true one does not have.</summary>
public sealed class VaultMissingException()
    : InvalidOperationException("The key vault is not there, and the event log has events that were sealed with it. Bring back its disk or database, or restore it from its backup (docs/runbooks/vault.md).");

/// <summary>A ciphertext does not open in the place where it stands: it was changed or moved.</summary>
public sealed class SealBrokenException(SealBinding binding)
    : Exception($"A sealed field of event {binding.EventId} does not open: it was changed or moved. Check the log's integrity.");

/// <summary>A value would be sealed for a subject whose key was destroyed: the erasure fence.</summary>
public sealed class SubjectErasedException(KeyName name)
    : Exception($"The data of {name.Subject} ({name.Regime}) was destroyed; nothing new is kept under this id.");
