using System.Globalization;
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
        var result = await desk.DoneAsync(childId, cancellationToken)
            ?? await DecideAsync(file, interview, request, command, cancellationToken);
        foreach (var @event in result.Events)
        {
            if (await settle.SettleAsync(@event, desk.Context, cancellationToken) is { } lost)
            {
                throw lost;
            }
        }

        return Reply.Changed(result, desk.Short(result.State, childId, interviewId));
    }

    private async Task<CommandResult<ChildInterviews>> DecideAsync(
        OpenedFile file,
        Interview interview,
        SlotRequest request,
        Func<Booking, IReadOnlyList<string>, OpenedFile, InterviewsCommand> command,
        CancellationToken cancellationToken)
    {
        var keys = cases.RequireForSlot(file.ChildId, interview.Request.CaseIds);
        var context = desk.Context;
        var choice = ChoiceOf(request, interview);
        var question = request.Ask(
            file, interview, desk.KeptOut(file), keys, finder.Lengths.WaitingMarks, context.Now, choice.Start, choice.Start.AddMinutes(15));
        var booking = BookingOf(request, choice, question, IdOf(context.CommandId, choice));
        var wanted = command(booking, SlotSearch.ObserversFree(question, choice, finder.World) ? [] : [SlotReasons.ObserverUnavailable], file);

        // The child's side first: nothing is held for a booking that would be refused anyway.
        if (InterviewDecider.Decide(wanted, file.State) is Decision.Refused refused)
        {
            throw new RefusedException(refused.Rule, refused.Detail);
        }

        await reservations.ReserveAsync(booking.BookingId, question, choice, Step(booking, "reserve"), cancellationToken);
        return await SendAsync(file.ChildId, booking, wanted, cancellationToken);
    }

    private async Task<CommandResult<ChildInterviews>> SendAsync(
        Guid childId, Booking booking, InterviewsCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await desk.SendAsync(childId, command, cancellationToken);
        }
        catch (Exception e) when (e is RefusedException or StaleException or KeyReusedException)
        {
            // The same request a second time finds booked what the first one booked, and leaves it there. What it books after this one was refused, or at
            // this moment, finds its place again when it is confirmed: so this is not given back for good, but its time is up.
            var file = await desk.OpenAsync(childId, cancellationToken);
            if (file.State.Interviews.TrueForAll(interview => interview.Booking?.BookingId != booking.BookingId))
            {
                await reservations.GiveUpAsync(new(booking.AgendaDay, booking.BookingId), Step(booking, "give-up"), cancellationToken);
            }

            throw;
        }
    }

    /// <summary>Follows from the request and from what it chose: another slot under the same key is another booking.</summary>
    private static Guid IdOf(Guid commandId, SlotChoice choice) => DerivedId.From(
        commandId, string.Create(CultureInfo.InvariantCulture, $"booking/{choice.Start:O}/{choice.RoomId}/{string.Join('/', choice.PersonIds)}"));

    private CommandContext Step(Booking booking, string step) =>
        desk.Context with { CommandId = DerivedId.From(booking.BookingId, step), IfRevision = null, BodyMark = null };

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
