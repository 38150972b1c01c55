using System.Text.Json;
using Barnahus.Intake.Access;
using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Intake.Tests.Http;

/// <summary>Several at once, and a process that stops half-way: one effect.</summary>
public sealed class RaceTests
{
    /// <summary>A thousand under BARNAHUS_ALL=1.</summary>
    private static readonly int Rounds = Environment.GetEnvironmentVariable("BARNAHUS_ALL") == "1" ? 1000 : 25;

    /// <summary>Where each round takes a house of its own.</summary>
    private static readonly int Houses = Rounds / 4;

    [Fact]
    public async Task Of_two_acceptances_one_wins_and_the_other_is_told()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var handler = intake.Service.Services.GetRequiredService<CommandHandler>();
        for (var round = 0; round < Rounds; round++)
        {
            var referral = await ReadyAsync(handler, DerivedId.From($"round/{round}"));
            var answers = await Task.WhenAll(Accept(intake, referral), Accept(intake, referral));
            answers.Select(answer => (int)answer.StatusCode).ShouldBe([200, 409], ignoreOrder: true, $"round {round}");
            var loser = JsonDocument.Parse(await answers.Single(answer => (int)answer.StatusCode == 409).Content.ReadAsStringAsync()).RootElement;
            loser.GetProperty("rule").GetString().ShouldBe("already-accepted");
            loser.GetProperty("detail").GetString().ShouldBe("This referral was accepted; go on in the child's file.");
            var (state, _) = await handler.StateAsync(ReferralDecider.Decider, Referral.Stream(referral), default);
            var (file, _) = await intake.Service.Services.GetRequiredService<ChildFiles>().StateAsync(state.ChildId!.Value, default);
            file.Referrals.ShouldHaveSingleItem().Id.ShouldBe(referral);
        }
    }

    [Fact]
    public async Task Changes_of_one_file_at_once_are_all_kept()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var (_, child) = await intake.AcceptAsync(1);
        var names = Enumerable.Range(0, 8).Select(number => $"Oom {number}").ToList();
        await Task.WhenAll(names.Select(name => intake.AsOfficer()
            .PostAsync($"/intake/v1/children/{child}/representatives", new { name, relation = $"uncle {name}" }).JsonAsync(200)));
        await intake.Service.CaughtUpAsync();
        var file = await intake.Service.Services.GetRequiredService<ChildFiles>().OpenAsync(child, default);
        file.Opened.Representatives().Select(one => one.Name).OfType<string>().Intersect(names).Count().ShouldBe(names.Count);
    }

    [Fact]
    public async Task Two_files_merged_into_each_other_at_once_are_never_both_gone()
    {
        for (var round = 0; round < Houses; round++)
        {
            await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
            var files = intake.Service.Services.GetRequiredService<ChildFiles>();
            var (_, first) = await intake.AcceptAsync(2);
            var (_, second) = await intake.AcceptAsync(12);
            var answers = await Task.WhenAll(
                intake.AsOfficer().PostAsync($"/intake/v1/children/{first}/merge", new { from = second, reason = "Zelfde kind" }),
                intake.AsOfficer().PostAsync($"/intake/v1/children/{second}/merge", new { from = first, reason = "Zelfde kind" }));
            answers.ShouldAllBe(answer => (int)answer.StatusCode == 200 || (int)answer.StatusCode == 409);

            // The reactions resume what they think was left: give them time to be wrong.
            await intake.Service.CaughtUpAsync();
            await Task.Delay(100);
            var states = new[] { (await files.StateAsync(first, default)).State, (await files.StateAsync(second, default)).State };
            states.Count(state => state.Status == FileStatus.Merged).ShouldBeLessThan(2, $"round {round}");
            states.ShouldAllBe(state => state.Absorbing == null);
        }
    }

    [Fact]
    public async Task An_acceptance_that_stopped_half_way_is_carried_out_after_the_restart()
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-");
        try
        {
            var referral = DerivedId.From("half-way");
            var child = DerivedId.From("half-way-child");
            await using (var intake = await IntakeFixture.StartAsync(Cases.Time(1), folder.FullName))
            {
                var handler = intake.Service.Services.GetRequiredService<CommandHandler>();
                await ReadyAsync(handler, referral);

                // Only the referral's own event: as when the process ended before the steps that follow.
                var accept = new AcceptReferral(Cases.Time(1), child, true, null, IntakeFixture.Officer, IntakeFixture.Coordinator, []);
                await handler.HandleAsync(ReferralDecider.Decider, Referral.Stream(referral), accept, Context("accept"), default);
            }

            await using var again = await IntakeFixture.StartAsync(Cases.Time(1), folder.FullName);
            var files = again.Service.Services.GetRequiredService<ChildFiles>();
            for (var attempt = 0; attempt < 100 && (await files.StateAsync(child, default)).State.Involvements.Count == 0; attempt++)
            {
                await Task.Delay(100);
            }

            await again.Service.CaughtUpAsync();
            (await again.GetAsync($"/children/{child}")).GetProperty("identity").GetProperty("givenName").GetString().ShouldBe("Jason");
            var (team, _) = await again.Service.Services.GetRequiredService<CommandHandler>().StateAsync(TeamDecider.Decider, AccessStream.Of(child), default);
            team.Members.ShouldBe([(IntakeFixture.Officer, Roles.IntakeOfficer), (IntakeFixture.Coordinator, Roles.SafetyCoordinator)], ignoreOrder: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A referral that was received, searched and triaged.</summary>
    private static async Task<Guid> ReadyAsync(CommandHandler handler, Guid referral)
    {
        ReferralCommand[] commands =
        [
            new ReceiveReferral(referral, null, Cases.Time(1), Cases.Time(1), "Midden-Nederland", Cases.Content(1)),
            new RecordSearch(Cases.Time(1), []),
            new TriageReferral(Cases.Time(1), new(false, [], [], []), [], [], null, null, null),
        ];
        foreach (var (step, command) in commands.Index())
        {
            await handler.HandleAsync(ReferralDecider.Decider, Referral.Stream(referral), command, Context($"{referral}/{step}"), default);
        }

        return referral;
    }

    private static CommandContext Context(string name)
    {
        var id = DerivedId.From(name);
        return new(id, new Actor(IntakeFixture.Officer, Roles.IntakeOfficer, null, "gateway"), "intake", Cases.Time(1), id);
    }

    private static Task<HttpResponseMessage> Accept(IntakeFixture intake, Guid referral) =>
        intake.AsOfficer().PostAsync($"/intake/v1/referrals/{referral}/acceptance", new { safetyCoordinatorId = IntakeFixture.Coordinator });
}
