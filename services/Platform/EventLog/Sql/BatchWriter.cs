namespace Barnahus.Platform.EventLog.Sql;

/// <summary>Writes a batch of appends in one transaction, each judged by itself: a refused one leaves nothing and hinders no other.</summary>
internal sealed class BatchWriter(IAppendTransaction transaction, TimeProvider time)
{
    private const int MaxKnownStreams = 100_000;

    // There is one writer, so what it wrote last is what stands there.
    private readonly Dictionary<string, long> revisions = new(StringComparer.Ordinal);
    private long head = transaction.LastPosition();
    private long committed = transaction.LastPosition();

    /// <summary>Position of the last durable event.</summary>
    public LogPosition Head => new(Volatile.Read(ref committed));

    /// <summary>Judges and writes; the callers hear of it in <see cref="PendingAppend.Complete"/>.</summary>
    /// <returns>True when events were added.</returns>
    public bool Write(IReadOnlyList<PendingAppend> batch)
    {
        try
        {
            transaction.Begin();
            var recordedAt = EventRow.ToMicroseconds(time.GetUtcNow());
            foreach (var append in batch)
            {
                Judge(append, recordedAt);
            }

            transaction.Commit();
        }
        catch
        {
            transaction.Rollback();
            revisions.Clear();
            head = transaction.LastPosition();
            throw;
        }

        var added = head > committed;
        Volatile.Write(ref committed, head);
        return added;
    }

    private void Judge(PendingAppend append, long recordedAt)
    {
        var actual = RevisionOf(append.Stream);
        if (actual != append.ExpectedRevision)
        {
            JudgeRepeat(append, actual);
            return;
        }

        var before = head;
        var revision = actual;
        foreach (var e in append.Events)
        {
            if (!transaction.TryInsert(head + 1, append.Stream, revision + 1, e, recordedAt))
            {
                transaction.RemoveAfter(before);
                head = before;
                append.Refuse(new DuplicateEventException(e.Id));
                return;
            }

            head++;
            revision++;
        }

        revisions[append.Stream] = revision;
        append.Accept(new(revision, new(head)));
    }

    private void JudgeRepeat(PendingAppend append, long actual)
    {
        // More than asked of the stream cannot be there: then it is no repeat.
        var last = append.ExpectedRevision + append.Events.Count;
        var there = last > actual ? [] : transaction.Ids(append.Stream, append.ExpectedRevision + 1, append.Events.Count);
        if (there.Count == append.Events.Count && there.Select(e => e.Id).SequenceEqual(append.Events.Select(e => e.Id)))
        {
            append.Accept(new(last, new(there[^1].Position)));
        }
        else
        {
            append.Refuse(new WrongRevisionException(append.Stream, append.ExpectedRevision, actual));
        }
    }

    private long RevisionOf(string stream)
    {
        if (!revisions.TryGetValue(stream, out var revision))
        {
            if (revisions.Count >= MaxKnownStreams)
            {
                revisions.Clear();
            }

            revision = transaction.LastRevision(stream);
            revisions[stream] = revision;
        }

        return revision;
    }
}
