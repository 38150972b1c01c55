using Npgsql;
using NpgsqlTypes;
using static NpgsqlTypes.NpgsqlDbType;

namespace Barnahus.Platform.EventLog.Sql.Postgres;

/// <summary>One connection that appends, with its two batches of statements prepared: two round trips to the server per transaction.</summary>
internal sealed class PostgresSession : IDisposable
{
    // Whoever hangs while it holds the lock (a process that is stopped, a network that is gone) must not hold up all others. And an answer
    // means durable, whatever the server's default.
    private const string Settings = """
        SELECT set_config('lock_timeout', '5s', false), set_config('statement_timeout', '10s', false),
               set_config('idle_in_transaction_session_timeout', '10s', false);
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
        """;

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlBatch begin;
    private readonly NpgsqlBatch commit;

    public PostgresSession(NpgsqlDataSource database)
    {
        connection = database.OpenConnection();
        try
        {
            using (var settings = new NpgsqlCommand(Settings, connection))
            {
                settings.ExecuteNonQuery();
            }

            // Each statement sees what was committed before it began: those after the lock see all that was written under it.
            begin = Prepare(
                new("BEGIN ISOLATION LEVEL READ COMMITTED"),
                new($"SELECT pg_advisory_xact_lock({PostgresEventTable.AppendLock})"),
                new("""
                    SELECT coalesce((SELECT max(position) FROM events), 0), (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
                           array(SELECT coalesce((SELECT max(revision) FROM events WHERE stream = asked.stream COLLATE "C"), -1)
                                 FROM unnest($1) WITH ORDINALITY AS asked (stream, nth) ORDER BY nth)
                    """) { Parameters = { Parameter(Text) } });

            // The notification comes after the commit: inside, it would hold a lock of the whole server while the disk is waited for.
            // Were it lost, followers look by themselves after a while.
            commit = Prepare(
                new($"""
                    INSERT INTO events ({EventRow.Columns})
                    SELECT $1 + nth, stream, revision, id, type, $2, data, metadata
                    FROM unnest($3, $4, $5, $6, $7, $8) WITH ORDINALITY AS given (stream, revision, id, type, data, metadata, nth)
                    """)
                {
                    Parameters =
                    {
                        new() { NpgsqlDbType = Bigint }, new() { NpgsqlDbType = Bigint },
                        Parameter(Text), Parameter(Bigint), Parameter(Uuid), Parameter(Text), Parameter(Bytea), Parameter(Bytea),
                    },
                },
                new("COMMIT"),
                new($"NOTIFY {PostgresEventTable.Channel}"));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Number of the server's process that serves this connection: it signs the notifications.</summary>
    public int ProcessId => connection.ProcessID;

    public LogState Begin(string[] streams)
    {
        begin.BatchCommands[2].Parameters[0].Value = streams;
        using var reader = begin.ExecuteReader();
        reader.NextResult();
        reader.Read();
        var revisions = reader.GetFieldValue<long[]>(2);
        return new(reader.GetInt64(0), streams.Zip(revisions).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal), reader.GetInt64(1));
    }

    public void Commit(IReadOnlyList<EventToInsert> events)
    {
        var parameters = commit.BatchCommands[0].Parameters;
        parameters[0].Value = events[0].Position - 1;
        parameters[1].Value = events[0].RecordedAt;
        parameters[2].Value = Of(e => e.Stream);
        parameters[3].Value = Of(e => e.Revision);
        parameters[4].Value = Of(e => e.Event.Id);
        parameters[5].Value = Of(e => e.Event.Type);
        parameters[6].Value = Of(e => EventRow.ToArray(e.Event.Data));
        parameters[7].Value = Of(e => EventRow.ToArray(e.Event.Metadata));
        commit.ExecuteNonQuery();

        T[] Of<T>(Func<EventToInsert, T> field)
        {
            var values = new T[events.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = field(events[i]);
            }

            return values;
        }
    }

    public void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public List<T> Read<T>(string sql, Func<NpgsqlDataReader, T> row, params ReadOnlySpan<object> parameters)
    {
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    public void Dispose()
    {
        begin.Dispose();
        commit.Dispose();
        connection.Dispose();
    }

    private static NpgsqlParameter Parameter(NpgsqlDbType element) => new() { NpgsqlDbType = element | NpgsqlDbType.Array };

    private NpgsqlBatch Prepare(params ReadOnlySpan<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        batch.Prepare();
        return batch;
    }
}
