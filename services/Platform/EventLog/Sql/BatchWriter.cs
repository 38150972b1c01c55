namespace Barnahus.Platform.EventLog.Sql;

/// <summary>Writes a batch of appends in one transaction, each judged by itself: a refused one leaves nothing and hinders no other.</summary>
internal sealed class BatchWriter(IAppendTransaction transaction)
{
    /// <summary>Judges and writes; the callers hear of it in <see cref="PendingAppend.Complete"/>.</summary>
    /// <returns>True when events were added.</returns>
    /// <exception cref="LogUnreachableException">Nobody knows what was written. Asking for the same again is safe.</exception>
    public bool Write(IReadOnlyList<PendingAppend> batch)
    {
        try
        {
            return Attempt(batch);
        }
        catch (LogUnreachableException lost) when (lost.ConnectionLost)
        {
            // The next connection may be had at once. What the lost one did before it ended is judged as what it is: the same events again.
            return Attempt(batch);
        }
    }

    private bool Attempt(IReadOnlyList<PendingAppend> batch)
    {
        var expected = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var append in batch)
        {
            expected.TryAdd(append.Stream, append.ExpectedRevision);
        }

        var standing = new HashSet<Guid>();
        for (var certain = false; ; certain = true)
        {
            try
            {
                var log = transaction.Begin(expected, certain);
                var judge = new BatchJudge(log, transaction.Ids, standing);
                foreach (var append in batch)
                {
                    judge.Judge(append);
                }

                if (!log.Certain && judge.Refused)
                {
                    // A guess is good enough to accept, since the commit holds it against the truth, and never to refuse.
                    continue;
                }

                var result = transaction.Commit(judge.Accepted);
                if (result == CommitResult.Done)
                {
                    return judge.Accepted.Count > 0;
                }

                // Rare, and each round knows more: all are judged anew without the append that brought an id which stands elsewhere.
                standing.UnionWith(result.Standing);
            }
            catch
            {
                transaction.Rollback();
                throw;
            }
        }
    }
}
