using System.Text.Json;
using Barnahus.Contracts;
using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Slots;
using Barnahus.Platform.Access;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Interviews.Tests.Http;

public sealed class BookingHttpTests : JasonTests
{
    [Fact]
    public async Task A_parent_is_refused_in_the_observation_room_and_nothing_is_held()
    {
        var slot = Steps.Slot(attendance: new[] { new { personId = Steps.Mother, place = "observation-room" } });
        (await House.BookAsync(Jason, InterviewId, slot).RuleAsync()).ShouldBe("no-parent-in-observation-room");
        (await House.AgendaAsync(Jason)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_invited_and_becomes_a_suspect_is_shown_as_barred_and_warned_of_at_the_start_too()
    {
        await House.PrepareAsync(Jason, InterviewId);
        var slot = new
        {
            start = "2026-09-02T08:30:00Z", roomId = "utr-1", interviewerId = "i-brouwer", psychologistId = "p-meijer",
            attendance = new[] { new { personId = Steps.Mother, place = "welcome" } },
        };
        Codes(await House.BookAsync(Jason, InterviewId, slot).JsonAsync(200)).ShouldNotContain("attendance-barred");
        (await BookingAsync()).GetProperty("attendance")[0].TryGetProperty("barred", out _).ShouldBeFalse();

        await LearnAsync(Steps.Jason with { Representatives = [new(Steps.Mother, "mother", Suspected: true, MayBeInformed: true)] });
        var booking = await BookingAsync();
        booking.GetProperty("attendance")[0].GetProperty("barred").GetString().ShouldBe("may-not-be-informed");
        Codes(booking).ShouldContain("attendance-barred");
        Codes(booking).ShouldContain("long-for-age", "what warned before still does");
        Codes(await House.As(Roles.Interviewer).PostAsync($"{Steps.PathOf(Jason, InterviewId)}/start", new { }).JsonAsync(200)).ShouldContain("attendance-barred");
    }

    [Fact]
    public async Task A_need_that_is_learned_after_the_booking_warns_unless_it_is_waived()
    {
        await House.BookAsync(Jason, InterviewId).JsonAsync(200);
        Codes(await BookingAsync()).ShouldBe(["long-for-age"]);
        var wish = TestRoster.Document.People.Single(person => person.Id == "i-brouwer").Gender == "f" ? "m" : "f";
        await LearnAsync(Steps.Jason with { Needs = new(Interpreter: "ti", Lvb: true, InterviewerGender: wish) });
        var codes = Codes(await BookingAsync());
        codes.ShouldContain("no-interpreter");
        codes.ShouldContain("interviewer-gender");

        await House.As(Roles.Prosecutor)
            .PostAsync($"{Steps.PathOf(Jason, InterviewId)}/waivers", new { rule = "interviewer-gender", why = "Nobody else is certified" }).JsonAsync(200);
        await House.SettledAsync();
        Codes(await BookingAsync()).ShouldNotContain("interviewer-gender");
    }

    private Task LearnAsync(ChildFacts facts) =>
        House.LearnAsync(new ChildLearned(Jason, 1, "open", null, "Midden-Nederland", Personal.Of(facts), null));

    private async Task<JsonElement> BookingAsync()
    {
        await House.SettledAsync();
        return (await House.As(Roles.Interviewer).GetAsync(Steps.PathOf(Jason, InterviewId)).JsonAsync(200)).GetProperty("booking");
    }

    private static List<string?> Codes(JsonElement warned) =>
        warned.TryGetProperty("warnings", out var warnings) ? [.. warnings.EnumerateArray().Select(warning => warning.GetString())] : [];

    private Task<JsonElement> AssignAsync(string psychologistId) =>
        House.As(Roles.Interviewer).PostAsync($"{Steps.PathOf(Jason, InterviewId)}/psychologist", new { psychologistId }).JsonAsync(200);

    [Fact]
    public async Task A_repeated_booking_has_one_effect()
    {
        var client = House.As(Roles.Interviewer);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "book-jason-once");
        var path = $"{Steps.PathOf(Jason, InterviewId)}/booking";
        var slot = new { start = "2026-09-09T09:00:00Z", roomId = "utr-1", interviewerId = "i-brouwer" };
        await AssignAsync("p-meijer");
        var first = await client.PostAsync(path, slot).JsonAsync(200);
        (await client.PostAsync(path, slot).JsonAsync(200)).ToString().ShouldBe(first.ToString());

        // Also when what the request left open is another by now.
        await AssignAsync("p-hoekstra");
        (await client.PostAsync(path, slot).JsonAsync(200)).GetProperty("interviewId").ToString().ShouldBe(first.GetProperty("interviewId").ToString());
        (await House.AgendaAsync(Jason)).ShouldBe(["09-09 09:00 utr-1 Confirmed"]);
        (await House.BookAsync(Jason, InterviewId).RuleAsync()).ShouldBe("already-booked");
    }

    [Fact]
    public async Task A_slot_that_breaks_a_rule_is_refused_by_its_name()
    {
        (await House.BookAsync(Jason, InterviewId, Steps.Slot(start: "2026-09-12T09:00:00Z")).RuleAsync()).ShouldBe("closed-day");
        (await House.BookAsync(Jason, InterviewId, Steps.Slot(room: "utr-2")).RuleAsync()).ShouldBe("room-age");
        var waiver = new { rule = "room-age", why = "The younger children's room is being repainted" };
        await House.As(Roles.Interviewer).PostAsync($"{Steps.PathOf(Jason, InterviewId)}/waivers", waiver).JsonAsync(403);
        await House.As(Roles.Prosecutor).PostAsync($"{Steps.PathOf(Jason, InterviewId)}/waivers", waiver).JsonAsync(200);
        await House.BookAsync(Jason, InterviewId, Steps.Slot(room: "utr-2")).JsonAsync(200);
    }

    [Fact]
    public async Task Of_two_children_in_one_slot_one_wins_and_the_other_is_told_the_rule()
    {
        var other = await House.ChildAsync(Steps.Jason);
        var interview = await House.DecidedAsync(other);
        var answers = await Task.WhenAll(House.BookAsync(Jason, InterviewId), House.BookAsync(other, interview));
        answers.Count(answer => (int)answer.StatusCode == 200).ShouldBe(1);
        var loser = Array.Find(answers, answer => (int)answer.StatusCode == 409)!;
        var told = await Task.FromResult(loser).JsonAsync(409);
        told.GetProperty("rule").GetString().ShouldBe("room-taken");
        told.GetProperty("detail").GetString()!.ShouldStartWith("The room is taken at that time. Search again and choose another slot.");
        told.ToString().ShouldNotContain(answers[0] == loser ? other.ToString() : Jason.ToString());
        (await House.AgendaAsync(Jason)).Concat(await House.AgendaAsync(other)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Two_bookings_of_one_interview_hold_one_slot()
    {
        var answers = await Task.WhenAll(House.BookAsync(Jason, InterviewId), House.BookAsync(Jason, InterviewId, Steps.Slot("2026-09-10T09:00:00Z")));
        answers.Count(answer => (int)answer.StatusCode == 200).ShouldBe(1);
        var told = await Task.FromResult(Array.Find(answers, answer => (int)answer.StatusCode == 409)!).JsonAsync(409);
        told.GetProperty("detail").GetString()!.ShouldMatch("^This interview is booked for (9|10) September 2026 11:00 in utr-1\\. Move it");
        (await House.AgendaAsync(Jason)).Count(line => line.EndsWith("Confirmed", StringComparison.Ordinal)).ShouldBe(1);
        (await House.AgendaAsync(Jason)).ShouldAllBe(line => !line.EndsWith("Reserved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_booking_moves_half_an_hour_past_its_own_old_place()
    {
        await House.BookAsync(Jason, InterviewId).JsonAsync(200);
        var path = $"{Steps.PathOf(Jason, InterviewId)}/rescheduling";
        var to = new { reason = "School trip", start = "2026-09-09T09:30:00Z", roomId = "utr-1", interviewerId = "i-brouwer", psychologistId = "p-meijer" };
        var moved = await House.As(Roles.Interviewer).PostAsync(path, to).JsonAsync(200);
        moved.GetProperty("bookedFor").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 9, 9, 9, 30, 0, TimeSpan.Zero));
        (await House.AgendaAsync(Jason)).ShouldBe(["09-09 09:00 utr-1 Released", "09-09 09:30 utr-1 Confirmed"]);
    }

    [Fact]
    public async Task A_move_that_is_refused_keeps_the_old_place()
    {
        await House.BookAsync(Jason, InterviewId).JsonAsync(200);
        var path = $"{Steps.PathOf(Jason, InterviewId)}/rescheduling";
        var to = new { reason = "School trip", start = "2026-09-13T09:30:00Z", roomId = "utr-1", interviewerId = "i-brouwer" };
        (await House.As(Roles.Interviewer).PostAsync(path, to).RuleAsync()).ShouldNotBeEmpty();
        (await House.AgendaAsync(Jason)).ShouldBe(["09-09 09:00 utr-1 Confirmed"]);
    }

    [Fact]
    public async Task A_cancelled_interview_gives_its_place_back()
    {
        await House.BookAsync(Jason, InterviewId).JsonAsync(200);
        var cancelled = await House.As(Roles.Interviewer)
            .PostAsync($"{Steps.PathOf(Jason, InterviewId)}/cancellation", new { code = "child-unwell", reason = "Koorts" }).JsonAsync(200);
        cancelled.GetProperty("status").GetString().ShouldBe("cancelled");
        (await House.AgendaAsync(Jason)).ShouldBe(["09-09 09:00 utr-1 Released"]);
    }

    [Fact]
    public async Task A_crash_between_booking_and_confirmation_is_finished_by_itself_as_a_lapse_when_the_place_is_gone()
    {
        // The agenda holds nothing under this id: as after a crash so long that the reservation was given up and its place taken.
        var booking = new Booking(
            Guid.CreateVersion7(), new DateOnly(2026, 9, 9), "utr-1", InterviewHouse.Start.AddDays(7), InterviewHouse.Start.AddDays(7).AddHours(1),
            "i-brouwer", "p-meijer", null, null, [], null, null);
        var file = (await House.StateAsync(Jason)).File!;
        var lengths = House.Services.GetRequiredService<InterviewLengths>();
        await House.SendAsync(Jason, new InterviewsCommand.Book(
            InterviewId, booking, [], InterviewHouse.Start, new KnownChild(file.SourceRevision, Steps.Jason), lengths));
        await House.UntilAsync(async () => (await House.StateAsync(Jason)).Find(InterviewId)!.Status == InterviewStatus.Decided, "the booking to lapse");
        (await House.StateAsync(Jason)).Find(InterviewId)!.Booking.ShouldBeNull();
        await House.BookAsync(Jason, InterviewId).JsonAsync(200);
    }
}
