namespace Barnahus.Platform.EventLog.Sql;

/// <summary>
/// The last events that this process appended, in memory. Whoever follows the log stands at its end, and the dozen followers of a process need not each
/// read every event from the disk again.
/// </summary>
internal sealed class LogTail
{
    private const int MostEvents = 1000;
    private const long MostBytes = 4 * 1024 * 1024;

    private readonly Lock turn = new();
    private readonly List<LoggedEvent> events = [];
    private long bytes;

    /// <summary>Adds what was made durable, in the order of the positions, without a gap.</summary>
    public void Add(IReadOnlyCollection<LoggedEvent> appended)
    {
        lock (turn)
        {
            events.AddRange(appended);
            bytes += appended.Sum(SizeOf);
            while (events.Count > 1 && (events.Count > MostEvents || bytes > MostBytes))
            {
                // By halves, so that it moves its events seldom.
                var older = events.Count / 2;
                bytes -= events.Take(older).Sum(SizeOf);
                events.RemoveRange(0, older);
            }
        }
    }

    /// <summary>All events after a position; null when it lies further back than what is kept.</summary>
    public IReadOnlyList<LoggedEvent>? After(LogPosition position)
    {
        lock (turn)
        {
            if (events is not [var first, ..] || position.Value + 1 < first.Position.Value)
            {
                return null;
            }

            var known = (int)Math.Min(position.Value + 1 - first.Position.Value, events.Count);
            return events.GetRange(known, events.Count - known);
        }
    }

    private static long SizeOf(LoggedEvent e) => e.Data.Length + e.Metadata.Length;
}
