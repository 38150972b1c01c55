using System.Data.Common;

namespace Barnahus.Platform.EventLog.Sql;

/// <summary>The statements that read the table of events, and how a row becomes an event.</summary>
internal static class EventRow
{
    public const string All = $"SELECT {Columns} FROM events WHERE position > @from ORDER BY position LIMIT @count";
    public const string Forwards = $"SELECT {Columns} FROM events WHERE stream = @stream AND revision >= @from ORDER BY revision LIMIT @count";
    public const string Backwards = $"SELECT {Columns} FROM events WHERE stream = @stream AND revision <= @from ORDER BY revision DESC LIMIT @count";

    private const string Columns = "position, stream, revision, id, type, recorded_at, data, metadata";

    /// <summary>Microseconds since 1970: what every engine can keep exactly.</summary>
    public static long ToMicroseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static byte[] ToBytes(Guid id) => id.ToByteArray(bigEndian: true);

    public static Guid ToId(byte[] bytes) => new(bytes, bigEndian: true);

    /// <summary>Reads rows until there are no more, or until they hold <paramref name="maxBytes"/>.</summary>
    public static List<LoggedEvent> ReadAll(DbDataReader reader, long maxBytes = long.MaxValue)
    {
        var events = new List<LoggedEvent>();
        for (var bytes = 0L; bytes < maxBytes && reader.Read();)
        {
            var e = Read(reader);
            bytes += e.Data.Length + e.Metadata.Length;
            events.Add(e);
        }

        return events;
    }

    private static LoggedEvent Read(DbDataReader reader) => new(
        new(reader.GetInt64(0)),
        reader.GetString(1),
        reader.GetInt64(2),
        ToId(reader.GetFieldValue<byte[]>(3)),
        reader.GetString(4),
        reader.GetFieldValue<byte[]>(6),
        reader.GetFieldValue<byte[]>(7),
        DateTimeOffset.UnixEpoch.AddTicks(reader.GetInt64(5) * TimeSpan.TicksPerMicrosecond));
}
