using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Intake.Tests.Http;

/// <summary>A referral that was taken out of a file waits for a decision again, wherever that file went on, and for nobody who must not see that child.</summary>
public sealed class TakenOutTests
{
    [Fact]
    public async Task Out_of_a_file_that_took_over_the_one_it_was_accepted_into_it_can_be_accepted_elsewhere()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var (referral, first) = await intake.AcceptAsync(2);
        var (_, second) = await intake.AcceptAsync(12);
        await intake.DoAsync($"/children/{second}/merge", new { from = first, reason = "Zelfde kind" });
        await intake.DoAsync($"/children/{second}/join-correction", new { referralId = referral, reason = "Ander meisje" });
        (await intake.GetAsync($"/referrals/{referral}")).GetProperty("referral").GetProperty("status").GetString().ShouldBe("triaged");

        await intake.DoAsync("/child-searches", new { reference = referral });
        var accepted = await intake.DoAsync($"/referrals/{referral}/acceptance", new { safetyCoordinatorId = IntakeFixture.Coordinator });
        var elsewhere = accepted.GetProperty("childId").GetGuid();
        new[] { first, second }.ShouldNotContain(elsewhere);
        (await intake.GetAsync($"/children/{elsewhere}")).GetProperty("referrals")[0].GetProperty("referralId").GetGuid().ShouldBe(referral);
    }

    [Fact]
    public async Task Who_is_in_conflict_with_the_child_it_was_taken_for_finds_it_nowhere()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var stranger = DerivedId.From("stranger");
        await intake.LearnAsync(stranger, 0, Roles.IntakeOfficer);
        var officer = intake.Service.As(stranger, Roles.IntakeOfficer, "Midden-Nederland,Noord-Nederland,Amsterdam,Limburg");
        var (_, other) = await intake.AcceptAsync(1);
        var (_, child) = await intake.AcceptAsync(2);
        var (referral, _) = await intake.AcceptAsync(12, child);
        await intake.DoAsync($"/children/{child}/access/conflicts", new { accountId = stranger });
        async Task RequireNowhereAsync(string when)
        {
            await officer.GetAsync($"/intake/v1/referrals/{referral}").JsonAsync(404);
            await officer.PostAsync($"/intake/v1/referrals/{referral}/closure", new { ground = "x" }).JsonAsync(404);
            await officer.PostAsync($"/intake/v1/referrals/{referral}/acceptance", new { safetyCoordinatorId = IntakeFixture.Coordinator }).JsonAsync(404);
            await officer.PostAsync("/intake/v1/child-searches", new { reference = referral }).JsonAsync(404);
            (await officer.GetAsync("/intake/v1/referrals").JsonAsync(200)).ToString().ShouldNotContain($"{referral:D}", customMessage: when);
        }

        await RequireNowhereAsync("accepted");
        await intake.DoAsync($"/children/{child}/join-correction", new { referralId = referral, reason = "Ander meisje" });
        await RequireNowhereAsync("taken out");
        await intake.DoAsync($"/children/{other}/merge", new { from = child, reason = "Zelfde kind" });
        await RequireNowhereAsync("that file merged into another");
        (await intake.GetAsync($"/referrals/{referral}")).GetProperty("referral").GetProperty("status").GetString().ShouldBe("triaged", "others decide on it");
    }

    [Fact]
    public async Task An_acceptance_that_is_resumed_after_it_was_taken_out_brings_nothing_back()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var (_, child) = await intake.AcceptAsync(2);
        var (referral, _) = await intake.AcceptAsync(12, child);
        var handler = intake.Service.Services.GetRequiredService<CommandHandler>();
        var accepted = (await handler.StateAsync(ReferralDecider.Decider, Referral.Stream(referral), default)).State.Acceptance!;
        await intake.DoAsync($"/children/{child}/join-correction", new { referralId = referral, reason = "Ander meisje" });

        // Ids of its own: as when none of the steps had been done before.
        var id = DerivedId.From("resumed");
        var context = new CommandContext(id, Actor.System("test"), null, Cases.Time(12), id);
        await intake.Service.Services.GetRequiredService<Acceptance>().FollowAsync(accepted, context, default);
        await intake.Service.CaughtUpAsync();
        (await intake.GetAsync($"/children/{child}")).GetProperty("referrals").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task An_acceptance_that_is_resumed_after_the_file_was_closed_is_carried_out_and_leaves_it_closed()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var (_, child) = await intake.AcceptAsync(2);
        var (referral, _) = await intake.AcceptAsync(12, child);
        var handler = intake.Service.Services.GetRequiredService<CommandHandler>();
        var accepted = (await handler.StateAsync(ReferralDecider.Decider, Referral.Stream(referral), default)).State.Acceptance!;
        await intake.DoAsync($"/children/{child}/closure", new { ground = "Klaar" });

        var id = DerivedId.From("resumed");
        var context = new CommandContext(id, Actor.System("test"), null, Cases.Time(12), id);
        await intake.Service.Services.GetRequiredService<Acceptance>().FollowAsync(accepted, context, default);
        await intake.Service.CaughtUpAsync();
        (await intake.GetAsync($"/children/{child}")).GetProperty("status").GetString().ShouldBe("closed");
    }
}
