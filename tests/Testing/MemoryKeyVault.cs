using System.Collections.Concurrent;
using System.Security.Cryptography;
using Barnahus.Platform.Privacy;

namespace Barnahus.Testing;

/// <summary>A key vault in memory, which can lose a key and be out of reach.</summary>
public sealed class MemoryKeyVault : IKeyVault
{
    private readonly ConcurrentDictionary<KeyName, KeyState> _keys = new();
    private readonly byte[] _matchKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>Does not answer while true.</summary>
    public bool IsUnreachable { get; set; }

    /// <summary>Names of all keys and tombstones.</summary>
    public IEnumerable<KeyName> Names => _keys.Keys;

    /// <summary>As when a backup without this key was restored.</summary>
    public void Lose(KeyName name) => _keys.TryRemove(name, out _).ShouldBeTrue();

    public KeyState Get(KeyName name)
    {
        Answer();
        return _keys.TryGetValue(name, out var state) ? state : throw new KeyMissingException(name);
    }

    public Task<KeyState> GetOrCreateAsync(KeyName name, CancellationToken cancellationToken)
    {
        Answer();
        return Task.FromResult(_keys.GetOrAdd(name, _ => new KeyState.Present(RandomNumberGenerator.GetBytes(32))));
    }

    public Task DestroyAsync(KeyName name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        Answer();
        _keys.AddOrUpdate(name, new KeyState.Destroyed(at), (_, known) => known is KeyState.Destroyed ? known : new KeyState.Destroyed(at));
        return Task.CompletedTask;
    }

    public ReadOnlyMemory<byte> MatchKey()
    {
        Answer();
        return _matchKey;
    }

    private void Answer()
    {
        if (IsUnreachable)
        {
            throw new VaultUnreachableException(new IOException("The vault is away."));
        }
    }
}
