using System.Collections.Immutable;
using System.Globalization;
using Barnahus.Interviews.Views;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Agenda;

/// <summary>
/// One Dutch calendar day of the whole installation. One stream per day, so that nobody is booked twice,
/// even under a race and though people work in several regions.
/// </summary>
/// <param name="Reservations">Reservations by id; those that expired or were given back too, since a late confirmation may still find its place free.</param>
/// <param name="SuspectVisits">Suspects expected in a building.</param>
public sealed record AgendaDay(
    ImmutableDictionary<Guid, Reservation> Reservations,
    ImmutableDictionary<Guid, SuspectVisit> SuspectVisits)
{
    private const string Prefix = "interviews.agenda-";

    public static AgendaDay Initial { get; } = new(
        ImmutableDictionary<Guid, Reservation>.Empty, ImmutableDictionary<Guid, SuspectVisit>.Empty);

    /// <summary>Stream of a Dutch day, e.g. <c>interviews.agenda-2026-10-01</c>.</summary>
    public static string StreamOf(DateOnly day) => Prefix + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Stream of the Dutch day of a moment.</summary>
    public static string StreamOf(DateTimeOffset moment) => StreamOf(moment.DutchDate());

    /// <summary>Dutch day of a stream.</summary>
    /// <exception cref="FormatException">No stream of the agenda.</exception>
    public static DateOnly DayOf(string stream) =>
        stream.StartsWith(Prefix, StringComparison.Ordinal)
            ? DateOnly.ParseExact(stream.AsSpan(Prefix.Length), "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : throw new FormatException($"{stream} is no stream of the agenda.");

    /// <summary>Key of a case in the agenda.</summary>
    public static string KeyOf(Guid caseId) => caseId.ToString("D");

    /// <summary>What holds its place at a moment, but for one (the booking that is being moved).</summary>
    public IEnumerable<Reservation> HoldingAt(DateTimeOffset now, Guid? except = null) =>
        Reservations.Values.Where(r => r.HoldsAt(now) && r.Id != except);

    /// <exception cref="InvalidOperationException">An event of another stream.</exception>
    public static AgendaDay Evolve(AgendaDay state, IEvent e) => e switch
    {
        SlotReserved s => state with { Reservations = state.Reservations.SetItem(s.Reservation.Id, s.Reservation) },
        SlotConfirmed s => state.Mark(s.ReservationId, ReservationStatus.Confirmed),
        SlotReleased s => state.Mark(s.ReservationId, ReservationStatus.Released),
        SlotExpired s => state.Mark(s.ReservationId, ReservationStatus.Expired),
        SlotCarriedOver s => state.With(s.ReservationId, reservation => CarriedOver(reservation, s)),
        SuspectExpected v => state with { SuspectVisits = state.SuspectVisits.SetItem(v.Visit.Id, v.Visit) },
        SuspectNotExpected v => state with { SuspectVisits = state.SuspectVisits.Remove(v.VisitId) },
        _ => throw new InvalidOperationException($"{e.GetType().Name} is no event of the agenda."),
    };

    /// <summary>The child is part of its own case under both ids: after the merge a suspect is expected under the one that goes on.</summary>
    private static Reservation CarriedOver(Reservation reservation, SlotCarriedOver happened) => reservation with
    {
        ChildId = happened.ChildId,
        CaseKeys = [.. reservation.CaseKeys.Union(new[] { happened.FromChildId, happened.ChildId }.Select(child => KeyOf(ChildrenByCase.OwnOf(child))))],
    };

    private AgendaDay Mark(Guid id, ReservationStatus status) => With(id, reservation => reservation with { Status = status });

    private AgendaDay With(Guid id, Func<Reservation, Reservation> change) =>
        this with { Reservations = Reservations.SetItem(id, change(Reservations[id])) };
}
