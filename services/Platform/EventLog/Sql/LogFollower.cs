using System.Runtime.CompilerServices;

namespace Barnahus.Platform.EventLog.Sql;

/// <summary>Follows a log: pages until there is no more, an empty batch for "caught up", then sleep until an append.</summary>
internal static class LogFollower
{
    /// <summary>Most events of a page.</summary>
    public const int PageSize = 1000;

    /// <summary>A page ends with the event that makes it this large, in bytes of data and metadata.</summary>
    public const long PageBytes = 16 * 1024 * 1024;

    /// <param name="readPage">Reads the events after a position, one page of them.</param>
    /// <param name="alone">Every append raises the signal: a page that was not full was the last for as long as the signal is silent, and need not be asked for again.</param>
    /// <param name="patience">How long to wait for the signal before looking all the same.</param>
    public static async IAsyncEnumerable<IReadOnlyList<LoggedEvent>> FollowAsync(
        LogPosition after,
        Func<LogPosition, CancellationToken, ValueTask<IReadOnlyList<LoggedEvent>>> readPage,
        AppendSignal signal,
        bool alone,
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
                if (!alone || appended.IsCompleted || IsFull(page))
                {
                    continue;
                }
            }

            if (behind)
            {
                behind = false;
                yield return [];
            }

            await appended.WaitAsync(patience(), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsFull(IReadOnlyList<LoggedEvent> page) =>
        page.Count >= PageSize || page.Sum(e => (long)e.Data.Length + e.Metadata.Length) >= PageBytes;
}
