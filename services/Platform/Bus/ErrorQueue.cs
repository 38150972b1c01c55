using Barnahus.Platform.Hosting;

namespace Barnahus.Platform.Bus;

/// <summary>What could not be handled, back to where it came from: after the cause was mended.</summary>
public static class ErrorQueue
{
    /// <summary>Moves all messages of the error queues to their inboxes. What fails again comes back.</summary>
    /// <param name="inboxes">Whose.</param>
    /// <returns>How many messages were moved.</returns>
    /// <exception cref="BusUnreachableException">The broker does not answer.</exception>
    public static async Task<int> ReplayAsync(BusSettings settings, IReadOnlyList<string> inboxes, CancellationToken cancellationToken)
    {
        var broker = settings.Broker ?? throw new SettingException("The mediator has no error queue: what failed is parked, and tried again at the next start.");
        await using var desk = await BrokerDesk.OpenAsync(broker, cancellationToken);
        var moved = 0;
        foreach (var inbox in inboxes)
        {
            moved += await desk.MoveAsync(Inbox.Errors(inbox), inbox, cancellationToken);
        }

        return moved;
    }
}
