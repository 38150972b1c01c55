using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Barnahus.Platform.EventLog;
using Esdb = EventStore.Client;

namespace Barnahus.EventStoreDb;

/// <summary>
/// One catch-up subscription to this log's events among all, renewed from where it was whenever it ends. It takes events ahead of who reads
/// them, a few hundred.
/// </summary>
internal sealed class Follower : IAsyncDisposable
{
    private const int Ahead = 256;

    private readonly Esdb.EventStoreClient client;
    private readonly LogOnServer log;
    private readonly CancellationTokenSource ending;
    private readonly Channel<LoggedEvent> arrivals = Channel.CreateBounded<LoggedEvent>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
    private readonly Task receiving;
    private LogPosition given;

    public Follower(Esdb.EventStoreClient client, LogOnServer log, LogPosition after, CancellationToken cancellationToken)
    {
        this.client = client;
        this.log = log;
        given = after;
        ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        receiving = ReceiveAsync(after, ending.Token);
    }

    /// <summary>
    /// Batches as they come. Once nothing waits it asks for the head: having reached it is being caught up. (The server says so too, but once
    /// only, and not again after what comes later.)
    /// </summary>
    /// <param name="head">Position of the log's last event.</param>
    /// <exception cref="OperationCanceledException">Cancelled: it never ends otherwise.</exception>
    public async IAsyncEnumerable<IReadOnlyList<LoggedEvent>> BatchesAsync(
        Func<CancellationToken, Task<LogPosition>> head, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = LogPosition.Start;
        var behind = true;
        while (true)
        {
            if (Waiting() is { Count: > 0 } batch)
            {
                given = batch[^1].Position;
                behind = true;
                yield return batch;
                continue;
            }

            if (behind && given >= known)
            {
                if (await TryAsync(head, cancellationToken) is not { } now)
                {
                    continue;
                }

                known = now;
                behind = given < known;
                if (!behind)
                {
                    yield return [];
                }

                continue;
            }

            await arrivals.Reader.WaitToReadAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await receiving;
        ending.Dispose();
    }

    private List<LoggedEvent> Waiting()
    {
        var batch = new List<LoggedEvent>();
        while (batch.Count < Ahead && arrivals.Reader.TryRead(out var logged))
        {
            batch.Add(logged);
        }

        return batch;
    }

    // While the log does not answer, who follows waits.
    private static async Task<LogPosition?> TryAsync(Func<CancellationToken, Task<LogPosition>> head, CancellationToken cancellationToken)
    {
        try
        {
            return await head(cancellationToken);
        }
        catch (LogUnreachableException)
        {
            return null;
        }
    }

    private async Task ReceiveAsync(LogPosition after, CancellationToken cancellationToken)
    {
        var reached = LogOnServer.On(after);
        var pause = TimeSpan.Zero;
        try
        {
            while (true)
            {
                try
                {
                    await using var subscription = client.SubscribeToAll(
                        Esdb.FromAll.After(reached), filterOptions: new(log.Filter), cancellationToken: cancellationToken);
                    await foreach (var message in subscription.Messages.WithCancellation(cancellationToken))
                    {
                        pause = TimeSpan.Zero;
                        reached = await TakeAsync(message, cancellationToken) ?? reached;
                    }
                }
                catch (Exception broken) when (Answers.IsOutOfReach(broken) && !cancellationToken.IsCancellationRequested)
                {
                    // It goes on below, from where it was.
                }

                pause = Answers.Longer(pause);
                await Task.Delay(pause, cancellationToken);
            }
        }
        catch (Exception ended)
        {
            arrivals.Writer.Complete(cancellationToken.IsCancellationRequested ? new OperationCanceledException(cancellationToken) : ended);
        }
    }

    /// <summary>Where to go on from after this message; null when it says nothing of that.</summary>
    private async ValueTask<Esdb.Position?> TakeAsync(Esdb.StreamMessage message, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case Esdb.StreamMessage.Event(var resolved):
                await arrivals.Writer.WriteAsync(log.Logged(resolved), cancellationToken);
                return resolved.Event.Position;

            // Many events of other logs went by: they need not be looked through again.
            case Esdb.StreamMessage.AllStreamCheckpointReached(var position):
                return position;
            default:
                return null;
        }
    }
}
