using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Barnahus.Platform.Privacy;

/// <summary>
/// The seal of one field: AES-256-GCM with a random nonce, bound by associated data to event, field, subject and regime.
/// Bytes: version and regime (1), length of subject (1), subject (only when it is not the event's), nonce (12), tag (16), ciphertext.
/// The head tells a reader without the code of the event (the timeline) which key to ask for; it proves nothing, the associated data does.
/// The plain JSON is filled up with spaces to a multiple of 16 bytes, so that after an erasure the length does not tell "true" from "false".
/// </summary>
internal static class FieldSeal
{
    private const int Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Block = 16;
    private const int IdBytes = 16;
    private const int LengthBytes = 4;

    /// <summary>What a seal is bound to takes about 150 bytes.</summary>
    private const int MostAssociated = 256;

    private static readonly string[] RegimeNames = ["police", "prosecution", "medical", "care"];

    /// <summary>Name of a regime as it stands in stored and sent bytes.</summary>
    public static string NameOf(Regime regime) => RegimeNames[(int)regime];

    /// <summary>Reads <see cref="NameOf"/>.</summary>
    /// <exception cref="FormatException">There is no such regime.</exception>
    public static Regime RegimeOf(string name) => Array.IndexOf(RegimeNames, name) is >= 0 and var index
        ? (Regime)index
        : throw new FormatException("Not a regime.");

    public static byte[] Seal(ReadOnlySpan<byte> key, SealBinding binding, SubjectId eventSubject, ReadOnlySpan<byte> plain)
    {
        var subject = binding.Subject == eventSubject ? [] : Encoding.UTF8.GetBytes(binding.Subject.ToString());
        var length = (plain.Length + Block) / Block * Block;
        var padded = new byte[length];
        plain.CopyTo(padded);
        padded.AsSpan(plain.Length).Fill((byte)' ');

        var bytes = new byte[2 + subject.Length + NonceBytes + TagBytes + length];
        bytes[0] = (byte)((Version << 4) | (int)binding.Regime);
        bytes[1] = checked((byte)subject.Length);
        subject.CopyTo(bytes, 2);
        var nonce = bytes.AsSpan(2 + subject.Length, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        var tag = bytes.AsSpan(2 + subject.Length + NonceBytes, TagBytes);
        using var aes = new AesGcm(key, TagBytes);
        Span<byte> associated = stackalloc byte[MostAssociated];
        aes.Encrypt(nonce, padded, bytes.AsSpan(bytes.Length - length), tag, AssociatedData(binding, associated));
        CryptographicOperations.ZeroMemory(padded);
        return bytes;
    }

    /// <exception cref="SealBrokenException">It was changed, or stands in another place than it was sealed for.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, SealBinding binding, ReadOnlySpan<byte> bytes)
    {
        if (!TryReadHead(bytes, out var regime, out var subject, out var start)
            || regime != binding.Regime
            || (subject is { } named && named != binding.Subject))
        {
            throw new SealBrokenException(binding);
        }

        var plain = new byte[bytes.Length - start - NonceBytes - TagBytes];
        Span<byte> associated = stackalloc byte[MostAssociated];
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(
                bytes.Slice(start, NonceBytes),
                bytes[(start + NonceBytes + TagBytes)..],
                bytes.Slice(start + NonceBytes, TagBytes),
                plain,
                AssociatedData(binding, associated));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new SealBrokenException(binding);
        }
    }

    /// <summary>What the head says, for a reader that does not know the event's type; believed only once <see cref="Open"/> succeeds.</summary>
    public static bool TryReadHead(ReadOnlySpan<byte> bytes, out Regime regime, out SubjectId? subject, out int start)
    {
        regime = default;
        subject = null;
        start = 2;
        if (bytes.Length < 2 + NonceBytes + TagBytes + Block
            || bytes[0] >> 4 != Version
            || (bytes[0] & 0x0F) >= RegimeNames.Length
            || bytes.Length < 2 + bytes[1] + NonceBytes + TagBytes + Block)
        {
            return false;
        }

        regime = (Regime)(bytes[0] & 0x0F);
        start += bytes[1];
        if (bytes[1] > 0)
        {
            if (!SubjectId.TryParse(Encoding.UTF8.GetString(bytes[2..start]), out var named))
            {
                return false;
            }

            subject = named;
        }

        return true;
    }

    /// <param name="place">Where to write it, if it fits.</param>
    private static ReadOnlySpan<byte> AssociatedData(SealBinding binding, Span<byte> place)
    {
        var label = "barnahus-seal-v1"u8;
        ReadOnlySpan<string> names = [binding.Field, binding.Subject.ToString(), NameOf(binding.Regime)];
        var length = ((2 + names.Length) * LengthBytes) + label.Length + IdBytes;
        foreach (var name in names)
        {
            length += Encoding.UTF8.GetByteCount(name);
        }

        var data = length <= place.Length ? place[..length] : new byte[length];
        var rest = data;
        label.CopyTo(Next(ref rest, label.Length));
        binding.EventId.TryWriteBytes(Next(ref rest, IdBytes), bigEndian: true, out _);
        foreach (var name in names)
        {
            Encoding.UTF8.GetBytes(name, Next(ref rest, Encoding.UTF8.GetByteCount(name)));
        }

        return data;
    }

    /// <summary>Writes a length, and gives the place for so many bytes.</summary>
    private static Span<byte> Next(ref Span<byte> rest, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, length);
        var place = rest.Slice(LengthBytes, length);
        rest = rest[(LengthBytes + length)..];
        return place;
    }
}
