using System.Collections.Concurrent;
using Barnahus.Platform.State;
using Microsoft.Data.Sqlite;
using static Microsoft.Data.Sqlite.SqliteType;

namespace Barnahus.Platform.EventLog.Sql.Sqlite;

/// <summary>Connections that read, each used by one thread at a time and kept with its prepared statements.</summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteReader> free = [];
    private volatile bool disposed;

    /// <exception cref="LogUnreachableException">The disk does not give it.</exception>
    public T Read<T>(Func<SqliteReader, T> read) => SqliteEventTable.Ask(() =>
    {
        ObjectDisposedException.ThrowIf(disposed, typeof(SqliteEventLog));
        if (!free.TryTake(out var reader))
        {
            reader = new(SqliteFile.OpenReader(path));
        }

        try
        {
            return read(reader);
        }
        finally
        {
            free.Add(reader);
            if (disposed)
            {
                Dispose();
            }
        }
    });

    /// <summary>Closes what is free; what is in use closes when it is given back.</summary>
    public void Dispose()
    {
        disposed = true;
        while (free.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}

/// <summary>One connection that reads a log.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand all;
    private readonly SqliteCommand forwards;
    private readonly SqliteCommand backwards;

    public SqliteReader(SqliteConnection connection)
    {
        this.connection = connection;
        all = SqliteFile.Prepare(connection, EventRow.All, ("@from", Integer), ("@count", Integer));
        forwards = SqliteFile.Prepare(connection, EventRow.Forwards, ("@stream", Text), ("@from", Integer), ("@count", Integer));
        backwards = SqliteFile.Prepare(connection, EventRow.Backwards, ("@stream", Text), ("@from", Integer), ("@count", Integer));
    }

    public IReadOnlyList<LoggedEvent> All(LogPosition after, int maxCount, long maxBytes = long.MaxValue)
    {
        all.Parameters[0].Value = after.Value;
        all.Parameters[1].Value = maxCount;
        using var reader = all.ExecuteReader();
        return Read(reader, maxBytes);
    }

    public IReadOnlyList<LoggedEvent> Stream(string stream, long fromRevision, int maxCount, ReadDirection direction)
    {
        var command = direction == ReadDirection.Forwards ? forwards : backwards;
        command.Parameters[0].Value = stream;
        command.Parameters[1].Value = fromRevision;
        command.Parameters[2].Value = maxCount;
        using var reader = command.ExecuteReader();
        return Read(reader, long.MaxValue);
    }

    public void Dispose()
    {
        all.Dispose();
        forwards.Dispose();
        backwards.Dispose();
        connection.Dispose();
    }

    private static List<LoggedEvent> Read(SqliteDataReader reader, long maxBytes)
    {
        var events = new List<LoggedEvent>();
        for (var bytes = 0L; bytes < maxBytes && reader.Read();)
        {
            var e = EventRow.Read(reader, SqliteEventTable.ToId(reader.GetFieldValue<byte[]>(3)));
            bytes += e.Data.Length + e.Metadata.Length;
            events.Add(e);
        }

        return events;
    }
}
