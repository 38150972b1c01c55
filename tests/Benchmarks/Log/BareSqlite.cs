using System.Diagnostics;
using System.Globalization;
using Barnahus.Platform.EventLog.Sql.Sqlite;
using Barnahus.Platform.State;
using Microsoft.Data.Sqlite;

namespace Barnahus.Benchmarks.Log;

/// <summary>The yardstick: the same table, indexes and settings on the same file system, by a bare loop with a prepared statement.</summary>
internal sealed class BareSqlite : IDisposable
{
    private const string Columns = "position, stream, revision, id, type, recorded_at, data, metadata";

    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand insert;
    private readonly SqliteCommand commit;
    private readonly byte[] data;
    private readonly byte[] metadata = new byte[100];
    private SqliteConnection? reading;
    private long position;

    public BareSqlite(string path, int eventBytes)
    {
        data = new byte[eventBytes - metadata.Length];
        connection = SqliteFile.OpenWriter(path, SqliteEventTable.Schema);
        SqliteFile.Execute(connection, "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000");
        begin = SqliteFile.Prepare(connection, "BEGIN IMMEDIATE");
        commit = SqliteFile.Prepare(connection, "COMMIT");
        insert = SqliteFile.Prepare(
            connection,
            $"INSERT INTO events ({Columns}) VALUES (@position, @stream, @revision, @id, @type, @recorded_at, @data, @metadata)",
            ("@position", SqliteType.Integer), ("@stream", SqliteType.Text), ("@revision", SqliteType.Integer), ("@id", SqliteType.Blob),
            ("@type", SqliteType.Text), ("@recorded_at", SqliteType.Integer), ("@data", SqliteType.Blob), ("@metadata", SqliteType.Blob));
    }

    /// <returns>Rows per second.</returns>
    public double Insert(int transactions, int rows)
    {
        string[] streams = [.. Enumerable.Range(0, rows).Select(_ => $"bench.writer-{Guid.NewGuid():D}")];
        var started = Stopwatch.GetTimestamp();
        for (var transaction = 0; transaction < transactions; transaction++)
        {
            begin.ExecuteNonQuery();
            foreach (var stream in streams)
            {
                object[] values = [++position, stream, transaction, Guid.NewGuid().ToByteArray(), "bench.written.v1", position, data, metadata];
                for (var i = 0; i < values.Length; i++)
                {
                    insert.Parameters[i].Value = values[i];
                }

                insert.ExecuteNonQuery();
            }

            commit.ExecuteNonQuery();
        }

        return transactions * rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Reads are of the log's own file.</summary>
    public void ReadFrom(string path) => reading = SqliteFile.OpenReader(path);

    /// <returns>Rows per second.</returns>
    public double ReadAll()
    {
        using var command = SqliteFile.Prepare(reading!, $"SELECT {Columns} FROM events ORDER BY position");
        var started = Stopwatch.GetTimestamp();
        return Read(command) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <returns>Streams per second.</returns>
    public double ReadStreams(string[] streams)
    {
        using var command = SqliteFile.Prepare(
            reading!, $"SELECT {Columns} FROM events WHERE stream = @stream ORDER BY revision", ("@stream", SqliteType.Text));
        var started = Stopwatch.GetTimestamp();
        foreach (var stream in streams)
        {
            command.Parameters[0].Value = stream;
            if (Read(command) == 0)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Stream {stream} is not there."));
            }
        }

        return streams.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose()
    {
        begin.Dispose();
        insert.Dispose();
        commit.Dispose();
        connection.Dispose();
        reading?.Dispose();
    }

    private static int Read(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var count = 0;
        for (; reader.Read(); count++)
        {
            _ = reader.GetInt64(0);
            _ = reader.GetString(1);
            _ = reader.GetInt64(2);
            _ = reader.GetFieldValue<byte[]>(3);
            _ = reader.GetString(4);
            _ = reader.GetInt64(5);
            _ = reader.GetFieldValue<byte[]>(6);
            _ = reader.GetFieldValue<byte[]>(7);
        }

        return count;
    }
}
