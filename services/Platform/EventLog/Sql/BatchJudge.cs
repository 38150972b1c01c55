namespace Barnahus.Platform.EventLog.Sql;

/// <summary>
/// Judges the appends of one batch in their order, each as if those before it were written: at the right revision it is accepted, the same
/// events at the same place get their first result again, the rest is refused. The same for every engine.
/// </summary>
/// <param name="log">Where the log stands.</param>
/// <param name="idsInLog">Ids and positions in the log: stream, first revision, count.</param>
/// <param name="standing">Ids that are known to stand in the log.</param>
internal sealed class BatchJudge(LogState log, Func<string, long, int, IReadOnlyList<(Guid Id, long Position)>> idsInLog, HashSet<Guid> standing)
{
    private readonly Dictionary<string, long> revisions = new(log.Revisions, StringComparer.Ordinal);
    private readonly HashSet<Guid> ids = [];
    private readonly List<EventToInsert> accepted = [];

    /// <summary>What is to be written, in the order of the positions.</summary>
    public IReadOnlyList<EventToInsert> Accepted => accepted;

    /// <summary>Some append was not accepted as new.</summary>
    public bool Refused { get; private set; }

    public void Judge(PendingAppend append)
    {
        var revision = revisions[append.Stream];
        if (revision != append.ExpectedRevision)
        {
            Refused = true;
            if (log.Certain)
            {
                JudgeRepeat(append, revision);
            }
        }
        else if (TryAddIds(append.Events) is { } duplicate)
        {
            Refused = true;
            append.Refuse(new DuplicateEventException(duplicate));
        }
        else
        {
            foreach (var e in append.Events)
            {
                accepted.Add(new(log.Head + accepted.Count + 1, append.Stream, ++revision, e));
            }

            revisions[append.Stream] = revision;
            append.Accept(new(revision, new(accepted[^1].Position)));
        }
    }

    private void JudgeRepeat(PendingAppend append, long revision)
    {
        // More than asked of the stream cannot be there: then it is no repeat.
        var last = append.ExpectedRevision + append.Events.Count;
        var there = last > revision ? [] : Ids(append.Stream, append.ExpectedRevision, append.Events.Count);
        if (there.Count == append.Events.Count && there.Select(e => e.Id).SequenceEqual(append.Events.Select(e => e.Id)))
        {
            append.Accept(new(last, new(there[^1].Position)));
        }
        else
        {
            append.Refuse(new WrongRevisionException(append.Stream, append.ExpectedRevision, revision));
        }
    }

    /// <summary>Of a stream's events after a revision: those in the log, then those of this batch.</summary>
    private List<(Guid Id, long Position)> Ids(string stream, long after, int count)
    {
        var inLog = log.Revisions[stream] > after ? idsInLog(stream, after + 1, count) : [];
        var inBatch = accepted.Where(e => e.Stream == stream && e.Revision > after).Select(e => (e.Event.Id, e.Position));
        return [.. inLog.Concat(inBatch).Take(count)];
    }

    /// <summary>Null when all are new; else the first that is not, and none is added.</summary>
    private Guid? TryAddIds(IReadOnlyList<EventToAppend> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (standing.Contains(events[i].Id) || !ids.Add(events[i].Id))
            {
                ids.ExceptWith(events.Take(i).Select(e => e.Id));
                return events[i].Id;
            }
        }

        return null;
    }
}
