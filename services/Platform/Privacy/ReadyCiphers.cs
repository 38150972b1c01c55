using System.Security.Cryptography;

namespace Barnahus.Platform.Privacy;

/// <summary>
/// A few ciphers that are ready for a key. Making one costs as much as opening a field with it, and who reads a file opens many fields under one key. Each
/// is used by one thread at a time; that of a destroyed key is destroyed with it.
/// </summary>
internal static class ReadyCiphers
{
    private const int Places = 64;
    private static readonly Ready?[] Kept = new Ready?[Places];

    /// <summary>One for this key, to be given back.</summary>
    /// <param name="key">Known by where it stands in memory, not by what it is.</param>
    public static Ready Take(ReadOnlyMemory<byte> key)
    {
        var kept = Interlocked.Exchange(ref PlaceOf(key), null);
        if (kept is not null && kept.Key.Equals(key))
        {
            return kept;
        }

        kept?.Cipher.Dispose();
        return new(key, new AesGcm(key.Span, FieldSeal.TagBytes));
    }

    public static void GiveBack(Ready ready) => Interlocked.Exchange(ref PlaceOf(ready.Key), ready)?.Cipher.Dispose();

    /// <summary>The key is destroyed. A cipher that is just in use goes when another takes its place.</summary>
    public static void Forget(ReadOnlyMemory<byte> key)
    {
        if (Interlocked.Exchange(ref PlaceOf(key), null) is { } kept)
        {
            if (kept.Key.Equals(key))
            {
                kept.Cipher.Dispose();
            }
            else
            {
                GiveBack(kept);
            }
        }
    }

    private static ref Ready? PlaceOf(ReadOnlyMemory<byte> key) => ref Kept[(uint)key.GetHashCode() % Places];

    /// <param name="Key">What it is for.</param>
    /// <param name="Cipher">Of one thread at a time.</param>
    internal sealed record Ready(ReadOnlyMemory<byte> Key, AesGcm Cipher);
}
