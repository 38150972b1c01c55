using System.Globalization;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Timers;

namespace Barnahus.Interviews.Agenda;

/// <summary>Gives back what was reserved and not confirmed in time.</summary>
public sealed class ExpireReservations(AgendaDays agenda, CommandHandler handler) : IServiceTimer
{
    public string Name => "interviews.reservation-expiry";

    public IEnumerable<DueItem> Due(DateTimeOffset now) =>
        from day in agenda.Waiting
        from reservation in day.Value.Reservations.Values
        where reservation.Status == ReservationStatus.Reserved && reservation.ExpiresAt <= now
        select new DueItem(
            string.Create(CultureInfo.InvariantCulture, $"{day.Key:yyyy-MM-dd}/{reservation.Id:D}"),
            reservation.ExpiresAt,
            SubjectId.Child(reservation.ChildId));

    public Task FireAsync(DueItem item, CommandContext context, CancellationToken cancellationToken)
    {
        var day = DateOnly.ParseExact(item.Id.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var id = Guid.ParseExact(item.Id.AsSpan(11), "D");
        return handler.HandleAsync(
            AgendaDecider.Decider, AgendaDay.StreamOf(day), new AgendaCommand.Expire(id, context.Now), context, cancellationToken);
    }
}
