using System.Collections.Immutable;
using Barnahus.Interviews.Agenda;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Views;

namespace Barnahus.Interviews.Views;

/// <summary>All days of the agenda as they are now, by Dutch date.</summary>
public sealed class AgendaDays : View
{
    private volatile ImmutableSortedDictionary<DateOnly, AgendaDay> _days = ImmutableSortedDictionary<DateOnly, AgendaDay>.Empty;

    public AgendaDays()
    {
        OnDay<SlotReserved>();
        OnDay<SlotConfirmed>();
        OnDay<SlotReleased>();
        OnDay<SlotExpired>();
        OnDay<SuspectExpected>();
        OnDay<SuspectNotExpected>();
    }

    /// <summary>The image: take it once per question. Days on which nothing ever happened are not in it.</summary>
    public ImmutableSortedDictionary<DateOnly, AgendaDay> Image => _days;

    private void OnDay<TEvent>()
        where TEvent : IEvent => On<TEvent>((e, envelope) =>
        {
            var day = AgendaDay.DayOf(envelope.Stream);
            _days = _days.SetItem(day, AgendaDay.Evolve(_days.GetValueOrDefault(day, AgendaDay.Initial), e));
        });
}
