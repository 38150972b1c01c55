using Barnahus.Platform.State;
using Microsoft.Data.Sqlite;

namespace Barnahus.Platform.EventLog.Sql.Sqlite;

/// <summary>The table of events, in one order; the stream and the event id are indexes on it.</summary>
internal static class SqliteEventTable
{
    public static readonly SqliteSchema Schema = new("an event log", ApplicationId: 0x424E484C, Version: 1, Synchronous: "FULL", """
        CREATE TABLE events (
          position INTEGER PRIMARY KEY,
          stream TEXT NOT NULL,
          revision INTEGER NOT NULL,
          id BLOB NOT NULL,
          type TEXT NOT NULL,
          recorded_at INTEGER NOT NULL,
          data BLOB NOT NULL,
          metadata BLOB NOT NULL
        );
        CREATE UNIQUE INDEX events_stream ON events (stream, revision);
        CREATE UNIQUE INDEX events_id ON events (id);
        """);

    /// <summary>Reads or writes.</summary>
    /// <exception cref="LogUnreachableException">The disk is full, or does not do it for another reason.</exception>
    public static T Ask<T>(Func<T> question)
    {
        try
        {
            return question();
        }
        catch (SqliteException failure) when (SqliteErrors.IsOutOfReach(failure))
        {
            throw new LogUnreachableException(failure);
        }
    }

    public static byte[] ToBytes(Guid id) => id.ToByteArray(bigEndian: true);

    public static Guid ToId(byte[] bytes) => new(bytes, bigEndian: true);
}
