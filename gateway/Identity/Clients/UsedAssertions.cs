using System.Collections.Concurrent;

namespace Barnahus.Identity.Clients;

/// <summary>
/// Remembers assertions (and one-time codes) until they expire by themselves, so that none is taken twice. It lives in memory: after a restart what was
/// issued before the start is refused instead, and the client simply makes a new one.
/// </summary>
public sealed class UsedAssertions(TimeProvider time)
{
    private const int SweepEvery = 256;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    // Whole seconds, as in a token.
    private readonly DateTimeOffset _from = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
    private int _takes;

    /// <summary>Takes it if it was not taken before.</summary>
    /// <param name="until">From then on it is refused for its age, and forgotten here.</param>
    public bool Take(string id, DateTimeOffset issuedAt, DateTimeOffset until)
    {
        if (Interlocked.Increment(ref _takes) % SweepEvery == 0)
        {
            Sweep();
        }

        return issuedAt >= _from && _used.TryAdd(id, until);
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (id, until) in _used)
        {
            if (until < now)
            {
                _used.TryRemove(id, out _);
            }
        }
    }
}
