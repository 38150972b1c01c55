using System.Collections.Concurrent;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;

namespace Barnahus.Platform.Bus;

/// <summary>A subscription could not get an event handled and went on without it, visibly. It is tried again at the next start.</summary>
/// <param name="Subscription">Which one.</param>
/// <param name="EventId">Which event.</param>
/// <param name="At">Its position.</param>
/// <param name="Failure">Type of the failure; no text, which might tell of a person.</param>
[EventType("bus.parked.v1")]
public sealed record Parked(string Subscription, Guid EventId, long At, string Failure) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>A parked event was handled after all.</summary>
[EventType("bus.unparked.v1")]
public sealed record Unparked(string Subscription, Guid EventId) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>What is parked now, for health and operators.</summary>
public sealed class ParkedEvents : View
{
    private readonly ConcurrentDictionary<(string Subscription, Guid EventId), Parked> _parked = new();

    public ParkedEvents()
    {
        On<Parked>(e => _parked[(e.Subscription, e.EventId)] = e);
        On<Unparked>(e => _parked.TryRemove((e.Subscription, e.EventId), out _));
    }

    public IReadOnlyCollection<Parked> All => [.. _parked.Values];

    internal static string Stream(string subscription) => $"bus.parked-{subscription}";
}
