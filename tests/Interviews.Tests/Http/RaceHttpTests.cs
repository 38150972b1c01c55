using System.Text.Json;
using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>Two people press the button at once: exactly one wins, and the other is told what changed meanwhile, in words and by the name of the rule.</summary>
public sealed class RaceHttpTests : IAsyncLifetime
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("BARNAHUS_ALL") == "1" ? 1000 : 8;

    private InterviewHouse _house = null!;

    public async Task InitializeAsync() => _house = await InterviewHouse.OpenAsync();

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public Task Two_bookings_of_one_room() => RaceForASlotAsync(
        ["room-taken"], "The room is taken at that time. Search again and choose another slot.", ("utr-1", "i-vos"), ("utr-1", "i-brouwer"));

    [Fact]
    public Task Two_bookings_of_one_interviewer_in_two_rooms() => RaceForASlotAsync(
        ["person-taken", "interviewer-taken"], "Somebody needed is taken at that time. Search again and choose another slot.", ("utr-1", "i-vos"), ("utr-2", "i-vos"));

    [Fact]
    public async Task Two_bookings_of_one_interview()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (child, interview) = await BookableAsync();
            var told = await RaceAsync(
                round,
                () => _house.BookAsync(child, interview, Steps.Slot($"2026-09-{DayOf(round):00}T07:30:00Z")),
                () => _house.BookAsync(child, interview, Steps.Slot($"2026-09-{DayOf(round):00}T12:00:00Z")));
            told.GetProperty("rule").GetString().ShouldBe("already-booked", $"round {round}");
            told.GetProperty("detail").GetString()!.ShouldMatch(
                $"^This interview is booked for {DayOf(round)} September 2026 (09:30|14:00) in utr-1\\. Move it \\(rescheduling\\), or call it off\\.$", $"round {round}");
            await CancelAsync(child, interview);
        }
    }

    [Fact]
    public async Task Two_second_interviews()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var child = await _house.ChildAsync(Steps.Jason);
            await _house.HappenedAsync(child, Held(child));
            Task<HttpResponseMessage> Ask() => _house.As(Roles.Interviewer)
                .PostAsync(Steps.PathOf(child), new { kind = "supplementary", question = "Who else was there", ground = "New images were found" });
            var told = await RaceAsync(round, Ask, Ask, wins: 201);
            told.GetProperty("rule").GetString().ShouldBe("one-interview", $"round {round}");
            told.GetProperty("detail").GetString()!.ShouldMatch(
                "^An interview of this child \\(supplementary\\) was requested on 2 September 2026 1\\d:\\d\\d and is requested\\. Go on with that one, or call it off first\\.$",
                $"round {round}");
            (await _house.StateAsync(child)).Interviews.Count.ShouldBe(2);
        }
    }

    private async Task RaceForASlotAsync(string[] rules, string detail, params (string Room, string Interviewer)[] rivals)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var start = $"2026-09-{DayOf(round):00}T09:00:00Z";
            var children = new[] { await BookableAsync(), await BookableAsync() };
            var told = await RaceAsync(round, Book(0), Book(1));
            rules.ShouldContain(told.GetProperty("rule").GetString(), $"round {round}");
            told.GetProperty("detail").GetString()!.ShouldStartWith($"{detail} It is now held for {DayOf(round)} September 2026 ", customMessage: $"round {round}");
            children.ShouldAllBe(child => !told.ToString().Contains(child.Child.ToString()));
            (await _house.AgendaAsync(children[0].Child)).Concat(await _house.AgendaAsync(children[1].Child)).ShouldHaveSingleItem().ShouldEndWith("Confirmed");
            foreach (var (child, interview) in children)
            {
                await CancelAsync(child, interview);
            }

            Func<Task<HttpResponseMessage>> Book(int which) => () => _house.BookAsync(
                children[which].Child, children[which].Interview, Steps.Slot(start, rivals[which].Room, rivals[which].Interviewer));
        }
    }

    /// <returns>What the loser is told.</returns>
    private static async Task<JsonElement> RaceAsync(int round, Func<Task<HttpResponseMessage>> one, Func<Task<HttpResponseMessage>> other, int wins = 200)
    {
        var answers = await Task.WhenAll(Task.Run(one), Task.Run(other));
        answers.Select(answer => (int)answer.StatusCode).ShouldBe([wins, 409], ignoreOrder: true, $"round {round}");
        var loser = answers.Single(answer => (int)answer.StatusCode == 409);
        loser.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return await Task.FromResult(loser).JsonAsync(409);
    }

    /// <summary>Eleven years old, so that both rooms of Utrecht fit.</summary>
    private async Task<(Guid Child, Guid Interview)> BookableAsync()
    {
        var child = await _house.ChildAsync(Steps.Jason with { BirthDate = new DateOnly(2015, 3, 11) });
        return (child, await _house.DecidedAsync(child));
    }

    private async Task CancelAsync(Guid child, Guid interview)
    {
        await _house.As(Roles.Interviewer)
            .PostAsync($"{Steps.PathOf(child, interview)}/cancellation", new { code = "no-longer-needed", reason = "The round is over" }).JsonAsync(200);
        await _house.SettledAsync();
    }

    /// <summary>Tuesday to Thursday of one week: the agenda of a day stays short.</summary>
    private static int DayOf(int round) => 8 + (round % 3);

    private static IEvent[] Held(Guid child)
    {
        var (id, by, at) = (Guid.CreateVersion7(), InterviewHouse.Account(Roles.Interviewer), InterviewHouse.Start.AddHours(-20));
        return
        [
            new InterviewRequested(child, id, InterviewKind.Forensic, new(at, by, false, [], Personal.Of("What happened"), null)),
            new InterviewDecided(child, id, new(at, InterviewHouse.Account(Roles.Prosecutor), Roles.Prosecutor, true, false, Personal.Of("Needed"), null)),
            new InterviewStarted(child, id, at, by),
            new InterviewCompleted(child, id, new(at, by, Personal.Of(false), new string('a', 64), null, null, null, null)),
        ];
    }
}
