using System.Security.Cryptography;
using System.Text;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Deciding;

/// <summary>Who commands, why and when: what every event of the command will carry.</summary>
/// <param name="CommandId">Identity of the command; the same id again has no second effect. Kept as causation of its events.</param>
/// <param name="Actor">Who.</param>
/// <param name="Purpose">Why: a code from the purposes of the role; null for the system.</param>
/// <param name="Now">Domain time at which the command is decided.</param>
/// <param name="CorrelationId">What it belongs to.</param>
/// <param name="TraceParent">W3C trace context.</param>
public sealed record CommandContext(
    Guid CommandId,
    Actor Actor,
    string? Purpose,
    DateTimeOffset Now,
    Guid CorrelationId,
    string? TraceParent = null)
{
    /// <summary>Revision the user saw (If-Match). The command is refused as stale when the stream moved on, and never retried.</summary>
    public long? IfRevision { get; init; }

    /// <summary>The event whose message or reaction leads to this command; null for what a person, a client or a timer asks for.</summary>
    public Guid? CauseEventId { get; init; }

    /// <summary>Mark of the body that the command came with (<see cref="Hosting.BodyMark"/>); null without an <c>Idempotency-Key</c>.</summary>
    public string? BodyMark { get; init; }

    /// <summary>The same context for a further command that follows from this one: a derived id, so that repeating it has no second effect.</summary>
    public CommandContext Then(string step) => this with { CommandId = DerivedId.Beside(CommandId, step), IfRevision = null };
}

/// <summary>Ids that follow from others (RFC 9562, version 8 over SHA-256): the same inputs give the same id on every machine, after every restart.</summary>
public static class DerivedId
{
    public static Guid From(Guid id, string name) => From($"{id:D}/{name}");

    /// <summary>
    /// As <see cref="From(Guid, string)"/>, with the first six bytes of the id it follows from: what follows from ids in the order of time (version 7) is
    /// in that order too, and an index of them grows at its end. For ids of commands and events, which tell of each other anyway; not of who or what they are about.
    /// </summary>
    public static Guid Beside(Guid id, string name)
    {
        Span<byte> bytes = stackalloc byte[16];
        Span<byte> first = stackalloc byte[16];
        From(id, name).TryWriteBytes(bytes, bigEndian: true, out _);
        id.TryWriteBytes(first, bigEndian: true, out _);
        first[..6].CopyTo(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    public static Guid From(string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
