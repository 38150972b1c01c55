using Barnahus.Platform.Hosting;

namespace Barnahus.Platform.Bus;

/// <summary>
/// A queue that the broker counts and that neither takes nor gives: its file was damaged by a full disk (RabbitMQ: <c>corrupt_log</c>), or lost by a power
/// cut in the first half-second of its life. It does not heal, whatever is started anew.
/// </summary>
public static class BrokenInbox
{
    /// <summary>A broker that has just come up may still be at it.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private const int Attempts = 3;

    /// <summary>Throws those away that do not answer: the running processes make them anew. What lay in them stands in the log: reconcile afterwards.</summary>
    /// <param name="inboxes">They and their error queues are looked at, nothing else.</param>
    /// <returns>Which were thrown away.</returns>
    /// <exception cref="BusUnreachableException">The broker does not answer.</exception>
    public static async Task<IReadOnlyList<string>> ThrowAwayAsync(BusSettings settings, IReadOnlyList<string> inboxes, CancellationToken cancellationToken)
    {
        var broker = settings.Broker ?? throw new SettingException("The mediator has no queues.");
        var broken = new List<string>();
        foreach (var queue in inboxes.Concat(inboxes.Select(Inbox.Errors)))
        {
            if (!await AnswersAsync(broker, queue, cancellationToken))
            {
                await using var desk = await BrokerDesk.OpenAsync(broker, cancellationToken);
                await desk.DeleteAsync(queue, cancellationToken);
                broken.Add(queue);
            }
        }

        return broken;
    }

    private static async Task<bool> AnswersAsync(BrokerAddress broker, string queue, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using (var desk = await BrokerDesk.OpenAsync(broker, cancellationToken))
            {
                if (await desk.AnswersAsync(queue, cancellationToken))
                {
                    return true;
                }
            }

            if (attempt == Attempts)
            {
                return false;
            }

            await Task.Delay(AskAgainAfter, cancellationToken);
        }
    }
}
