using System.Collections.Immutable;
using Barnahus.Interviews.Agenda;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Views;

namespace Barnahus.Interviews.Views;

/// <summary>All days of the agenda as they are now, by Dutch date.</summary>
public sealed class AgendaDays : View
{
    private volatile ImmutableSortedDictionary<DateOnly, AgendaDay> _days = ImmutableSortedDictionary<DateOnly, AgendaDay>.Empty;
    private volatile ImmutableSortedDictionary<DateOnly, AgendaDay> _waiting = ImmutableSortedDictionary<DateOnly, AgendaDay>.Empty;

    public AgendaDays()
    {
        OnDay<SlotReserved>();
        OnDay<SlotConfirmed>();
        OnDay<SlotReleased>();
        OnDay<SlotExpired>();
        OnDay<SlotCarriedOver>();
        OnDay<SuspectExpected>();
        OnDay<SuspectNotExpected>();
    }

    /// <summary>The image: take it once per question. Days on which nothing ever happened are not in it.</summary>
    public ImmutableSortedDictionary<DateOnly, AgendaDay> Image => _days;

    /// <summary>Days with a reservation that is neither confirmed nor given back: few, so that a timer may look every second.</summary>
    public ImmutableSortedDictionary<DateOnly, AgendaDay> Waiting => _waiting;

    private void OnDay<TEvent>()
        where TEvent : IEvent => OnLogged<TEvent>((e, logged) =>
        {
            var date = AgendaDay.DayOf(logged.Stream);
            var day = AgendaDay.Evolve(_days.GetValueOrDefault(date, AgendaDay.Initial), e);
            _days = _days.SetItem(date, day);
            _waiting = day.Reservations.Values.Any(r => r.Status == ReservationStatus.Reserved) ? _waiting.SetItem(date, day) : _waiting.Remove(date);
        });
}
