using Npgsql;
using NpgsqlTypes;
using static NpgsqlTypes.NpgsqlDbType;

namespace Barnahus.Platform.EventLog.Sql.Postgres;

/// <summary>
/// One connection that appends, with its batches of statements prepared: one round trip per transaction when the log stands where it was guessed,
/// else begin and commit.
/// </summary>
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
    private readonly NpgsqlBatch whole;

    public PostgresSession(NpgsqlDataSource database)
    {
        connection = database.OpenConnection();
        try
        {
            using (var settings = new NpgsqlCommand(Settings, connection))
            {
                settings.ExecuteNonQuery();
            }

            begin = Prepare(Begins(), Locks(), new("""
                SELECT coalesce((SELECT max(position) FROM events), 0),
                       array(SELECT coalesce((SELECT max(revision) FROM events WHERE stream = asked.stream COLLATE "C"), -1)
                             FROM unnest($1) WITH ORDINALITY AS asked (stream, nth) ORDER BY nth)
                """) { Parameters = { Parameter(Text) } });
            commit = Prepare(Inserts(""), Commits());
            whole = Prepare(Begins(), Locks(), Inserts("""
                WHERE $1 = coalesce((SELECT max(position) FROM events), 0)
                  AND NOT EXISTS (SELECT FROM unnest($8, $9) AS guessed (stream, revision)
                    WHERE guessed.revision <> coalesce((SELECT max(revision) FROM events WHERE stream = guessed.stream COLLATE "C"), -1))
                """, Parameter(Text), Parameter(Bigint)), Commits());
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public LogState Begin(string[] streams)
    {
        begin.BatchCommands[2].Parameters[0].Value = streams;
        using var reader = begin.ExecuteReader();
        reader.NextResult();
        reader.Read();
        var revisions = reader.GetFieldValue<long[]>(1);
        return new(
            reader.GetInt64(0), streams.Zip(revisions).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal), Certain: true);
    }

    public void Commit(IReadOnlyList<EventToInsert> events)
    {
        Set(commit.BatchCommands[0].Parameters, events);
        commit.ExecuteNonQuery();
    }

    /// <summary>All in one: inserts, if the log and the streams stand where they were guessed.</summary>
    /// <returns>False, and nothing was inserted, when they do not.</returns>
    public bool TryCommit(IReadOnlyList<EventToInsert> events, IReadOnlyDictionary<string, long> guessed)
    {
        var insert = whole.BatchCommands[2];
        Set(insert.Parameters, events);
        insert.Parameters[7].Value = guessed.Keys.ToArray();
        insert.Parameters[8].Value = guessed.Values.ToArray();
        using (var reader = whole.ExecuteReader())
        {
            while (reader.NextResult())
            {
                // To the end: an error of a later statement is raised on the way there.
            }
        }

        return insert.RecordsAffected > 0;
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
        whole.Dispose();
        connection.Dispose();
    }

    // Each statement sees what was committed before it began: those after the lock see all that was written under it.
    private static NpgsqlBatchCommand Begins() => new("BEGIN ISOLATION LEVEL READ COMMITTED");

    private static NpgsqlBatchCommand Locks() => new($"SELECT pg_advisory_xact_lock({PostgresEventTable.AppendLock})");

    private static NpgsqlBatchCommand Commits() => new("COMMIT");

    private static NpgsqlBatchCommand Inserts(string condition, params ReadOnlySpan<NpgsqlParameter> more)
    {
        var insert = new NpgsqlBatchCommand($"""
            INSERT INTO events ({EventRow.Columns})
            SELECT $1 + nth, stream, revision, id, type, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, data, metadata
            FROM unnest($2, $3, $4, $5, $6, $7) WITH ORDINALITY AS given (stream, revision, id, type, data, metadata, nth)
            {condition}
            """)
        {
            Parameters =
            {
                new() { NpgsqlDbType = Bigint },
                Parameter(Text), Parameter(Bigint), Parameter(Uuid), Parameter(Text), Parameter(Bytea), Parameter(Bytea),
            },
        };
        foreach (var parameter in more)
        {
            insert.Parameters.Add(parameter);
        }

        return insert;
    }

    private static void Set(NpgsqlParameterCollection parameters, IReadOnlyList<EventToInsert> events)
    {
        parameters[0].Value = events[0].Position - 1;
        parameters[1].Value = Of(e => e.Stream);
        parameters[2].Value = Of(e => e.Revision);
        parameters[3].Value = Of(e => e.Event.Id);
        parameters[4].Value = Of(e => e.Event.Type);
        parameters[5].Value = Of(e => EventRow.ToArray(e.Event.Data));
        parameters[6].Value = Of(e => EventRow.ToArray(e.Event.Metadata));

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
