namespace Barnahus.Platform.EventLog;

/// <summary>
/// The one source of truth: streams of events in one total order. Three engines implement it and pass one contract suite
/// (tests/Platform.Tests/EventLog). Several streams are never one transaction.
/// </summary>
public interface IEventLog
{
    /// <summary>
    /// Appends all events to one stream, or none. Durable when it returns.
    /// The same event ids at the same stream and expected revision give the first result again.
    /// </summary>
    /// <param name="stream">Name of the stream; never holds personal data.</param>
    /// <param name="expectedRevision">Revision of the stream's last event, or <see cref="StreamRevision.None"/> for no stream.</param>
    /// <param name="events">One or more events, each at most <see cref="EventToAppend.MaxBytes"/> of data and metadata.</param>
    /// <exception cref="WrongRevisionException">The stream stands at another revision, or a part of these events is already in it.</exception>
    /// <exception cref="EventTooLargeException">An event is larger than the log takes; nothing was appended.</exception>
    /// <exception cref="DuplicateEventException">The log holds an event of this id elsewhere; nothing was appended.</exception>
    /// <exception cref="LogUnreachableException">The log does not answer; whether the events were appended is not known. Asking for the same again is safe.</exception>
    Task<Appended> AppendAsync(string stream, long expectedRevision, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken);

    /// <summary>Events of one stream from a revision on (inclusive), at most <paramref name="maxCount"/>; none when the stream does not exist.</summary>
    /// <exception cref="LogUnreachableException">The log does not answer; so for every read.</exception>
    Task<IReadOnlyList<LoggedEvent>> ReadStreamAsync(string stream, long fromRevision, int maxCount, ReadDirection direction, CancellationToken cancellationToken);

    /// <summary>Events of all streams after a position, in the global order, at most <paramref name="maxCount"/>.</summary>
    Task<IReadOnlyList<LoggedEvent>> ReadAllAsync(LogPosition after, int maxCount, CancellationToken cancellationToken);

    /// <summary>The event at a position that this log gave; null when none stands there. Positions need not be dense: of the one before nothing is known.</summary>
    Task<LoggedEvent?> ReadAtAsync(LogPosition position, CancellationToken cancellationToken);

    /// <summary>
    /// Catches up from a position and then waits for what is appended, without polling storms, until cancelled.
    /// A batch without events says "caught up"; it comes once after each catching up. No event is skipped or given twice.
    /// While the log does not answer it waits, and goes on where it was.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<LoggedEvent>> FollowAsync(LogPosition after, CancellationToken cancellationToken);

    /// <summary>Position of the last event, <see cref="LogPosition.Start"/> for an empty log.</summary>
    Task<LogPosition> HeadAsync(CancellationToken cancellationToken);
}

/// <summary>Order in which a stream is read.</summary>
public enum ReadDirection
{
    Forwards,

    /// <summary>From the given revision down; <see cref="long.MaxValue"/> is the end of the stream.</summary>
    Backwards,
}

/// <summary>Names for special revisions. The first event of a stream has revision 0.</summary>
public static class StreamRevision
{
    /// <summary>The stream does not exist.</summary>
    public const long None = -1;
}

/// <summary>An event as a writer hands it to the log: the log keeps these bytes and never looks inside.</summary>
/// <param name="Id">Identity, unique in the log.</param>
/// <param name="Type">Stable name with version, e.g. <c>intake.referral-received.v1</c>.</param>
/// <param name="Data">The event, JSON in UTF-8.</param>
/// <param name="Metadata">The rest of the envelope, JSON in UTF-8.</param>
public sealed record EventToAppend(Guid Id, string Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Metadata)
{
    /// <summary>Largest data plus metadata of one event, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>What every engine refuses before it asks its store.</summary>
    /// <exception cref="ArgumentException">Nothing to append, or an impossible revision.</exception>
    /// <exception cref="EventTooLargeException">An event is too large.</exception>
    public static void Check(string stream, long expectedRevision, IReadOnlyList<EventToAppend> events)
    {
        ArgumentException.ThrowIfNullOrEmpty(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(expectedRevision, StreamRevision.None);
        ArgumentOutOfRangeException.ThrowIfZero(events.Count, nameof(events));
        foreach (var e in events)
        {
            var bytes = e.Data.Length + e.Metadata.Length;
            if (bytes > MaxBytes)
            {
                throw new EventTooLargeException(e.Type, bytes);
            }
        }
    }
}

/// <summary>An event as the log gives it back.</summary>
public sealed record LoggedEvent(
    LogPosition Position,
    string Stream,
    long Revision,
    Guid Id,
    string Type,
    ReadOnlyMemory<byte> Data,
    ReadOnlyMemory<byte> Metadata,
    DateTimeOffset RecordedAt);

/// <summary>Result of an append: revision and position of its last event.</summary>
public sealed record Appended(long Revision, LogPosition Position);

/// <summary>The stream stood at another revision than the writer expected: somebody was first.</summary>
public sealed class WrongRevisionException(string stream, long expected, long actual)
    : Exception($"Stream {stream} stands at revision {actual}, not {expected}. Read it again and decide again.")
{
    public string Stream { get; } = stream;

    public long Expected { get; } = expected;

    public long Actual { get; } = actual;
}

/// <summary>An event was larger than the log takes.</summary>
public sealed class EventTooLargeException(string type, int bytes)
    : Exception($"Event {type} has {bytes} bytes; the log takes {EventToAppend.MaxBytes}. Split it, or keep large content elsewhere and refer to it.")
{
    public int Bytes { get; } = bytes;
}

/// <summary>The log already holds an event of this id, at another place. Ids are never used twice.</summary>
public sealed class DuplicateEventException(Guid id)
    : Exception($"An event with id {id:D} already stands elsewhere in the log.")
{
    public Guid Id { get; } = id;
}

/// <summary>
/// The log does not answer. After an append nobody knows whether the events are there; the same append once more tells, and appends them
/// when they are not.
/// </summary>
public sealed class LogUnreachableException(Exception cause, bool connectionLost = false)
    : Exception("The event log does not answer. It is not known whether your change was kept: send the same once more when it is back, or look first.", cause)
{
    /// <summary>The connection broke; a new one may be had at once.</summary>
    public bool ConnectionLost { get; } = connectionLost;
}
