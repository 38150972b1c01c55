using Barnahus.Platform.State;

namespace Barnahus.Platform.EventLog.Sql.Postgres;

/// <summary>The table of events, in one order; the stream and the event id are indexes on it. The role at work can add and read, and nothing else.</summary>
internal static class PostgresEventTable
{
    /// <summary>Who appends holds this advisory lock until its transaction has ended: positions are dense and commit in their order.</summary>
    public const long AppendLock = 0x424E484C;

    /// <summary>The channel on which it is said that something was appended.</summary>
    public const string Channel = "barnahus_appended";

    // Names are bytes: the "C" collation never changes with a library of the operating system, which would break the index.
    public static readonly PostgresSchema Schema = new("event-log", "an event log", ["""
        CREATE TABLE events (
          position bigint PRIMARY KEY,
          stream text COLLATE "C" NOT NULL,
          revision bigint NOT NULL,
          id uuid NOT NULL,
          type text COLLATE "C" NOT NULL,
          recorded_at bigint NOT NULL,
          data bytea NOT NULL,
          metadata bytea NOT NULL
        );
        CREATE UNIQUE INDEX events_stream ON events (stream, revision);
        CREATE UNIQUE INDEX events_id ON events (id);
        """], [("events", "SELECT, INSERT")]);
}
