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
        EventToAppend.Check(stream, expectedRevision, events);
        if (events.GroupBy(e => e.Id).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new DuplicateEventException(twice.Key);
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
