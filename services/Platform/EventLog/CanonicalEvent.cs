using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Barnahus.Platform.EventLog;

/// <summary>
/// The bytes that stand for an event in every proof: what its writer knew (not the position, not the time of recording), equal on every engine.
/// Six fields in this order, each with its length before it (4 bytes, big-endian): event id (16 bytes, RFC 9562 order), type, stream,
/// revision (8 bytes, big-endian), metadata, data. A first field names the format.
/// </summary>
public static class CanonicalEvent
{
    private static ReadOnlySpan<byte> Format => "barnahus-event-v1"u8;

    /// <summary>Canonical bytes.</summary>
    public static byte[] Bytes(LoggedEvent logged)
    {
        using var bytes = new MemoryStream(256 + logged.Metadata.Length + logged.Data.Length);
        Write(logged, bytes.Write);
        return bytes.ToArray();
    }

    /// <summary>SHA-256 of <see cref="Bytes"/>.</summary>
    public static byte[] Hash(LoggedEvent logged)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Write(logged, hash.AppendData);
        return hash.GetHashAndReset();
    }

    private static void Write(LoggedEvent logged, Sink sink)
    {
        Span<byte> id = stackalloc byte[16];
        logged.Id.TryWriteBytes(id, bigEndian: true, out _);
        Span<byte> revision = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(revision, logged.Revision);

        Field(sink, Format);
        Field(sink, id);
        Field(sink, Encoding.UTF8.GetBytes(logged.Type));
        Field(sink, Encoding.UTF8.GetBytes(logged.Stream));
        Field(sink, revision);
        Field(sink, logged.Metadata.Span);
        Field(sink, logged.Data.Span);
    }

    private static void Field(Sink sink, ReadOnlySpan<byte> value)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        sink(length);
        sink(value);
    }

    private delegate void Sink(ReadOnlySpan<byte> bytes);
}
