using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Views;

/// <summary>
/// A read model held in memory: rows, and how each event changes them. Time comes from the event, never from a clock,
/// so that a rebuild gives the same. One thread applies; many read: rows are immutable records in concurrent or immutable collections.
/// </summary>
public abstract class View
{
    private readonly Dictionary<Type, Action<IEvent, Envelope>> _handlers = [];

    /// <summary>Event types this view folds.</summary>
    public IReadOnlyCollection<Type> EventTypes => _handlers.Keys;

    /// <summary>Applies an event if the view folds its type.</summary>
    /// <returns>False when it does not.</returns>
    public bool Apply(Recorded recorded)
    {
        if (!_handlers.TryGetValue(recorded.Event.GetType(), out var handler))
        {
            return false;
        }

        handler(recorded.Event, recorded.Envelope);
        return true;
    }

    /// <summary>Says how events of a type change the rows. In the constructor.</summary>
    protected void On<TEvent>(Action<TEvent, Envelope> apply)
        where TEvent : IEvent => _handlers.Add(typeof(TEvent), (e, envelope) => apply((TEvent)e, envelope));

    /// <inheritdoc cref="On{TEvent}(Action{TEvent,Envelope})"/>
    protected void On<TEvent>(Action<TEvent> apply)
        where TEvent : IEvent => On<TEvent>((e, _) => apply(e));
}
