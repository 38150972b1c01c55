using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Barnahus.Platform.Deciding;

/// <summary>
/// New ids in the order of time (RFC 9562, version 7), as <see cref="Guid.CreateVersion7()"/> makes them, for what needs them at every read and command: that
/// asks for randomness each time, this for a hundred at once.
/// </summary>
internal static class FreshId
{
    private static readonly ThreadLocal<Randomness> OfThread = new(() => new Randomness());

    /// <summary>An id that nothing had before.</summary>
    public static Guid New()
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() << 16);
        OfThread.Value!.Next().CopyTo(id[6..]);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    private sealed class Randomness
    {
        private const int IdBytes = 10;
        private readonly byte[] bytes = new byte[IdBytes * 100];
        private int used;

        public ReadOnlySpan<byte> Next()
        {
            if (used == 0)
            {
                RandomNumberGenerator.Fill(bytes);
            }

            var next = bytes.AsSpan(used, IdBytes);
            used = (used + IdBytes) % bytes.Length;
            return next;
        }
    }
}
