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

    [Theory]
    [InlineData("2026-09-09T09:00:00Z", "09-09 09:00 utr-1 Confirmed")]
    [InlineData("2026-09-09T13:00:00Z", "09-09 09:00 utr-1 Expired", "09-09 13:00 utr-1 Confirmed")]
    public async Task What_was_refused_and_comes_again_with_its_key_stands_once_it_is_accepted(string start, params string[] agenda)
    {
        (await WithKeyAsync("\"0\"")).StatusCode.ShouldBe(System.Net.HttpStatusCode.PreconditionFailed);
        (await House.AgendaAsync(Jason)).ShouldBe(["09-09 09:00 utr-1 Expired"]);

        var booked = await WithKeyAsync(null, start).JsonAsync(200);
        booked.GetProperty("status").GetString().ShouldBe("booked");
        (await WithKeyAsync(null, start).JsonAsync(200)).ToString().ShouldBe(booked.ToString());
        (await House.StateAsync(Jason)).Find(InterviewId)!.Status.ShouldBe(InterviewStatus.Booked);
        (await House.AgendaAsync(Jason)).ShouldBe(agenda);
    }

    [Fact]
    public async Task Of_two_with_one_key_at_one_moment_the_one_that_is_accepted_stands()
    {
        var answers = await Task.WhenAll(WithKeyAsync("\"0\""), WithKeyAsync(null));
        answers[1].StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await House.StateAsync(Jason)).Find(InterviewId)!.Status.ShouldBe(InterviewStatus.Booked);
        (await House.AgendaAsync(Jason)).ShouldBe(["09-09 09:00 utr-1 Confirmed"]);
    }

    /// <summary>Books with one key, on what the sender saw.</summary>
    private Task<HttpResponseMessage> WithKeyAsync(string? ifMatch, string start = "2026-09-09T09:00:00Z")
    {
        var client = House.As(Roles.Interviewer);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "book-jason");
        if (ifMatch is not null)
        {
            client.DefaultRequestHeaders.Add("If-Match", ifMatch);
        }

        return client.PostAsync($"{Steps.PathOf(Jason, InterviewId)}/booking", Steps.Slot(start));
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
