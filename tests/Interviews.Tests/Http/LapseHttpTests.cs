using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Messages;
using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Slots;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>A booking whose place was taken before it was confirmed: it lapses for good, however often the last step runs.</summary>
public sealed class LapseHttpTests : JasonTests
{
    private static readonly DateTimeOffset At = InterviewHouse.Start.AddDays(7).AddHours(1);

    [Fact]
    public async Task A_confirmation_that_runs_again_does_not_hold_what_lapsed()
    {
        var booking = new Booking(Guid.CreateVersion7(), new DateOnly(2026, 9, 9), "utr-1", At, At.AddHours(1), "i-brouwer", "p-meijer", null, null, [], null, null);
        await ReserveAsync(booking, InterviewHouse.Start.AddMinutes(-20));
        var other = await House.ChildAsync(Steps.Jason);
        var taken = await House.DecidedAsync(other);
        await House.BookAsync(other, taken).JsonAsync(200);

        var file = (await House.StateAsync(Jason)).File!;
        await House.SendAsync(Jason, new InterviewsCommand.Book(
            InterviewId, booking, [], InterviewHouse.Start, new KnownChild(file.SourceRevision, Steps.Jason), House.Services.GetRequiredService<InterviewLengths>()));
        await House.UntilAsync(async () => (await House.StateAsync(Jason)).Find(InterviewId)!.Status == InterviewStatus.Decided, "the booking to lapse");
        (await House.AgendaAsync(Jason)).ShouldBe(["09-09 09:00 utr-1 Released"]);

        await House.As(Roles.Interviewer)
            .PostAsync($"{Steps.PathOf(other, taken)}/cancellation", new { code = "no-longer-needed", reason = "Koorts" }).JsonAsync(200);
        var again = await House.Services.GetRequiredService<SettleBooking>().SettleAsync(new InterviewBooked(Jason, InterviewId, booking), Context(InterviewHouse.Start), default);
        again.ShouldNotBeNull().Rule.ShouldBe("reservation-gone");
        (await House.AgendaAsync(Jason)).ShouldBe(["09-09 09:00 utr-1 Released"]);
    }

    /// <summary>Held so long ago that it holds nothing any more.</summary>
    private async Task ReserveAsync(Booking booking, DateTimeOffset at)
    {
        var reservation = new Reservation(
            booking.BookingId, Jason, "utrecht", booking.RoomId, [booking.InterviewerId, booking.PsychologistId], At.AddMinutes(-30), At.AddMinutes(90), At,
            At.AddHours(1), [], at.AddMinutes(10));
        await House.Services.GetRequiredService<CommandHandler>().HandleAsync(
            AgendaDecider.Decider, AgendaDay.StreamOf(At), new AgendaCommand.Reserve(reservation, null, TravelTimes.Default, at), Context(at), default);
        await House.SettledAsync();
    }

    private static CommandContext Context(DateTimeOffset now) => new(Guid.CreateVersion7(), Actor.System("test"), null, now, Guid.CreateVersion7());
}
