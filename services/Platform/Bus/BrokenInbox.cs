using System.Runtime.CompilerServices;
using Barnahus.Platform.Hosting;

namespace Barnahus.Platform.Bus;

/// <summary>
/// A queue that the broker counts and that neither takes nor gives: its file was damaged by a full disk (RabbitMQ: <c>corrupt_log</c>), or lost by a power
/// cut in the first half-second of its life. It does not heal, whatever is started anew.
/// </summary>
public static class BrokenInbox
{
    /// <summary>A broker that has just come up may still be at it.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(3);

    private const int Attempts = 3;

    /// <summary>For all attempts at one queue. A broker that holds connections and answers nothing would be waited for without end.</summary>
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Throws those away that do not answer, each time they are asked: the running processes make them anew. What lay in them stands in the log: reconcile
    /// afterwards.
    /// </summary>
    /// <param name="inboxes">They and their error queues are looked at, nothing else.</param>
    /// <returns>What became of each, as soon as that is known; nothing of one stands in the way of the next.</returns>
    public static async IAsyncEnumerable<LookedAfter> ThrowAwayAsync(
        BusSettings settings, IReadOnlyList<string> inboxes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broker = settings.Broker ?? throw new SettingException("The mediator has no queues.");
        foreach (var queue in inboxes.Concat(inboxes.Select(Inbox.Errors)))
        {
            yield return await LookAfterAsync(broker, queue, cancellationToken);
        }
    }

    private static async Task<LookedAfter> LookAfterAsync(BrokerAddress broker, string queue, CancellationToken cancellationToken)
    {
        using var brief = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        brief.CancelAfter(AnswersWithin);
        try
        {
            return new(queue, await ThrowAwayAsync(broker, queue, brief.Token).WaitAsync(brief.Token), null);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            return new(queue, ThrownAway: false, new BusUnreachableException(late));
        }
#pragma warning disable CA1031 // RabbitMQ.Client says several things when it is not answered; whatever it was, it is told.
        catch (Exception unknown) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new(queue, ThrownAway: false, unknown);
        }
    }

    private static async Task<bool> ThrowAwayAsync(BrokerAddress broker, string queue, CancellationToken cancellationToken)
    {
        if (!await IsBrokenAsync(broker, queue, cancellationToken))
        {
            return false;
        }

        await using var desk = await BrokerDesk.OpenAsync(broker, cancellationToken);
        await desk.DeleteAsync(queue, cancellationToken);
        return true;
    }

    private static async Task<bool> IsBrokenAsync(BrokerAddress broker, string queue, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using (var desk = await BrokerDesk.OpenAsync(broker, cancellationToken))
            {
                if (!await desk.IsBrokenAsync(queue, cancellationToken))
                {
                    return false;
                }
            }

            if (attempt == Attempts)
            {
                return true;
            }

            await Task.Delay(AskAgainAfter, cancellationToken);
        }
    }
}

/// <summary>What became of a queue.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="ThrownAway">It did not answer, and is gone.</param>
/// <param name="Unknown">Why it is not known whether it answers, or why it could not be thrown away; null when it is.</param>
public sealed record LookedAfter(string Queue, bool ThrownAway, Exception? Unknown);
