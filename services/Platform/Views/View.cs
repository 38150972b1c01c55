using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Views;

/// <summary>
/// A read model held in memory: rows, and how each event changes them. Time comes from the event, never from a clock,
/// so that a rebuild gives the same. One thread applies; many read: rows are immutable records in concurrent or immutable collections.
/// </summary>
public abstract class View
{
    private readonly Dictionary<Type, Action<IEvent, LoggedEvent>> _handlers = [];

    /// <summary>Event types this view folds.</summary>
    public IReadOnlyCollection<Type> EventTypes => _handlers.Keys;

    /// <summary>Applies an event if the view folds its type.</summary>
    /// <param name="event">What happened.</param>
    /// <param name="logged">As it stands in the log: its place, and who did it.</param>
    /// <returns>False when it does not.</returns>
    public bool Apply(IEvent @event, LoggedEvent logged)
    {
        if (!_handlers.TryGetValue(@event.GetType(), out var handler))
        {
            return false;
        }

        handler(@event, logged);
        return true;
    }

    /// <summary>
    /// The views have caught up: what follows from the rows, and was put off while many events came in, is computed now. What fails here stops the
    /// views, as an event does that cannot be taken; for a key vault that does not answer it is asked again.
    /// </summary>
    public virtual void Settle()
    {
    }

    /// <summary>Says how events of a type change the rows. In the constructor.</summary>
    protected void On<TEvent>(Action<TEvent, Envelope> apply)
        where TEvent : IEvent => OnLogged<TEvent>((e, logged) => apply(e, Envelope.Of(logged)));

    /// <summary>As <see cref="On{TEvent}(Action{TEvent,Envelope})"/>, for who needs the place in the log only: the envelope is not read.</summary>
    protected void OnLogged<TEvent>(Action<TEvent, LoggedEvent> apply)
        where TEvent : IEvent => _handlers.Add(typeof(TEvent), (e, logged) => apply((TEvent)e, logged));

    /// <inheritdoc cref="On{TEvent}(Action{TEvent,Envelope})"/>
    protected void On<TEvent>(Action<TEvent> apply)
        where TEvent : IEvent => OnLogged<TEvent>((e, _) => apply(e));
}

/// <summary>A read model that takes every event of the log undecoded: only Timeline, which knows no service's types.</summary>
public interface IRawView
{
    void Apply(LoggedEvent logged);
}
