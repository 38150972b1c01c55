using System.Diagnostics;
using Barnahus.Platform.EventLog;
using Esdb = EventStore.Client;

namespace Barnahus.EventStoreDb;

/// <summary>Events on their way to the server.</summary>
internal static class Proposals
{
    /// <exception cref="ArgumentException">Nothing to append, or an impossible revision.</exception>
    /// <exception cref="EventTooLargeException">An event is too large: said by us, since the server's own limit is on the append and set there.</exception>
    /// <exception cref="DuplicateEventException">An id stands twice among them.</exception>
    public static void Check(string stream, long expectedRevision, IReadOnlyList<EventToAppend> events)
    {
        ArgumentException.ThrowIfNullOrEmpty(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(expectedRevision, StreamRevision.None);
        ArgumentOutOfRangeException.ThrowIfZero(events.Count, nameof(events));
        var ids = events.Count > 1 ? new HashSet<Guid>(events.Count) : null;
        foreach (var e in events)
        {
            var bytes = e.Data.Length + e.Metadata.Length;
            if (bytes > EventToAppend.MaxBytes)
            {
                throw new EventTooLargeException(e.Type, bytes);
            }

            if (ids?.Add(e.Id) == false)
            {
                throw new DuplicateEventException(e.Id);
            }
        }
    }

    /// <summary>
    /// As the client takes them, made as it goes through them. It would write the ids of the running trace into each event's metadata, and an
    /// event's bytes are part of every proof about the log (<see cref="CanonicalEvent"/>): no trace runs when the client looks.
    /// </summary>
    public static IEnumerable<Esdb.EventData> Of(IReadOnlyList<EventToAppend> events)
    {
        foreach (var e in events)
        {
            var proposal = new Esdb.EventData(Esdb.Uuid.FromGuid(e.Id), e.Type, e.Data, e.Metadata);
            Activity.Current = null;
            yield return proposal;
        }
    }
}
