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

    // Where the log stands as far as we know; null while others move it, too.
    private long? head;
    private LogState? guess;

    // Position of what we wrote last.
    private long last;

    public LogState Begin(IReadOnlyDictionary<string, long> expected, bool certain) => Ask(() =>
    {
        session ??= new PostgresSession(database);
        if (!certain && head is { } known)
        {
            // Who appends has read the stream: that it still stands there is the best guess.
            return guess = new(known, expected, Certain: false);
        }

        guess = null;
        return session.Begin([.. expected.Keys]);
    });

    public IReadOnlyList<(Guid Id, long Position)> Ids(string stream, long fromRevision, int count) => Ask(() => session!.Read(
        "SELECT id, position FROM events WHERE stream = $1 AND revision >= $2 ORDER BY revision LIMIT $3",
        row => (row.GetGuid(0), row.GetInt64(1)),
        stream, fromRevision, count));

    public CommitResult Commit(IReadOnlyList<EventToInsert> events) => Ask(() =>
    {
        try
        {
            if (guess is not null)
            {
                return TryCommit(events, guess);
            }

            if (events.Count == 0)
            {
                session!.Execute("COMMIT");
                return CommitResult.Done;
            }

            session!.Commit(events);

            // Alone as long as the log stands where we left it: then a guess pays.
            var alone = last == events[0].Position - 1;
            last = events[^1].Position;
            head = alone ? last : null;
            return CommitResult.Done;
        }
        catch (PostgresException duplicate) when (duplicate is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "events_id" })
        {
            session!.Execute("ROLLBACK");
            return new(
                session.Read("SELECT id FROM events WHERE id = ANY($1)", row => row.GetGuid(0), (object)events.Select(e => e.Event.Id).ToArray()),
                GuessedWrong: false);
        }
    });

    public void Rollback()
    {
        session?.Dispose();
        session = null;
        guess = null;
        head = null;
    }

    public void Dispose() => Rollback();

    private CommitResult TryCommit(IReadOnlyList<EventToInsert> events, LogState guessed)
    {
        guess = null;
        if (session!.TryCommit(events, guessed.Revisions))
        {
            head = last = events[^1].Position;
            return CommitResult.Done;
        }

        head = null;
        return new([], GuessedWrong: true);
    }

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
