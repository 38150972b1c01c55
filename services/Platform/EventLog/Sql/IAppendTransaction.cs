namespace Barnahus.Platform.EventLog.Sql;

/// <summary>What the writer asks of an engine: one transaction at a time, alone in writing. Used by one thread.</summary>
internal interface IAppendTransaction : IDisposable
{
    /// <summary>Begins, and says where the log stands now that nobody else can move it.</summary>
    /// <param name="streams">All streams that may be written to.</param>
    LogState Begin(IReadOnlyCollection<string> streams);

    /// <summary>Ids and positions of a stream's events from a revision on, as they stand in the log.</summary>
    IReadOnlyList<(Guid Id, long Position)> Ids(string stream, long fromRevision, int count);

    /// <summary>Inserts all and ends the transaction: durable when it returns nothing.</summary>
    /// <returns>Ids among them that stand in the log already, at least one of them: then nothing was inserted, and the transaction has ended.</returns>
    IReadOnlyCollection<Guid> Commit(IReadOnlyList<EventToInsert> events);

    /// <summary>Ends the transaction without a trace; does nothing when there is none. Never throws.</summary>
    void Rollback();
}

/// <summary>Where a log stands at the beginning of a transaction.</summary>
/// <param name="Head">Value of the last position, 0 for an empty log.</param>
/// <param name="Revisions">Revision of the last event of each stream asked for, or <see cref="StreamRevision.None"/>.</param>
/// <param name="Now">Time at which what is written now is recorded, by the engine's clock, in microseconds since 1970.</param>
internal sealed record LogState(long Head, IReadOnlyDictionary<string, long> Revisions, long Now);

/// <summary>An event with the place it was given.</summary>
internal sealed record EventToInsert(long Position, string Stream, long Revision, EventToAppend Event, long RecordedAt);
