using System.Runtime.CompilerServices;
using Barnahus.Platform.Hosting;
using RabbitMQ.Client.Exceptions;

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

    /// <summary>
    /// Throws those away that do not answer, each time they are asked: the running processes make them anew. What lay in them stands in the log: reconcile
    /// afterwards.
    /// </summary>
    /// <param name="inboxes">They and their error queues are looked at, nothing else.</param>
    /// <returns>Which were thrown away, each once it is.</returns>
    /// <exception cref="BusUnreachableException">The broker does not answer.</exception>
    public static async IAsyncEnumerable<string> ThrowAwayAsync(
        BusSettings settings, IReadOnlyList<string> inboxes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broker = settings.Broker ?? throw new SettingException("The mediator has no queues.");
        foreach (var queue in inboxes.Concat(inboxes.Select(Inbox.Errors)))
        {
            if (await IsBrokenAsync(broker, queue, cancellationToken))
            {
                await DeleteAsync(broker, queue, cancellationToken);
                yield return queue;
            }
        }
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

    private static async Task DeleteAsync(BrokerAddress broker, string queue, CancellationToken cancellationToken)
    {
        await using var desk = await BrokerDesk.OpenAsync(broker, cancellationToken);
        try
        {
            await desk.DeleteAsync(queue, cancellationToken);
        }
        catch (RabbitMQClientException failure)
        {
            throw new BusUnreachableException(failure);
        }
    }
}
