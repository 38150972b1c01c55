using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Interviews.Messages;

/// <summary>
/// The last step of booking, moving and calling off: the agenda confirms or gives back what the child's stream decided. The feature does it at once;
/// after a crash in between the reaction does it. Command ids follow from the booking, so both together have one effect.
/// </summary>
public sealed class SettleBooking(CommandHandler handler, Reservations reservations) : IReaction
{
    public string Name => "interviews.settle-booking";

    public IReadOnlyCollection<Type> To { get; } = [typeof(InterviewBooked), typeof(InterviewRescheduled), typeof(InterviewCancelled)];

    public Task ReactAsync(Recorded recorded, CommandContext context, CancellationToken cancellationToken) =>
        SettleAsync(recorded.Event, context, cancellationToken);

    /// <summary>Null when the agenda holds what was booked; else what stood in the way: then the booking has lapsed.</summary>
    public async Task<RefusedException?> SettleAsync(IEvent @event, CommandContext context, CancellationToken cancellationToken)
    {
        switch (@event)
        {
            case InterviewBooked e:
                return await ConfirmAsync(e.ChildId, e.InterviewId, e.Booking, context, cancellationToken);
            case InterviewRescheduled e:
                // First back, then confirm: a late confirmation must not find the child's own old place in its way.
                await ReleaseAsync(e.Replaced, "rescheduled", context, cancellationToken);
                return await ConfirmAsync(e.ChildId, e.InterviewId, e.Booking, context, cancellationToken);
            case InterviewCancelled { Booking: { } booking }:
                await ReleaseAsync(booking, "cancelled", context, cancellationToken);
                return null;
            default:
                return null;
        }
    }

    private async Task<RefusedException?> ConfirmAsync(
        Guid childId, Guid interviewId, Booking booking, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            await reservations.ConfirmAsync(KeyOf(booking), Step(context, booking, "confirm"), cancellationToken);
            return null;
        }
        catch (RefusedException gone)
        {
            // Given back before it lapses: this step may run again, and must not hold then what nobody is booked on.
            await ReleaseAsync(booking, AgendaDecider.NotBooked, context, cancellationToken);
            await handler.HandleAsync(
                InterviewDecider.Decider,
                ChildInterviews.StreamOf(childId),
                new InterviewsCommand.LetBookingLapse(interviewId, booking.BookingId),
                Step(context, booking, "lapse"),
                cancellationToken);
            return gone;
        }
    }

    private Task ReleaseAsync(Booking booking, string reason, CommandContext context, CancellationToken cancellationToken) =>
        reservations.ReleaseAsync(KeyOf(booking), reason, Step(context, booking, "release"), cancellationToken);

    private static ReservationKey KeyOf(Booking booking) => new(booking.AgendaDay, booking.BookingId);

    private static CommandContext Step(CommandContext context, Booking booking, string step) =>
        context with { CommandId = DerivedId.From(booking.BookingId, step), IfRevision = null };
}
