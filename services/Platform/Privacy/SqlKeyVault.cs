using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using Barnahus.Platform.State;

namespace Barnahus.Platform.Privacy;

/// <summary>
/// The key vault in a SQLite file or a PostgreSQL database. Keys that were asked for stay in memory, unwrapped; several processes may share
/// it, and a destruction by one is known to the others within <see cref="Freshness"/>. Whoever wants keys at the same moment shares one durable
/// transaction.
/// </summary>
public sealed class SqlKeyVault : IKeyVault, IAsyncDisposable
{
    /// <summary>How long a key in memory is used without asking the vault whether it was destroyed.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    /// <summary>The secret that is made first, and tells one vault from every other.</summary>
    private const string MatchSecret = "match";

    private readonly Func<VaultTables> _open;
    private readonly IDisposable? _database;
    private readonly IKeyEncryption _encryption;
    private readonly TimeProvider _clock;
    private readonly VaultWriter _writer;
    private readonly ConcurrentDictionary<KeyName, KeyState> _known = new();
    private readonly Lock _turn = new();
    private readonly byte[] _matchKey;
    private VaultTables? _reading;
    private long _lastTombstone;
    private long _checkedAt;
    private bool _closed;

    private SqlKeyVault(Func<bool, VaultTables> open, IDisposable? database, IKeyEncryption encryption, bool make, TimeProvider? clock)
    {
        _open = () => Same(open(false));
        _database = database;
        _encryption = encryption;
        _clock = clock ?? TimeProvider.System;
        _reading = open(make);
        try
        {
            byte[]? matchKey = null;
            _reading.InTransaction(() => matchKey = _reading.FindSecret(MatchSecret, encryption) ?? (make ? _reading.MakeSecret(MatchSecret, encryption) : null));
            _matchKey = matchKey ?? throw new VaultMissingException();
            _writer = new VaultWriter(_open, encryption);
        }
        catch
        {
            _reading.Dispose();
            throw;
        }
    }

    /// <summary>Opens a vault in a SQLite file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encryption">The key-encryption key it was made with.</param>
    /// <param name="make">Make it when it is not there.</param>
    /// <param name="patience">How long to wait for another process; 5 s by default.</param>
    /// <param name="clock">Security time.</param>
    /// <exception cref="KeyEncryptionException">It was made with another key-encryption key.</exception>
    /// <exception cref="VaultMissingException">It is not there, and not to be made.</exception>
    /// <exception cref="VaultUnreachableException">The file cannot be opened.</exception>
    public static SqlKeyVault OpenSqlite(string path, IKeyEncryption encryption, bool make = true, TimeSpan? patience = null, TimeProvider? clock = null) =>
        Opening(path, () => make || File.Exists(path)
            ? new SqlKeyVault(made => SqliteVaultTables.Open(path, patience ?? TimeSpan.FromSeconds(5), made), null, encryption, make, clock)
            : throw new VaultMissingException());

    /// <summary>Opens a vault in a PostgreSQL database, whose tables were made before, or are made now by their owner.</summary>
    /// <param name="connectionString">Of the role at work.</param>
    /// <param name="owner">Of the role that owns the tables; null when they are there already.</param>
    /// <param name="encryption">The key-encryption key it was made with.</param>
    /// <param name="make">Make it when it is not there.</param>
    /// <param name="clock">Security time.</param>
    /// <exception cref="KeyEncryptionException">It was made with another key-encryption key.</exception>
    /// <exception cref="VaultMissingException">It is not there, and not to be made.</exception>
    /// <exception cref="VaultUnreachableException">The server does not answer.</exception>
    /// <exception cref="InvalidDataException">The database is no key vault, of another version, or grants too much.</exception>
    public static SqlKeyVault OpenPostgres(string connectionString, string? owner, IKeyEncryption encryption, bool make = true, TimeProvider? clock = null) =>
        Opening("in " + PostgresDatabase.PlaceOf(connectionString), () =>
        {
            var database = PostgresDatabase.Open(connectionString, owner, PostgresVaultTables.Schema, make ? null : new VaultMissingException());
            try
            {
                return new SqlKeyVault(_ => new PostgresVaultTables(database.OpenConnection()), database, encryption, make, clock);
            }
            catch
            {
                database.Dispose();
                throw;
            }
        });

    public KeyState Get(KeyName name)
    {
        Refresh();
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        lock (_turn)
        {
            var state = Ask(reading => Read(reading, name)) ?? throw new KeyMissingException(name);
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
            _reading?.Dispose();
        }

        _database?.Dispose();
    }

    private static SqlKeyVault Opening(string where, Func<SqlKeyVault> open)
    {
        try
        {
            return open();
        }
        catch (CryptographicException another)
        {
            throw new KeyEncryptionException($"The vault {where} was made with another key-encryption key. Give the one it was made with.", another);
        }
        catch (Exception unreachable) when (IsUnreachable(unreachable))
        {
            throw new VaultUnreachableException(unreachable);
        }
    }

    /// <summary>What says that the vault is away, and nothing about what is in it.</summary>
    internal static bool IsUnreachable(Exception failure) => failure is DbException or TimeoutException or IOException or UnauthorizedAccessException;

    // A file beneath the place where a disk was mounted, a database that was set up anew: a key made there would be lost with the next one who looks here.
    private VaultTables Same(VaultTables tables)
    {
        try
        {
            return IsSame(tables) ? tables : throw new IOException("Where the vault was is another one.");
        }
        catch
        {
            tables.Dispose();
            throw;
        }
    }

    private bool IsSame(VaultTables tables)
    {
        try
        {
            return tables.FindSecret(MatchSecret, _encryption) is { } secret && secret.AsSpan().SequenceEqual(_matchKey);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // In turn. A connection that failed is given up; one that was lost while nobody asked anything is replaced at once.
    private T Ask<T>(Func<VaultTables, T> question)
    {
        var fresh = _reading is null;
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return question(_reading ??= _open());
        }
        catch (Exception unreachable) when (unreachable is ObjectDisposedException || IsUnreachable(unreachable))
        {
            _reading?.Dispose();
            _reading = null;
            return fresh || _closed || PostgresErrors.IsTimeout(unreachable) || !PostgresErrors.IsOutOfReach(unreachable)
                ? throw new VaultUnreachableException(unreachable)
                : Ask(question);
        }
    }

    // A tombstone is for good: it never gives way to a key that was read before it was set.
    private KeyState Remember(KeyName name, KeyState state) =>
        _known.AddOrUpdate(name, state, (_, known) => known is KeyState.Destroyed ? known : state);

    private KeyState? Read(VaultTables reading, KeyName name) => reading.Find(name) switch
    {
        ({ } at, _) => new KeyState.Destroyed(at),
        (_, { } wrapped) => VaultWriter.Unwrap(_encryption, name, wrapped),
        _ => null,
    };

    private void Refresh()
    {
        if (Volatile.Read(ref _checkedAt) is not 0 and var checkedAt && _clock.GetElapsedTime(checkedAt) < Freshness)
        {
            return;
        }

        lock (_turn)
        {
            foreach (var (number, name, at) in Ask(reading => reading.DestroyedSince(_lastTombstone)))
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
