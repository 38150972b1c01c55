using System.Diagnostics;

namespace Barnahus.Platform.EventLog.Sql;

/// <summary>
/// One thread that writes: it takes all appends that wait, writes them in one durable transaction and then tells their callers.
/// The cost of being durable is shared by everyone who came while the last batch was on its way to the disk.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int MaxAppends = 256;
    private const int MaxBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(1);

    private readonly BatchWriter writer;
    private readonly Action appended;
    private readonly List<PendingAppend> batch = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // A monitor, which sleeps at once: who waits for a task, a channel or a semaphore spins first, and takes the processor from those it waits for.
    private readonly object turn = new();
    private readonly Queue<PendingAppend> waiting = [];
    private int enough = 1;
    private bool closed;

    private int callersLastTime = 1;
    private TimeSpan lastTook;

    /// <param name="appended">Called after each batch that added events.</param>
    public GroupCommit(BatchWriter writer, Action appended, string name)
    {
        this.writer = writer;
        this.appended = appended;
        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    public async Task<Appended> AppendAsync(PendingAppend append, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (turn)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            waiting.Enqueue(append);
            if (waiting.Count == enough)
            {
                Monitor.Pulse(turn);
            }
        }

        await using var registration = cancellationToken.UnsafeRegister(static (a, token) => ((PendingAppend)a!).Cancel(token), append);
        return await append.Completion;
    }

    /// <summary>Takes no more, writes what waits, ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (turn)
        {
            closed = true;
            Monitor.Pulse(turn);
        }

        await ended.Task;
    }

    private void Run()
    {
        while (Take())
        {
            var began = Stopwatch.GetTimestamp();
            Write();
            lastTook = Stopwatch.GetElapsedTime(began);
        }

        ended.SetResult();
    }

    /// <summary>
    /// Takes all that wait. The callers of the last batch have just been told and are likely to be on their way with their next append;
    /// going without them would make batches alternate between few and many. So where a batch takes longer than that, it waits a moment for as
    /// many as last time. A lone writer never waits.
    /// </summary>
    /// <returns>False when there is nothing left and nothing will come.</returns>
    private bool Take()
    {
        batch.Clear();
        lock (turn)
        {
            for (enough = 1; waiting.Count == 0; Monitor.Wait(turn))
            {
                if (closed)
                {
                    return false;
                }
            }

            if (waiting.Count < callersLastTime && lastTook > Linger && !closed)
            {
                enough = callersLastTime;
                Monitor.Wait(turn, Linger);
            }

            var bytes = 0;
            while (batch.Count < MaxAppends && bytes < MaxBytes && waiting.TryDequeue(out var append))
            {
                if (append.TryTake())
                {
                    batch.Add(append);
                    bytes += append.Bytes;
                }
            }
        }

        callersLastTime = batch.Count;
        return true;
    }

    private void Write()
    {
        try
        {
            if (batch.Count > 0 && writer.Write(batch))
            {
                appended();
            }

            batch.ForEach(append => append.Complete());
        }
#pragma warning disable CA1031 // Whatever it was, the callers must hear of it, and the thread must live for the next ones.
        catch (Exception reason)
#pragma warning restore CA1031
        {
            batch.ForEach(append => append.Fail(reason));
        }
    }
}
