using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Messages;
using Barnahus.Interviews.Slots;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>
/// Reserve room, people and child in the agenda; then book on the child's stream; then confirm. What fails half-way is given back:
/// at once when a rule refuses, when its time is up after a crash before the booking, and by <see cref="SettleBooking"/> after one behind it.
/// </summary>
public sealed class InterviewBooking(
    ChildDesk desk, CaseSight cases, SlotFinder finder, Reservations reservations, SettleBooking settle)
{
    /// <param name="command">The command, once the booking, what warns and the file are known.</param>
    public async Task<Answer<InterviewShort>> BookAsync(
        Guid childId,
        Guid interviewId,
        SlotRequest request,
        Func<Booking, IReadOnlyList<string>, OpenedFile, InterviewsCommand> command,
        CancellationToken cancellationToken)
    {
        request.Check(new Fields()).Require();
        var (file, interview) = await desk.OpenAsync(childId, interviewId, cancellationToken);
        var keys = cases.RequireForSlot(childId, interview.Request.CaseIds);
        var context = desk.Context;
        var choice = ChoiceOf(request, interview);
        var question = request.Ask(
            file, interview, desk.KeptOut(file), keys, finder.Lengths.WaitingMarks, context.Now, choice.Start, choice.Start.AddMinutes(15));
        var booking = BookingOf(request, choice, question, DerivedId.From(context.CommandId, "booking"));
        var wanted = command(booking, SlotSearch.ObserversFree(question, choice, finder.World) ? [] : [SlotReasons.ObserverUnavailable], file);
        if (interview.Booking?.BookingId != booking.BookingId)
        {
            // The child's side first: nothing is held for a booking that would be refused anyway.
            if (InterviewDecider.Decide(wanted, file.State) is Decision.Refused refused)
            {
                throw new RefusedException(refused.Rule, refused.Detail);
            }

            await reservations.ReserveAsync(booking.BookingId, question, choice, context.Then("reserve"), cancellationToken);
        }

        var result = await SendAsync(childId, booking, wanted, cancellationToken);
        foreach (var @event in result.Events)
        {
            if (await settle.SettleAsync(@event, context, cancellationToken) is { } lost)
            {
                throw lost;
            }
        }

        return Reply.Changed(result, desk.Short(result.State, childId, interviewId));
    }

    private async Task<CommandResult<ChildInterviews>> SendAsync(
        Guid childId, Booking booking, InterviewsCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await desk.SendAsync(childId, command, cancellationToken);
        }
        catch (Exception e) when (e is RefusedException or StaleException)
        {
            // The same request a second time finds booked what the first one booked, and leaves it there.
            var file = await desk.OpenAsync(childId, cancellationToken);
            if (file.State.Interviews.TrueForAll(interview => interview.Booking?.BookingId != booking.BookingId))
            {
                await reservations.ReleaseAsync(
                    new(booking.AgendaDay, booking.BookingId), AgendaDecider.NotBooked, desk.Context.Then("release"), cancellationToken);
            }

            throw;
        }
    }

    private static SlotChoice ChoiceOf(SlotRequest request, Interview interview) => new(
        request.Start.ToUniversalTime(),
        request.RoomId,
        request.InterviewerId,
        request.PsychologistId ?? interview.PsychologistId ?? interview.Booking?.PsychologistId
            ?? throw new InvalidException("psychologistId", "Name the psychologist, or assign one to the interview first."),
        request.InterpreterId,
        request.SupportId);

    private Booking BookingOf(SlotRequest request, SlotChoice choice, SlotQuestion question, Guid bookingId) => new(
        bookingId,
        choice.Start.DutchDate(),
        choice.RoomId,
        choice.Start,
        SlotSearch.Times(question, choice.Start, finder.Lengths).End,
        choice.InterviewerId,
        choice.PsychologistId,
        choice.InterpreterId,
        choice.SupportId,
        request.Attendance ?? [],
        request.Hearing,
        Warnings: null);
}
