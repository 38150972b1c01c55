using System.Text.Json.Nodes;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests.Http;

/// <summary>What protects the child in one file protects it in the file that both become.</summary>
public sealed class MergeTests
{
    [Fact]
    public async Task What_protects_the_child_outlives_a_merge()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var (firstReferral, first) = await intake.AcceptAsync(2, telling: Mother);
        var (secondReferral, second) = await intake.AcceptAsync(12, telling: Mother);
        var (here, there) = (ReferredParent.IdOf(firstReferral, 0), ReferredParent.IdOf(secondReferral, 0));
        await intake.DoAsync($"/children/{second}/representatives", new { personId = there, suspected = true });
        await intake.DoAsync($"/children/{second}/restrictions", new { part = "referrals", kind = "until-interviewed", reason = "Onbevangen" });
        await intake.DoAsync($"/children/{second}/needs", new { lvb = true, medicalFirst = true });
        await intake.DoAsync($"/children/{first}/needs", new { extraBreaks = true });

        await intake.DoAsync($"/children/{first}/merge", new { from = second, reason = "Zelfde kind" });
        var file = await intake.GetAsync($"/children/{first}");
        var mother = file.GetProperty("representatives").EnumerateArray().ShouldHaveSingleItem();
        mother.GetProperty("mayBeInformed").GetBoolean().ShouldBeFalse();
        foreach (var personId in new[] { here, there })
        {
            (await intake.RefusedAsync($"/children/{first}/informing", new { personId, what = "Iets" })).ShouldBe("person-suspected");
        }

        var needs = file.GetProperty("needs").GetProperty("structured");
        foreach (var need in new[] { "lvb", "medicalFirst", "extraBreaks" })
        {
            needs.GetProperty(need).GetBoolean().ShouldBeTrue(need);
        }

        var interviewer = intake.Service.As(IntakeFixture.Interviewer, Roles.Interviewer);
        (await interviewer.GetAsync($"/intake/v1/children/{first}").JsonAsync(200)).Lacks("referrals").ShouldBeTrue();

        // Cleared once is cleared, whichever id it is said under.
        await intake.DoAsync($"/children/{first}/representatives", new { personId = there, suspected = false });
        await intake.DoAsync($"/children/{first}/informing", new { personId = here, what = "Kayleigh wordt hier gehoord." });
    }

    [Fact]
    public async Task Taking_a_join_apart_takes_along_who_came_with_it_and_what_followed_from_them()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var (_, child) = await intake.AcceptAsync(2);
        await intake.DoAsync($"/children/{child}/identification", new { familyName = "Smit" });
        var before = await intake.GetAsync($"/children/{child}");
        var (referral, _) = await intake.AcceptAsync(12, child, told =>
        {
            Father(told);
            told["alsoSuspect"] = true;
        });
        await intake.DoAsync($"/children/{child}/representatives", new { personId = ReferredParent.IdOf(referral, 0), contact = "0612345678" });
        var joined = await intake.GetAsync($"/children/{child}");
        joined.GetProperty("representatives").ToString().ShouldContain("0612345678");
        joined.GetProperty("involvements").ToString().ShouldContain("suspect");
        joined.GetProperty("alsoSuspect").GetBoolean().ShouldBeTrue();
        joined.GetProperty("tasks").ToString().ShouldContain("special-guardian");

        await intake.DoAsync($"/children/{child}/join-correction", new { referralId = referral, reason = "Ander meisje" });
        var after = await intake.GetAsync($"/children/{child}");
        foreach (var part in new[] { "representatives", "involvements", "tasks", "needs", "identity", "alsoSuspect" })
        {
            after.GetProperty(part).ToString().ShouldBe(before.GetProperty(part).ToString(), part);
        }
    }

    [Fact]
    public async Task A_merge_that_is_asked_for_again_lets_nobody_back_in_who_left_since()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var (_, first) = await intake.AcceptAsync(2);
        var (_, second) = await intake.AcceptAsync(12);
        var psychologist = DerivedId.From("psychologist");
        await intake.LearnAsync(psychologist, 0, Roles.Psychologist);
        await intake.Service.CaughtUpAsync();
        await intake.DoAsync($"/children/{second}/team-members", new { accountId = psychologist, role = Roles.Psychologist });
        var merge = new { from = second, reason = "Zelfde kind" };
        await intake.DoAsync($"/children/{first}/merge", merge);
        await intake.DoAsync($"/children/{first}/team-members", new { accountId = psychologist, role = Roles.Psychologist, remove = true });

        (await intake.DoAsync($"/children/{first}/merge", merge)).GetProperty("result").GetProperty("absorbed").GetGuid().ShouldBe(second);
        (await intake.GetAsync($"/children/{first}/team")).GetProperty("members").ToString().ShouldNotContain($"{psychologist:D}");
    }

    [Fact]
    public async Task The_id_of_a_merged_file_answers_where_it_goes_on_and_nothing_that_stood_there()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var (_, first) = await intake.AcceptAsync(2);
        var (_, second) = await intake.AcceptAsync(12, telling: Father);
        (await intake.GetAsync($"/children/{second}/suspects")).GetArrayLength().ShouldBe(1);
        await intake.DoAsync($"/children/{first}/merge", new { from = second, reason = "Zelfde kind" });
        foreach (var part in new[] { "", "/suspects", "/team" })
        {
            var answer = await intake.GetAsync($"/children/{second}{part}");
            answer.EnumerateObject().Select(field => field.Name).ShouldBe(["childId", "status", "mergedInto"], part);
            answer.GetProperty("mergedInto").GetGuid().ShouldBe(first);
        }

        (await intake.GetAsync($"/children/{first}/suspects")).GetArrayLength().ShouldBe(1);
    }

    private static void Father(JsonNode told) =>
        told["parents"] = new JsonArray(new JsonObject { ["name"] = "P. van Dam", ["relation"] = "father", ["suspected"] = true, ["custody"] = true });

    private static void Mother(JsonNode told) =>
        told["parents"] = new JsonArray(new JsonObject { ["name"] = "S. van Dam", ["relation"] = "mother", ["suspected"] = false, ["custody"] = true });
}
