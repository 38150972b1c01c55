namespace Barnahus.Platform.EventLog.Sql;

/// <summary>What the writer asks of an engine: one transaction at a time, alone in writing. Used by one thread.</summary>
internal interface IAppendTransaction : IDisposable
{
    void Begin();

    /// <summary>Durable when it returns.</summary>
    void Commit();

    /// <summary>Ends the transaction without a trace; does nothing when there is none.</summary>
    void Rollback();

    /// <summary>Value of the last position, 0 for an empty log.</summary>
    long LastPosition();

    /// <summary>Revision of a stream's last event, or <see cref="StreamRevision.None"/>.</summary>
    long LastRevision(string stream);

    /// <summary>Ids and positions of a stream's events from a revision on.</summary>
    IReadOnlyList<(Guid Id, long Position)> Ids(string stream, long fromRevision, int count);

    /// <summary>False, and nothing inserted, when the log holds an event of this id.</summary>
    bool TryInsert(long position, string stream, long revision, EventToAppend e, long recordedAt);

    /// <summary>Takes back what this transaction inserted after a position.</summary>
    void RemoveAfter(long position);
}
