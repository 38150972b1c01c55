using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Testing;

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
}
