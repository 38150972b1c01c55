using Microsoft.Data.Sqlite;
using SQLitePCL;
using static Barnahus.Platform.State.SqliteFile;
using static Microsoft.Data.Sqlite.SqliteType;

namespace Barnahus.Platform.EventLog.Sql.Sqlite;

/// <summary>The one connection that writes a log, with its statements prepared. Nobody else writes, so what it wrote last is what stands there.</summary>
internal sealed class SqliteAppendTransaction : IAppendTransaction
{
    private const int MaxKnownStreams = 100_000;

    private readonly SqliteConnection connection;
    private readonly TimeProvider time;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand lastRevision;
    private readonly SqliteCommand ids;
    private readonly SqliteCommand insert;
    private readonly LogTail tail;
    private readonly Dictionary<string, long> revisions = new(StringComparer.Ordinal);
    private long head;

    /// <param name="tail">Learns what was made durable.</param>
    public SqliteAppendTransaction(SqliteConnection connection, TimeProvider time, LogTail tail)
    {
        this.connection = connection;
        this.time = time;
        this.tail = tail;

        // 64 MB of pages keep the indexes of a large log near; checkpoints come after 16 MB of log instead of 4.
        Execute(connection, "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000");
        begin = Prepare(connection, "BEGIN IMMEDIATE");
        commit = Prepare(connection, "COMMIT");
        lastRevision = Prepare(connection, "SELECT coalesce(max(revision), -1) FROM events WHERE stream = @stream", ("@stream", Text));
        ids = Prepare(
            connection,
            "SELECT id, position FROM events WHERE stream = @stream AND revision >= @from ORDER BY revision LIMIT @count",
            ("@stream", Text), ("@from", Integer), ("@count", Integer));
        insert = Prepare(
            connection,
            $"""
            INSERT INTO events ({EventRow.Columns})
            VALUES (@position, @stream, @revision, @id, @type, @recorded_at, @data, @metadata)
            ON CONFLICT (id) DO NOTHING
            """,
            ("@position", Integer), ("@stream", Text), ("@revision", Integer), ("@id", Blob),
            ("@type", Text), ("@recorded_at", Integer), ("@data", Blob), ("@metadata", Blob));
        using var last = Prepare(connection, "SELECT coalesce(max(position), 0) FROM events");
        head = (long)last.ExecuteScalar()!;
    }

    /// <summary>Position of the last durable event; may be asked by any thread.</summary>
    public LogPosition Head => new(Volatile.Read(ref head));

    public LogState Begin(IReadOnlyDictionary<string, long> expected, bool certain) => SqliteEventTable.Ask(() =>
    {
        begin.ExecuteNonQuery();
        if (revisions.Count >= MaxKnownStreams)
        {
            revisions.Clear();
        }

        return new LogState(head, expected.Keys.ToDictionary(stream => stream, RevisionOf, StringComparer.Ordinal), Certain: true);
    });

    public IReadOnlyList<(Guid Id, long Position)> Ids(string stream, long fromRevision, int count) => SqliteEventTable.Ask(() =>
    {
        Set(ids, stream, fromRevision, count);
        using var reader = ids.ExecuteReader();
        var found = new List<(Guid, long)>();
        while (reader.Read())
        {
            found.Add((SqliteEventTable.ToId(reader.GetFieldValue<byte[]>(0)), reader.GetInt64(1)));
        }

        return found;
    });

    public CommitResult Commit(IReadOnlyList<EventToInsert> events) => SqliteEventTable.Ask(() =>
    {
        var recordedAt = EventRow.ToMicroseconds(time.GetUtcNow());
        foreach (var e in events)
        {
            Set(insert, e.Position, e.Stream, e.Revision, SqliteEventTable.ToBytes(e.Event.Id), e.Event.Type, recordedAt,
                EventRow.ToArray(e.Event.Data), EventRow.ToArray(e.Event.Metadata));
            if (insert.ExecuteNonQuery() == 0)
            {
                Rollback();
                return new CommitResult([e.Event.Id], GuessedWrong: false);
            }
        }

        commit.ExecuteNonQuery();
        foreach (var e in events)
        {
            revisions[e.Stream] = e.Revision;
        }

        tail.Add([.. events.Select(e => new LoggedEvent(
            new(e.Position), e.Stream, e.Revision, e.Event.Id, e.Event.Type, e.Event.Data, e.Event.Metadata, EventRow.ToTime(recordedAt)))]);
        Volatile.Write(ref head, head + events.Count);
        return CommitResult.Done;
    });

    public void Rollback()
    {
        // SQLite ends a transaction by itself after some errors (a full disk): autocommit is then on again.
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            Execute(connection, "ROLLBACK");
        }
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[begin, commit, lastRevision, ids, insert])
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private long RevisionOf(string stream)
    {
        if (!revisions.TryGetValue(stream, out var revision))
        {
            lastRevision.Parameters[0].Value = stream;
            revisions[stream] = revision = (long)lastRevision.ExecuteScalar()!;
        }

        return revision;
    }
}
