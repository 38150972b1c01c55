using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Slots;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Agenda;

/// <summary>What may be asked of a day. Every command carries the moment at which it is decided.</summary>
public abstract record AgendaCommand
{
    private AgendaCommand()
    {
    }

    /// <param name="Reservation">What is to be held, all of it or nothing.</param>
    /// <param name="Replaces">The reservation of the same child that this one will take the place of (rescheduling); it stands in nobody's way.</param>
    /// <param name="Travel">Travel times between buildings.</param>
    /// <param name="Now">Domain time.</param>
    public sealed record Reserve(Reservation Reservation, Guid? Replaces, TravelTimes Travel, DateTimeOffset Now) : AgendaCommand;

    /// <param name="ReservationId">Which.</param>
    /// <param name="Travel">Travel times, needed when it expired meanwhile and must find its place free again.</param>
    /// <param name="Now">Domain time.</param>
    public sealed record Confirm(Guid ReservationId, TravelTimes Travel, DateTimeOffset Now) : AgendaCommand;

    /// <param name="ReservationId">Which.</param>
    /// <param name="Reason">Code: <c>rescheduled</c>, <c>cancelled</c>, <c>not-booked</c>.</param>
    public sealed record Release(Guid ReservationId, string Reason) : AgendaCommand;

    /// <summary>A merge of two files: the reservation follows the child.</summary>
    /// <param name="ReservationId">Which.</param>
    /// <param name="ChildId">The file that goes on.</param>
    public sealed record CarryOver(Guid ReservationId, Guid ChildId) : AgendaCommand;

    /// <param name="ReservationId">Which.</param>
    /// <param name="Now">Domain time.</param>
    public sealed record Expire(Guid ReservationId, DateTimeOffset Now) : AgendaCommand;

    /// <param name="Visit">Where and when.</param>
    /// <param name="Now">Domain time.</param>
    public sealed record ExpectSuspect(SuspectVisit Visit, DateTimeOffset Now) : AgendaCommand;

    public sealed record CancelSuspectVisit(Guid VisitId) : AgendaCommand;
}

/// <summary>
/// Decides on a day: nothing is booked twice. A refusal names the rule, never whose time or which other child is in the way.
/// </summary>
public static class AgendaDecider
{
    /// <summary>Why a reservation is given back that nothing was booked on, or not any more.</summary>
    public const string NotBooked = "not-booked";

    public static readonly Decider<AgendaCommand, AgendaDay> Decider = new(AgendaDay.Initial, Decide, AgendaDay.Evolve);

    private static Decision Decide(AgendaCommand command, AgendaDay day) => command switch
    {
        AgendaCommand.Reserve reserve => Reserve(reserve, day),
        AgendaCommand.Confirm confirm => Confirm(confirm, day),
        AgendaCommand.Release release => Release(release, day),
        AgendaCommand.CarryOver { ReservationId: var id, ChildId: var child } =>
            day.Reservations.TryGetValue(id, out var known) && known.ChildId != child
                ? Decision.Accept(new SlotCarriedOver(id, known.ChildId, child))
                : Decision.Nothing,
        AgendaCommand.Expire expire => Expire(expire, day),
        AgendaCommand.ExpectSuspect expect => Expect(expect, day),
        AgendaCommand.CancelSuspectVisit { VisitId: var id } =>
            day.SuspectVisits.ContainsKey(id) ? Decision.Accept(new SuspectNotExpected(id)) : Decision.Nothing,
        _ => throw new InvalidOperationException($"{command.GetType().Name} is no command of the agenda."),
    };

    private static Decision Reserve(AgendaCommand.Reserve command, AgendaDay day)
    {
        var wanted = command.Reservation;
        if (day.Reservations.TryGetValue(wanted.Id, out var same))
        {
            return same with { Status = wanted.Status } == wanted && same.HoldsAt(command.Now)
                ? Decision.Nothing
                : Decision.Refuse("reservation-exists", "A reservation under this id was made before. Search again and reserve under a new one.");
        }

        if (!IsWithinOneDay(wanted.From, wanted.To))
        {
            return Decision.Refuse("not-within-one-day", "A visit begins and ends on one day. Choose an earlier start.");
        }

        if (wanted.ExpiresAt <= command.Now)
        {
            return Decision.Refuse("reservation-expired", "The reservation would already have expired. Choose a later expiry.");
        }

        // Only a booking of the child itself can make way for it.
        var replaces = command.Replaces is { } old && day.Reservations.GetValueOrDefault(old)?.ChildId == wanted.ChildId ? command.Replaces : null;
        var holding = day.HoldingAt(command.Now, replaces).ToList();
        if (AgendaConflicts.FirstOf(wanted, holding, day.SuspectVisits.Values, command.Travel) is { } conflict)
        {
            return Decision.Refuse(conflict.Rule, conflict.Detail);
        }

        // What lapsed before its timer came is closed in the same append, so that the order of events tells why the place was free.
        var lapsed = day.Reservations.Values
            .Where(r => r.Status == ReservationStatus.Reserved && !r.HoldsAt(command.Now))
            .OrderBy(r => r.Id)
            .Select(IEvent (r) => new SlotExpired(r.Id, r.ChildId));
        return Decision.Accept([.. lapsed, new SlotReserved(wanted)]);
    }

    private static Decision Confirm(AgendaCommand.Confirm command, AgendaDay day)
    {
        if (!day.Reservations.TryGetValue(command.ReservationId, out var known) || known.Status == ReservationStatus.Released)
        {
            return Gone();
        }

        if (known.Status == ReservationStatus.Confirmed)
        {
            return Decision.Nothing;
        }

        // Late, but if nobody took the place the booking keeps it.
        if (!known.HoldsAt(command.Now)
            && AgendaConflicts.FirstOf(known, day.HoldingAt(command.Now, known.Id).ToList(), day.SuspectVisits.Values, command.Travel) is { } conflict)
        {
            return Decision.Refuse(conflict.Rule, $"The reservation expired and its place was taken meanwhile. {conflict.Detail}");
        }

        return Decision.Accept(new SlotConfirmed(known.Id, known.ChildId));
    }

    /// <summary>
    /// What expired is released too: else a confirmation that comes late would hold what was moved or called off. What is confirmed was booked, whoever
    /// else asked for the same at the same time and was refused.
    /// </summary>
    private static Decision Release(AgendaCommand.Release command, AgendaDay day) =>
        day.Reservations.GetValueOrDefault(command.ReservationId) switch
        {
            null => command.Reason == NotBooked ? Decision.Nothing : Gone(),
            { Status: ReservationStatus.Released } => Decision.Nothing,
            { Status: ReservationStatus.Confirmed } when command.Reason == NotBooked => Decision.Nothing,
            var known => Decision.Accept(new SlotReleased(known.Id, known.ChildId, command.Reason)),
        };

    private static Decision Expire(AgendaCommand.Expire command, AgendaDay day) =>
        day.Reservations.TryGetValue(command.ReservationId, out var known)
        && known.Status == ReservationStatus.Reserved
        && !known.HoldsAt(command.Now)
            ? Decision.Accept(new SlotExpired(known.Id, known.ChildId))
            : Decision.Nothing;

    private static Decision Expect(AgendaCommand.ExpectSuspect command, AgendaDay day)
    {
        var visit = command.Visit;
        if (visit.From >= visit.To || !IsWithinOneDay(visit.From, visit.To))
        {
            return Decision.Refuse("not-within-one-day", "A visit begins and ends on one day. Choose other times.");
        }

        if (day.SuspectVisits.TryGetValue(visit.Id, out var known) && known == visit)
        {
            return Decision.Nothing;
        }

        return AgendaConflicts.Meets(visit, day.HoldingAt(command.Now))
            ? Decision.Refuse(SlotRules.SuspectInBuilding, "A child of the same case is expected in this building then. Choose another time or another building.")
            : Decision.Accept(new SuspectExpected(visit));
    }

    private static Decision Gone() =>
        Decision.Refuse("reservation-gone", "This reservation is not held any more. Search again.");

    private static bool IsWithinOneDay(DateTimeOffset from, DateTimeOffset to) =>
        from < to && from.DutchDate() == to.AddTicks(-1).DutchDate();
}
