using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static Barnahus.Platform.State.SqliteFile;
using static Microsoft.Data.Sqlite.SqliteType;

namespace Barnahus.Platform.EventLog.Sql.Sqlite;

/// <summary>The one connection that writes a log, with its statements prepared.</summary>
internal sealed class SqliteAppendTransaction : IAppendTransaction
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand lastPosition;
    private readonly SqliteCommand lastRevision;
    private readonly SqliteCommand ids;
    private readonly SqliteCommand insert;
    private readonly SqliteCommand removeAfter;

    public SqliteAppendTransaction(SqliteConnection connection)
    {
        this.connection = connection;

        // 64 MB of pages keep the indexes of a large log near; checkpoints come after 16 MB of log instead of 4.
        Execute(connection, "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000");
        begin = Prepare(connection, "BEGIN IMMEDIATE");
        commit = Prepare(connection, "COMMIT");
        lastPosition = Prepare(connection, "SELECT coalesce(max(position), 0) FROM events");
        lastRevision = Prepare(connection, "SELECT coalesce(max(revision), -1) FROM events WHERE stream = @stream", ("@stream", Text));
        ids = Prepare(
            connection,
            "SELECT id, position FROM events WHERE stream = @stream AND revision >= @from ORDER BY revision LIMIT @count",
            ("@stream", Text), ("@from", Integer), ("@count", Integer));
        insert = Prepare(
            connection,
            """
            INSERT INTO events (position, stream, revision, id, type, recorded_at, data, metadata)
            VALUES (@position, @stream, @revision, @id, @type, @recorded_at, @data, @metadata)
            ON CONFLICT (id) DO NOTHING
            """,
            ("@position", Integer), ("@stream", Text), ("@revision", Integer), ("@id", Blob),
            ("@type", Text), ("@recorded_at", Integer), ("@data", Blob), ("@metadata", Blob));
        removeAfter = Prepare(connection, "DELETE FROM events WHERE position > @position", ("@position", Integer));
    }

    public void Begin() => begin.ExecuteNonQuery();

    public void Commit() => commit.ExecuteNonQuery();

    public void Rollback()
    {
        // SQLite ends a transaction by itself after some errors (a full disk): autocommit is then on again.
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            Execute(connection, "ROLLBACK");
        }
    }

    public long LastPosition() => (long)lastPosition.ExecuteScalar()!;

    public long LastRevision(string stream)
    {
        lastRevision.Parameters[0].Value = stream;
        return (long)lastRevision.ExecuteScalar()!;
    }

    public IReadOnlyList<(Guid Id, long Position)> Ids(string stream, long fromRevision, int count)
    {
        Set(ids, stream, fromRevision, count);
        using var reader = ids.ExecuteReader();
        var found = new List<(Guid, long)>();
        while (reader.Read())
        {
            found.Add((EventRow.ToId(reader.GetFieldValue<byte[]>(0)), reader.GetInt64(1)));
        }

        return found;
    }

    public bool TryInsert(long position, string stream, long revision, EventToAppend e, long recordedAt)
    {
        Set(insert, position, stream, revision, EventRow.ToBytes(e.Id), e.Type, recordedAt, Bytes(e.Data), Bytes(e.Metadata));
        return insert.ExecuteNonQuery() == 1;
    }

    public void RemoveAfter(long position)
    {
        removeAfter.Parameters[0].Value = position;
        removeAfter.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[begin, commit, lastPosition, lastRevision, ids, insert, removeAfter])
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

    private static byte[] Bytes(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : memory.ToArray();
}
