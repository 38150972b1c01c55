namespace Barnahus.Platform.EventLog.Sql;

/// <summary>One caller's append on its way through a batch. Until the writer takes it, its caller may cancel; after that the result stands.</summary>
internal sealed class PendingAppend(string stream, long expectedRevision, IReadOnlyList<EventToAppend> events)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Cancelled = 2;

    // Callers continue on their own threads: the writer has the next batch to see to.
    private readonly TaskCompletionSource<Appended> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int state = Waiting;
    private Appended? result;
    private Exception? refusal;

    public string Stream { get; } = stream;

    public long ExpectedRevision { get; } = expectedRevision;

    public IReadOnlyList<EventToAppend> Events { get; } = events;

    public Task<Appended> Completion => completion.Task;

    /// <summary>Bytes of data and metadata of all events.</summary>
    public int Bytes { get; } = events.Sum(e => e.Data.Length + e.Metadata.Length);

    /// <exception cref="ArgumentException">Nothing to append, or an impossible revision.</exception>
    /// <exception cref="EventTooLargeException">An event is too large.</exception>
    public static PendingAppend Checked(string stream, long expectedRevision, IReadOnlyList<EventToAppend> events)
    {
        EventToAppend.Check(stream, expectedRevision, events);
        return new(stream, expectedRevision, events);
    }

    /// <summary>The writer takes it; false when its caller cancelled first.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref state, Taken, Waiting) == Waiting;

    public void Cancel(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref state, Cancelled, Waiting) == Waiting)
        {
            completion.TrySetCanceled(cancellationToken);
        }
    }

    /// <summary>A batch may be judged again before its callers hear of it: the last judgement stands.</summary>
    public void Accept(Appended appended) => (result, refusal) = (appended, null);

    public void Refuse(Exception reason) => (result, refusal) = (null, reason);

    /// <summary>Tells the caller the judgement, once the batch it was judged in is durable.</summary>
    public void Complete()
    {
        if (result is not null)
        {
            completion.TrySetResult(result);
        }
        else
        {
            completion.TrySetException(refusal!);
        }
    }

    public void Fail(Exception reason) => completion.TrySetException(reason);
}
