using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests.Http;

/// <summary>Somebody who may call an address, and tries it on a child that is not theirs to see.</summary>
public sealed class IntrusionTests
{
    private static readonly Guid Stranger = DerivedId.From("stranger");

    [Fact]
    public async Task Joining_a_referral_lets_no_officer_into_a_file_of_others()
    {
        await using var intake = await WithStrangerAsync(Cases.Time(12));
        var (_, child) = await intake.AcceptAsync(2);
        var referral = await intake.SubmitAsync(12);
        var stranger = AsStranger(intake);
        await stranger.PostAsync($"/intake/v1/referrals/{referral}/triage", new { }).JsonAsync(200);
        await stranger.PostAsync("/intake/v1/child-searches", new { reference = referral }).JsonAsync(200);
        var acceptance = $"/intake/v1/referrals/{referral}/acceptance";
        foreach (var named in new object[]
        {
            new { childId = child, team = new[] { new { accountId = Stranger, role = Roles.IntakeOfficer } } },
            new { childId = child, safetyCoordinatorId = IntakeFixture.Coordinator },
        })
        {
            (await stranger.PostAsync(acceptance, named).JsonAsync(409)).GetProperty("rule").GetString().ShouldBe("handover");
        }

        await stranger.PostAsync(acceptance, new { childId = child }).JsonAsync(200);
        await intake.Service.CaughtUpAsync();
        await stranger.GetAsync($"/intake/v1/children/{child}").JsonAsync(404);
        var file = await intake.GetAsync($"/children/{child}");
        file.GetProperty("referrals").GetArrayLength().ShouldBe(2, "the team has what was told");
        file.GetProperty("team").ToString().ShouldNotContain($"{Stranger:D}");
    }

    /// <summary>Each account that is in conflict would be told apart from each that is not.</summary>
    [Fact]
    public async Task Who_is_in_conflict_is_not_found_out_by_naming_teams_from_outside()
    {
        await using var intake = await WithStrangerAsync(Cases.Time(12));
        var (_, child) = await intake.AcceptAsync(2);
        await intake.DoAsync($"/children/{child}/access/conflicts", new { accountId = IntakeFixture.Interviewer });
        var referral = await intake.SubmitAsync(12);
        var stranger = AsStranger(intake);
        await stranger.PostAsync($"/intake/v1/referrals/{referral}/triage", new { }).JsonAsync(200);
        await stranger.PostAsync("/intake/v1/child-searches", new { reference = referral }).JsonAsync(200);
        var guess = new { childId = child, team = new[] { new { accountId = IntakeFixture.Interviewer, role = Roles.Interviewer } } };
        var acceptance = $"/intake/v1/referrals/{referral}/acceptance";

        (await stranger.PostAsync(acceptance, guess).JsonAsync(409)).GetProperty("rule").GetString().ShouldBe("handover");
        var looks = (await intake.LooksAsync())[^1].Looks;
        looks.Select(look => look.About).ShouldBe([SubjectId.Referral(referral), SubjectId.Child(child)], ignoreOrder: true);
        looks.ShouldAllBe(look => look.What.SequenceEqual(new[] { "rule:handover" }));

        await intake.DoAsync("/child-searches", new { reference = referral });
        (await intake.RefusedAsync(acceptance[10..], guess)).ShouldBe("conflict-of-interest", "the team may know");
    }

    [Fact]
    public async Task A_file_the_search_did_not_offer_cannot_be_joined_and_looks_absent()
    {
        await using var intake = await WithStrangerAsync(Cases.Time(5));
        var (_, child) = await intake.AcceptAsync(1);
        var referral = await intake.SubmitAsync(5);
        var stranger = AsStranger(intake);
        await stranger.PostAsync($"/intake/v1/referrals/{referral}/triage", new { }).JsonAsync(200);
        await stranger.PostAsync("/intake/v1/child-searches", new { reference = referral, childId = child }).JsonAsync(200);
        var answers = new List<string>();
        foreach (var wanted in new[] { child, DerivedId.From("nobody") })
        {
            var refused = await stranger.PostAsync(
                $"/intake/v1/referrals/{referral}/acceptance", new { childId = wanted, safetyCoordinatorId = IntakeFixture.Coordinator }).JsonAsync(404);
            answers.Add(refused.GetProperty("detail").GetString()!);
        }

        answers.Distinct().ShouldHaveSingleItem();
        (await intake.GetAsync($"/children/{child}")).GetProperty("referrals").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Who_left_the_team_after_a_merge_or_is_in_conflict_does_not_come_in_by_the_old_id()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var (_, first) = await intake.AcceptAsync(2);
        var (_, second) = await intake.AcceptAsync(12);
        await intake.LearnAsync(Stranger, 0, Roles.Psychologist);
        await intake.Service.CaughtUpAsync();
        await intake.DoAsync($"/children/{second}/team-members", new { accountId = Stranger, role = Roles.Psychologist });
        await intake.DoAsync($"/children/{first}/merge", new { from = second, reason = "Zelfde kind" });
        var psychologist = intake.Service.As(Stranger, Roles.Psychologist);
        await psychologist.GetAsync($"/intake/v1/children/{first}").JsonAsync(200);

        await intake.DoAsync($"/children/{first}/team-members", new { accountId = Stranger, role = Roles.Psychologist, remove = true });
        await psychologist.GetAsync($"/intake/v1/children/{first}").JsonAsync(404);
        await psychologist.GetAsync($"/intake/v1/children/{second}").JsonAsync(404);

        var interviewer = intake.Service.As(IntakeFixture.Interviewer, Roles.Interviewer);
        await intake.DoAsync($"/children/{first}/access/conflicts", new { accountId = IntakeFixture.Interviewer });
        await interviewer.GetAsync($"/intake/v1/children/{second}").JsonAsync(404);
    }

    [Fact]
    public async Task A_coordinator_whose_naming_is_refused_or_stale_does_not_come_on_the_team()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var (_, child) = await intake.AcceptAsync(1);
        await intake.LearnAsync(Stranger, 0, Roles.SafetyCoordinator);
        await intake.Service.CaughtUpAsync();
        var stale = intake.AsOfficer();
        stale.DefaultRequestHeaders.Add("If-Match", "\"0\"");
        await stale.PostAsync($"/intake/v1/children/{child}/safety-coordinator", new { accountId = Stranger }).JsonAsync(412);
        await intake.DoAsync($"/children/{child}/access/conflicts", new { accountId = Stranger });
        (await intake.RefusedAsync($"/children/{child}/safety-coordinator", new { accountId = Stranger })).ShouldBe("conflict-of-interest");
        (await intake.GetAsync($"/children/{child}/team")).GetProperty("members").ToString().ShouldNotContain($"{Stranger:D}");

        // Said by one it still holds; who asked cannot be the second.
        var lifting = (await intake.DoAsync($"/children/{child}/access/conflicts", new { accountId = Stranger, lift = true })).GetProperty("lifting");
        lifting[0].GetGuid().ShouldBe(Stranger);
        (await intake.RefusedAsync($"/children/{child}/access/conflicts", new { accountId = Stranger, lift = true })).ShouldBe("two-people");
        (await intake.RefusedAsync($"/children/{child}/safety-coordinator", new { accountId = Stranger })).ShouldBe("conflict-of-interest");
        await intake.Service.As(IntakeFixture.Coordinator, Roles.SafetyCoordinator)
            .PostAsync($"/intake/v1/children/{child}/access/conflicts", new { accountId = Stranger, lift = true }).JsonAsync(200);
        await intake.DoAsync($"/children/{child}/safety-coordinator", new { accountId = Stranger });
        (await intake.GetAsync($"/children/{child}/team")).GetProperty("members").ToString().ShouldContain($"{Stranger:D}");
    }

    [Fact]
    public async Task The_teams_own_revision_guards_changes_to_it()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var (_, child) = await intake.AcceptAsync(1);
        await intake.LearnAsync(Stranger, 0, Roles.Psychologist);
        await intake.Service.CaughtUpAsync();
        using var read = await intake.AsOfficer().GetAsync($"/intake/v1/children/{child}/team");
        var seen = intake.AsOfficer();
        seen.DefaultRequestHeaders.Add("If-Match", read.Headers.ETag!.Tag);
        var body = new { accountId = Stranger, role = Roles.Psychologist };
        await seen.PostAsync($"/intake/v1/children/{child}/team-members", body).JsonAsync(200);
        await seen.PostAsync($"/intake/v1/children/{child}/team-members", new { accountId = Stranger, role = Roles.Psychologist, remove = true }).JsonAsync(412);
    }

    [Fact]
    public async Task A_suspect_of_another_file_is_neither_read_nor_overwritten_through_this_one()
    {
        await using var intake = await WithStrangerAsync(Cases.Time(7));
        var (_, theirs) = await intake.AcceptAsync(7);
        var referral = await intake.SubmitAsync(5);
        var stranger = AsStranger(intake);
        await stranger.PostAsync($"/intake/v1/referrals/{referral}/triage", new { }).JsonAsync(200);
        await stranger.PostAsync("/intake/v1/child-searches", new { reference = referral }).JsonAsync(200);
        var own = (await stranger.PostAsync($"/intake/v1/referrals/{referral}/acceptance", new { safetyCoordinatorId = IntakeFixture.Coordinator }).JsonAsync(200))
            .GetProperty("childId").GetGuid();
        await intake.Service.CaughtUpAsync();
        var refused = await stranger.PostAsync(
            $"/intake/v1/children/{own}/involvements", new { category = "suspect", personId = DerivedId.From(theirs, "suspect"), name = "x" }).JsonAsync(409);
        refused.GetProperty("rule").GetString().ShouldBe("unknown-person");
        (await intake.GetAsync($"/children/{theirs}/suspects"))[0].GetProperty("details").GetProperty("name").GetString().ShouldBe("Dorian Smit");
    }

    [Fact]
    public async Task Suspects_of_a_restricted_part_are_restricted_too()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(7));
        var (_, child) = await intake.AcceptAsync(7);
        await intake.DoAsync($"/children/{child}/restrictions", new { part = "involvements", kind = "processing", reason = "Betwist" });
        (await intake.GetAsync($"/children/{child}/suspects")).ToString().ShouldNotContain("Smit");
    }

    [Fact]
    public async Task Who_receives_the_child_sees_no_text_of_what_happened_and_not_what_is_restricted()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(3));
        var (_, child) = await intake.AcceptAsync(3);
        await intake.DoAsync($"/children/{child}/needs", new { notBefore = "13:30", text = new[] { "schrikt van mannen sinds het misbruik" } });
        await intake.DoAsync($"/children/{child}/restrictions", new { part = "referrals", kind = "until-interviewed", reason = "Onbevangen" });
        await intake.LearnAsync(Stranger, 0, Roles.Lawyer);
        await intake.Service.CaughtUpAsync();
        await intake.DoAsync($"/children/{child}/team-members", new { accountId = Stranger, role = Roles.Lawyer });
        var lawyer = await intake.Service.As(Stranger, Roles.Lawyer).GetAsync($"/intake/v1/children/{child}").JsonAsync(200);
        lawyer.ToString().ShouldNotContain("misbruik");
        lawyer.GetProperty("needs").GetProperty("structured").GetProperty("notBefore").GetString()!.ShouldStartWith("13:30");
        lawyer.EnumerateObject().Select(part => part.Name).ShouldBe(["childId", "status", "identity", "needs"]);
    }

    [Fact]
    public async Task What_a_search_offered_is_not_shown_to_who_is_in_conflict_and_is_recorded_for_others()
    {
        await using var intake = await WithStrangerAsync(Cases.Time(12));
        var (_, child) = await intake.AcceptAsync(2);
        var referral = await intake.SubmitAsync(12);
        await intake.DoAsync("/child-searches", new { reference = referral });
        var before = await intake.LooksAsync();
        (await intake.GetAsync($"/referrals/{referral}")).GetProperty("search").ToString().ShouldContain($"{child:D}");
        (await intake.LooksAsync()).Skip(before.Count).SelectMany(look => look.Looks)
            .ShouldContain(look => look.About.ToString().Contains($"{child:D}") && look.What.Contains("match"));

        await intake.DoAsync($"/children/{child}/access/conflicts", new { accountId = Stranger });
        (await AsStranger(intake).GetAsync($"/intake/v1/referrals/{referral}").JsonAsync(200)).ToString().ShouldNotContain($"{child:D}");
    }

    [Fact]
    public async Task A_list_of_referrals_is_a_look_at_each_and_a_repeated_receipt_counts_nothing()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var referral = await intake.SubmitAsync(1);
        await intake.GetAsync("/referrals");
        (await intake.LooksAsync()).SelectMany(look => look.Looks).ShouldContain(look => look.About.ToString().Contains($"{referral:D}"));
        using var again = await IntakeFixture.SendAsync(intake.AsPartner(1), Cases.Text(1));
        again.Headers.ETag.ShouldBeNull();
        again.Headers.Contains("Log-Position").ShouldBeFalse();
    }

    private static async Task<IntakeFixture> WithStrangerAsync(DateTimeOffset clock)
    {
        var intake = await IntakeFixture.StartAsync(clock);
        await intake.LearnAsync(Stranger, 0, Roles.IntakeOfficer);
        await intake.Service.CaughtUpAsync();
        return intake;
    }

    private static HttpClient AsStranger(IntakeFixture intake) =>
        intake.Service.As(Stranger, Roles.IntakeOfficer, "Midden-Nederland,Noord-Nederland,Amsterdam,Limburg");
}
