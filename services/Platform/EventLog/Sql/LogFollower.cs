using System.Runtime.CompilerServices;

namespace Barnahus.Platform.EventLog.Sql;

/// <summary>Follows a log: pages until there is no more, an empty batch for "caught up", then sleep until an append.</summary>
internal static class LogFollower
{
    /// <param name="readPage">Reads the events after a position, one page of them.</param>
    /// <param name="patience">How long to wait for the signal before looking all the same.</param>
    public static async IAsyncEnumerable<IReadOnlyList<LoggedEvent>> FollowAsync(
        LogPosition after,
        Func<LogPosition, CancellationToken, ValueTask<IReadOnlyList<LoggedEvent>>> readPage,
        AppendSignal signal,
        Func<TimeSpan> patience,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var behind = true;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var appended = signal.Next;
            var page = await readPage(after, cancellationToken);
            if (page.Count > 0)
            {
                after = page[^1].Position;
                behind = true;
                yield return page;
                continue;
            }

            if (behind)
            {
                behind = false;
                yield return [];
            }

            await appended.WaitAsync(patience(), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
