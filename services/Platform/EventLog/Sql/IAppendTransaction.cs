namespace Barnahus.Platform.EventLog.Sql;

/// <summary>What the writer asks of an engine: one transaction at a time, alone in writing. Used by one thread.</summary>
internal interface IAppendTransaction : IDisposable
{
    /// <summary>Says where the log stands. An engine may guess, to spare a round trip; then it holds the guess against the truth when it commits.</summary>
    /// <param name="expected">All streams that may be written to, with the revision at which they are expected.</param>
    /// <param name="certain">No guess: nobody else can move the log from here until the transaction ends.</param>
    LogState Begin(IReadOnlyDictionary<string, long> expected, bool certain);

    /// <summary>Ids and positions of a stream's events from a revision on, as they stand in the log. Only after a certain beginning.</summary>
    IReadOnlyList<(Guid Id, long Position)> Ids(string stream, long fromRevision, int count);

    /// <summary>Inserts all and ends the transaction.</summary>
    CommitResult Commit(IReadOnlyList<EventToInsert> events);

    /// <summary>Ends the transaction without a trace; does nothing when there is none. Never throws.</summary>
    void Rollback();
}

/// <summary>Where a log stands at the beginning of a transaction.</summary>
/// <param name="Head">Value of the last position, 0 for an empty log.</param>
/// <param name="Revisions">Revision of the last event of each stream asked for, or <see cref="StreamRevision.None"/>.</param>
/// <param name="Certain">False when it is a guess.</param>
internal sealed record LogState(long Head, IReadOnlyDictionary<string, long> Revisions, bool Certain);

/// <summary>An event with the place it was given.</summary>
internal sealed record EventToInsert(long Position, string Stream, long Revision, EventToAppend Event);

/// <summary>How a commit ended; only when it is <see cref="Done"/> something was inserted.</summary>
/// <param name="Standing">Ids among them that stand in the log already.</param>
/// <param name="GuessedWrong">The log stood elsewhere than guessed.</param>
internal sealed record CommitResult(IReadOnlyCollection<Guid> Standing, bool GuessedWrong)
{
    /// <summary>All is durable.</summary>
    public static readonly CommitResult Done = new([], GuessedWrong: false);
}
