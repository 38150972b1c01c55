using System.Data.Common;
using System.Runtime.InteropServices;

namespace Barnahus.Platform.EventLog.Sql;

/// <summary>The statements that read the table of events, and how a row becomes an event.</summary>
internal static class EventRow
{
    public const string Columns = "position, stream, revision, id, type, recorded_at, data, metadata";
    public const string All = $"SELECT {Columns} FROM events WHERE position > @from ORDER BY position LIMIT @count";
    public const string Forwards = $"SELECT {Columns} FROM events WHERE stream = @stream AND revision >= @from ORDER BY revision LIMIT @count";
    public const string Backwards = $"SELECT {Columns} FROM events WHERE stream = @stream AND revision <= @from ORDER BY revision DESC LIMIT @count";

    /// <summary>Microseconds since 1970: what every engine can keep exactly.</summary>
    public static long ToMicroseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Reads <see cref="ToMicroseconds"/>.</summary>
    public static DateTimeOffset ToTime(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>The bytes themselves where they are a whole array, as a driver wants them.</summary>
    public static byte[] ToArray(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : memory.ToArray();

    /// <summary>The event of a row with all columns; how an id is kept is the engine's affair.</summary>
    public static LoggedEvent Read(DbDataReader reader, Guid id) => new(
        new(reader.GetInt64(0)),
        reader.GetString(1),
        reader.GetInt64(2),
        id,
        reader.GetString(4),
        reader.GetFieldValue<byte[]>(6),
        reader.GetFieldValue<byte[]>(7),
        ToTime(reader.GetInt64(5)));
}
