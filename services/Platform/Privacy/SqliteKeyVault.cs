using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Barnahus.Platform.Privacy;

/// <summary>
/// The key vault in a SQLite file. Keys that were asked for stay in memory, unwrapped; several processes on one machine may share the file,
/// and a destruction by one is known to the others within <see cref="Freshness"/>. Whoever wants keys at the same moment shares one durable transaction.
/// </summary>
public sealed class SqliteKeyVault : IKeyVault, IAsyncDisposable
{
    /// <summary>How long a key in memory is used without asking the file whether it was destroyed.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly IKeyEncryption _encryption;
    private readonly TimeProvider _clock;
    private readonly VaultFile _reading;
    private readonly VaultWriter _writer;
    private readonly ConcurrentDictionary<KeyName, KeyState> _known = new();
    private readonly Lock _turn = new();
    private readonly byte[] _matchKey;
    private long _lastTombstone;
    private long _checkedAt;
    private bool _closed;

    private SqliteKeyVault(string path, IKeyEncryption encryption, TimeSpan patience, TimeProvider clock)
    {
        _encryption = encryption;
        _clock = clock;
        _reading = new VaultFile(path, patience);
        try
        {
            var matchKey = Array.Empty<byte>();
            _reading.InTransaction(() => matchKey = _reading.Secret("match", encryption));
            _matchKey = matchKey;
            _writer = new VaultWriter(() => new VaultFile(path, patience), encryption);
        }
        catch
        {
            _reading.Dispose();
            throw;
        }
    }

    /// <summary>Opens the vault, and makes it when it is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encryption">The key-encryption key it was made with.</param>
    /// <param name="patience">How long to wait for another process; 5 s by default.</param>
    /// <param name="clock">Security time.</param>
    /// <exception cref="KeyEncryptionException">It was made with another key-encryption key.</exception>
    /// <exception cref="VaultUnreachableException">The file cannot be opened.</exception>
    public static SqliteKeyVault Open(string path, IKeyEncryption encryption, TimeSpan? patience = null, TimeProvider? clock = null)
    {
        try
        {
            return new SqliteKeyVault(path, encryption, patience ?? TimeSpan.FromSeconds(5), clock ?? TimeProvider.System);
        }
        catch (CryptographicException another)
        {
            throw new KeyEncryptionException($"The vault {path} was made with another key-encryption key. Give the one it was made with.", another);
        }
        catch (Exception unreachable) when (unreachable is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new VaultUnreachableException(unreachable);
        }
    }

    public KeyState Get(KeyName name)
    {
        Refresh();
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        lock (_turn)
        {
            var state = Ask(() => Read(name)) ?? throw new KeyMissingException(name);
            return Remember(name, state);
        }
    }

    public async Task<KeyState> GetOrCreateAsync(KeyName name, CancellationToken cancellationToken)
    {
        Refresh();
        return _known.TryGetValue(name, out var known)
            ? known
            : Remember(name, await _writer.CreateAsync(name, cancellationToken));
    }

    public async Task DestroyAsync(KeyName name, DateTimeOffset at, CancellationToken cancellationToken) =>
        Remember(name, await _writer.DestroyAsync(name, at, cancellationToken));

    public ReadOnlyMemory<byte> MatchKey() => _matchKey;

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        lock (_turn)
        {
            _closed = true;
            _reading.Dispose();
        }
    }

    private T Ask<T>(Func<T> question)
    {
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return question();
        }
        catch (Exception unreachable) when (unreachable is SqliteException or ObjectDisposedException)
        {
            throw new VaultUnreachableException(unreachable);
        }
    }

    // A tombstone is for good: it never gives way to a key that was read before it was set.
    private KeyState Remember(KeyName name, KeyState state) =>
        _known.AddOrUpdate(name, state, (_, known) => known is KeyState.Destroyed ? known : state);

    private KeyState? Read(KeyName name)
    {
        if (_reading.DestroyedAt(name) is { } at)
        {
            return new KeyState.Destroyed(at);
        }

        return _reading.Wrapped(name) is { } wrapped ? VaultWriter.Unwrap(_encryption, name, wrapped) : null;
    }

    private void Refresh()
    {
        if (Volatile.Read(ref _checkedAt) is not 0 and var checkedAt && _clock.GetElapsedTime(checkedAt) < Freshness)
        {
            return;
        }

        lock (_turn)
        {
            foreach (var (number, name, at) in Ask(() => _reading.DestroyedSince(_lastTombstone)))
            {
                _known[name] = new KeyState.Destroyed(at);
                _lastTombstone = number;
            }

            Volatile.Write(ref _checkedAt, _clock.GetTimestamp());
        }
    }
}

/// <summary>A key in the vault does not unwrap: its bytes were changed or moved. Never an erasure.</summary>
public sealed class KeyBrokenException(KeyName name, Exception inner)
    : Exception($"The key of {name.Subject} ({name.Regime}) was changed in the vault. Restore the vault from its backup.", inner);
