using Barnahus.Interviews.Slots;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Agenda;

/// <summary>Where a reservation stands in the agenda.</summary>
/// <param name="Day">Dutch day.</param>
/// <param name="Id">Identity.</param>
public sealed record ReservationKey(DateOnly Day, Guid Id);

/// <summary>Reserve, then book, then confirm; or release. What is not confirmed in time expires by itself.</summary>
public sealed class Reservations(CommandHandler handler, SlotFinder finder)
{
    /// <summary>How long a slot is held without confirmation.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Holds room, people and child together, in one append. The choice is first held against all rules of the question;
    /// the agenda then decides on what is true at that moment.
    /// </summary>
    /// <param name="id">Identity of the reservation: derive it from the command, so that a repetition is the same one.</param>
    /// <exception cref="RefusedException">A rule is broken, the first of them named as the rule and all in the detail; or somebody was first.</exception>
    public async Task<Reservation> ReserveAsync(
        Guid id, SlotQuestion question, SlotChoice choice, CommandContext context, CancellationToken cancellationToken)
    {
        var world = finder.World;
        var stream = AgendaDay.StreamOf(choice.Start);
        var (before, _) = await handler.StateAsync(AgendaDecider.Decider, stream, cancellationToken);
        if (before.Reservations.TryGetValue(id, out var same) && same.HoldsAt(context.Now))
        {
            // A repetition: its own reservation must not stand in its way.
            return same;
        }

        var broken = finder.Objections(question, choice);
        if (broken.Count > 0)
        {
            var detail = SlotRules.IsOfTheAgenda(broken[0]) ? await HeldAsync() : null;
            throw new RefusedException(broken[0], $"{detail ?? SlotRules.Detail(broken[0])} Rules broken: {string.Join(", ", broken)}.");
        }

        var result = await handler.HandleAsync(AgendaDecider.Decider, stream, Command(), context, cancellationToken);
        return result.State.Reservations[id];

        // Who comes a moment too late is told the same as who raced for it: what is held there now.
        async Task<string?> HeldAsync()
        {
            var (now, _) = await handler.StateAsync(AgendaDecider.Decider, stream, cancellationToken);
            return (AgendaDecider.Decider.Decide(Command(), now) as Decision.Refused)?.Detail;
        }

        AgendaCommand.Reserve Command()
        {
            var (visitFrom, end, visitTo) = SlotSearch.Times(question, choice.Start, world.Lengths);
            var reservation = new Reservation(
                id, question.ChildId, world.Roster.Premises.Rooms[choice.RoomId].StudioId, choice.RoomId, choice.PersonIds,
                visitFrom.ToUniversalTime(), visitTo.ToUniversalTime(), choice.Start.ToUniversalTime(), end.ToUniversalTime(),
                question.CaseKeys, context.Now + Hold);
            return new(reservation, question.Replaces, world.Roster.Premises.Travel, context.Now);
        }
    }

    /// <summary>Holds a reservation for good. Late is no harm as long as nobody took the place.</summary>
    /// <exception cref="RefusedException">It was released, or its place was taken after it expired.</exception>
    public Task ConfirmAsync(ReservationKey reservation, CommandContext context, CancellationToken cancellationToken) =>
        handler.HandleAsync(
            AgendaDecider.Decider,
            AgendaDay.StreamOf(reservation.Day),
            new AgendaCommand.Confirm(reservation.Id, finder.World.Roster.Premises.Travel, context.Now),
            context,
            cancellationToken);

    /// <summary>Gives a reservation back; one that is not held any more is no error.</summary>
    /// <param name="reason">Code: <c>rescheduled</c>, <c>cancelled</c>, <c>not-booked</c>.</param>
    /// <exception cref="RefusedException">There never was such a reservation.</exception>
    public Task ReleaseAsync(ReservationKey reservation, string reason, CommandContext context, CancellationToken cancellationToken) =>
        handler.HandleAsync(
            AgendaDecider.Decider,
            AgendaDay.StreamOf(reservation.Day),
            new AgendaCommand.Release(reservation.Id, reason),
            context,
            cancellationToken);

    /// <summary>Nothing was booked on it: its time is up at once, and what was confirmed meanwhile stays. A confirmation that comes all the same is a late one.</summary>
    public Task GiveUpAsync(ReservationKey reservation, CommandContext context, CancellationToken cancellationToken) =>
        handler.HandleAsync(
            AgendaDecider.Decider,
            AgendaDay.StreamOf(reservation.Day),
            new AgendaCommand.Expire(reservation.Id, DateTimeOffset.MaxValue),
            context,
            cancellationToken);

    /// <summary>After a merge: what is held for one file is held for the one that goes on. What the agenda no longer knows is no error.</summary>
    public Task CarryOverAsync(ReservationKey reservation, Guid childId, CommandContext context, CancellationToken cancellationToken) =>
        handler.HandleAsync(
            AgendaDecider.Decider,
            AgendaDay.StreamOf(reservation.Day),
            new AgendaCommand.CarryOver(reservation.Id, childId),
            context,
            cancellationToken);

    /// <summary>Key of a reservation.</summary>
    public static ReservationKey KeyOf(Reservation reservation) => new(reservation.From.DutchDate(), reservation.Id);
}
