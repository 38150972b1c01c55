using Barnahus.Platform.State;
using Npgsql;

namespace Barnahus.Platform.EventLog.Sql.Postgres;

/// <summary>
/// Appends under an advisory lock, one process at a time over all that share the database. After any failure the connection is given up:
/// with it ends whatever it had begun, and the lock.
/// </summary>
internal sealed class PostgresAppendTransaction(NpgsqlDataSource database) : IAppendTransaction
{
    private PostgresSession? session;
    private int processId;

    /// <summary>The server's process that appends for us; 0 while there is none. May be asked by any thread.</summary>
    public int ProcessId => Volatile.Read(ref processId);

    public LogState Begin(IReadOnlyCollection<string> streams) => Ask(() =>
    {
        session ??= new PostgresSession(database);
        Volatile.Write(ref processId, session.ProcessId);
        return session.Begin([.. streams]);
    });

    public IReadOnlyList<(Guid Id, long Position)> Ids(string stream, long fromRevision, int count) => Ask(() => session!.Read(
        "SELECT id, position FROM events WHERE stream = $1 AND revision >= $2 ORDER BY revision LIMIT $3",
        row => (row.GetGuid(0), row.GetInt64(1)),
        stream, fromRevision, count));

    public IReadOnlyCollection<Guid> Commit(IReadOnlyList<EventToInsert> events) => Ask<IReadOnlyCollection<Guid>>(() =>
    {
        try
        {
            if (events.Count == 0)
            {
                session!.Execute("COMMIT");
            }
            else
            {
                session!.Commit(events);
            }

            return [];
        }
        catch (PostgresException duplicate) when (duplicate is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "events_id" })
        {
            session!.Execute("ROLLBACK");
            return session.Read("SELECT id FROM events WHERE id = ANY($1)", row => row.GetGuid(0), (object)events.Select(e => e.Event.Id).ToArray());
        }
    });

    public void Rollback()
    {
        session?.Dispose();
        session = null;
    }

    public void Dispose() => Rollback();

    private static T Ask<T>(Func<T> question)
    {
        try
        {
            return question();
        }
        catch (Exception failure) when (PostgresErrors.IsOutOfReach(failure))
        {
            throw new LogUnreachableException(failure, connectionLost: !PostgresErrors.IsTimeout(failure));
        }
    }
}
