using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Intake.Tests.Http;

/// <summary>Joining a file of whose team somebody is in conflict with the child: said before it is decided, and afterwards nothing waits for it.</summary>
public sealed class JoinConflictTests : IAsyncLifetime
{
    private IntakeFixture _intake = null!;
    private Guid _child;
    private Guid _referral;

    public async Task InitializeAsync()
    {
        _intake = await IntakeFixture.StartAsync(Cases.Time(12));
        (_, _child) = await _intake.AcceptAsync(2);
        _referral = await _intake.SubmitAsync(12);
        await _intake.DoAsync($"/referrals/{_referral}/triage", new { });
        await _intake.DoAsync("/child-searches", new { reference = _referral });
    }

    public async Task DisposeAsync() => await _intake.DisposeAsync();

    [Fact]
    public async Task The_coordinator_of_the_file_is_not_taken_over_when_in_conflict()
    {
        var other = DerivedId.From("other coordinator");
        await _intake.LearnAsync(other, 0, Roles.SafetyCoordinator);
        await _intake.DoAsync($"/children/{_child}/access/conflicts", new { accountId = IntakeFixture.Coordinator });
        (await _intake.RefusedAsync($"/referrals/{_referral}/acceptance", new { childId = _child })).ShouldBe("conflict-of-interest");
        (await _intake.GetAsync($"/referrals/{_referral}")).GetProperty("referral").GetProperty("status").GetString().ShouldBe("triaged");

        await _intake.DoAsync($"/referrals/{_referral}/acceptance", new { childId = _child, safetyCoordinatorId = other });
        (await _intake.GetAsync($"/children/{_child}")).GetProperty("safetyCoordinatorId").GetGuid().ShouldBe(other);
    }

    /// <summary>As when somebody is marked between the check and the steps.</summary>
    [Fact]
    public async Task What_was_accepted_is_carried_out_without_who_is_in_conflict()
    {
        await _intake.DoAsync($"/children/{_child}/access/conflicts", new { accountId = IntakeFixture.Interviewer });
        await AcceptAsync(IntakeFixture.Coordinator);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_coordinator_named_with_it_is_the_files_only_when_on_its_team(bool inConflict)
    {
        var other = DerivedId.From("other coordinator");
        await _intake.LearnAsync(other, 0, Roles.SafetyCoordinator);
        if (inConflict)
        {
            await _intake.DoAsync($"/children/{_child}/access/conflicts", new { accountId = other });
        }

        (await AcceptAsync(other)).SafetyCoordinatorId.ShouldBe(inConflict ? IntakeFixture.Coordinator : other);
        var team = _intake.Service.Services.GetRequiredService<ChildAccess>().Team(_child);
        team.Contains((other, Roles.SafetyCoordinator)).ShouldBe(!inConflict);
    }

    /// <summary>Accepts past the checks of the request; what follows from it is done by itself.</summary>
    private async Task<ChildFile> AcceptAsync(Guid coordinator)
    {
        var (id, at) = (DerivedId.From("accept"), Cases.Time(12).AddHours(1));
        var context = new CommandContext(id, new Actor(IntakeFixture.Officer, Roles.IntakeOfficer, null, "gateway"), "intake", at, id);
        await _intake.Service.Services.GetRequiredService<CommandHandler>().HandleAsync(
            ReferralDecider.Decider,
            Referral.Stream(_referral),
            new AcceptReferral(at, _child, false, null, IntakeFixture.Officer, coordinator, [new(IntakeFixture.Interviewer, Roles.Interviewer)]),
            context,
            default);

        var files = _intake.Service.Services.GetRequiredService<ChildFiles>();
        for (var attempt = 0; attempt < 100 && (await files.StateAsync(_child, default)).State.Referrals.Count < 2; attempt++)
        {
            await Task.Delay(100);
        }

        await _intake.Service.CaughtUpAsync();
        var file = (await files.StateAsync(_child, default)).State;
        file.Referrals.ShouldContain(joined => joined.Id == _referral);
        _intake.Service.Services.GetRequiredService<ParkedEvents>().All.ShouldBeEmpty();
        return file;
    }
}
