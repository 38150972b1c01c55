using System.Diagnostics;
using System.Threading.Channels;

namespace Barnahus.Platform.EventLog.Sql;

/// <summary>
/// One thread that writes: it takes all appends that wait, writes them in one durable transaction and then tells their callers.
/// The cost of being durable is shared by everyone who came while the last batch was on its way to the disk.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int MaxAppends = 256;
    private const int MaxBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan MaxLinger = TimeSpan.FromMilliseconds(1);

    private readonly BatchWriter writer;
    private readonly Action appended;
    private readonly List<PendingAppend> batch = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The reader is a blocked thread: waking it inside the caller's write costs nothing and saves a hop.
    private readonly Channel<PendingAppend> queue = Channel.CreateUnbounded<PendingAppend>(
        new() { SingleReader = true, AllowSynchronousContinuations = true });

    private int callersLastTime = 1;
    private TimeSpan linger;

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
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(append), this);
        await using var registration = cancellationToken.UnsafeRegister(static (a, token) => ((PendingAppend)a!).Cancel(token), append);
        return await append.Completion;
    }

    /// <summary>Takes no more, writes what waits, ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await ended.Task;
    }

    private void Run()
    {
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Take();
            var started = Stopwatch.GetTimestamp();
            Write();
            linger = TimeSpan.FromTicks(Math.Min(Stopwatch.GetElapsedTime(started).Ticks / 4, MaxLinger.Ticks));
        }

        ended.SetResult();
    }

    /// <summary>
    /// Takes all that wait. The callers of the last batch have just been told and are likely to be on their way with their next append;
    /// going without them would make batches alternate between few and many. So it waits for as many as last time, for a fraction of
    /// what a batch costs. A lone writer never waits.
    /// </summary>
    private void Take()
    {
        batch.Clear();
        var started = Stopwatch.GetTimestamp();
        var bytes = 0;
        var spinner = default(SpinWait);
        while (batch.Count < MaxAppends && bytes < MaxBytes)
        {
            if (queue.Reader.TryRead(out var append))
            {
                if (append.TryTake())
                {
                    batch.Add(append);
                    bytes += append.Bytes;
                }
            }
            else if (batch.Count < callersLastTime && Stopwatch.GetElapsedTime(started) < linger)
            {
                spinner.SpinOnce(sleep1Threshold: -1);
            }
            else
            {
                break;
            }
        }

        callersLastTime = batch.Count;
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
