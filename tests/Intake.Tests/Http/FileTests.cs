using System.Text.Json;
using Barnahus.Contracts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests.Http;

/// <summary>A child's file over HTTP: who sees what, and how mistakes are undone.</summary>
public sealed class FileTests
{
    private const string Coordination = "safety-coordinator";

    [Fact]
    public async Task Who_is_not_on_the_team_finds_nothing_and_each_role_sees_its_part()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(3));
        var (_, child) = await intake.AcceptAsync(3);
        var path = $"/intake/v1/children/{child}";
        var stranger = DerivedId.From("stranger");
        await intake.Service.As(stranger, Roles.IntakeOfficer).GetAsync(path).JsonAsync(404);
        await intake.Service.As(stranger, Roles.IntakeOfficer).PostAsync($"{path}/wishes", new { words = "x" }).JsonAsync(404);
        (await intake.RefusedAsync($"/children/{child}/team-members", new { accountId = stranger, role = Roles.Lawyer })).ShouldBe("role-not-held");

        await intake.LearnAsync(stranger, 0, Roles.Lawyer);
        await intake.Service.CaughtUpAsync();
        await intake.DoAsync($"/children/{child}/team-members", new { accountId = stranger, role = Roles.Lawyer });
        var lawyer = await intake.Service.As(stranger, Roles.Lawyer).GetAsync(path).JsonAsync(200);
        lawyer.Lacks("referrals").ShouldBeTrue();
        lawyer.GetProperty("needs").GetProperty("structured").GetProperty("notBefore").GetString()!.ShouldStartWith("13:30");
        lawyer.GetProperty("identity").GetProperty("givenName").GetString().ShouldBe("Eva");

        await intake.DoAsync($"/children/{child}/access/conflicts", new { accountId = stranger });
        await intake.Service.As(stranger, Roles.Lawyer).GetAsync(path).JsonAsync(404);
    }

    [Fact]
    public async Task What_is_restricted_until_the_interview_opens_when_it_was_completed()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var (_, child) = await intake.AcceptAsync(1);
        await intake.DoAsync($"/children/{child}/restrictions", new { part = "referrals", kind = "until-interviewed", reason = "Onbevangen" });
        var interviewer = intake.Service.As(IntakeFixture.Interviewer, Roles.Interviewer);
        var blind = await interviewer.GetAsync($"/intake/v1/children/{child}").JsonAsync(200);
        Restricted(blind).ShouldBeTrue();
        blind.ToString().ShouldNotContain("until-interviewed", customMessage: "nor that there is something");
        (blind.Lacks("alsoSuspect") && blind.Lacks("tasks")).ShouldBeTrue("what follows from it would tell");
        var wish = await interviewer.PostAsync($"/intake/v1/children/{child}/wishes", new { words = "Ik wil dat mijn konijn mee mag" }).JsonAsync(200);
        wish.Lacks("openTasks").ShouldBeTrue("nor does what a command answers");
        Restricted(await intake.GetAsync($"/children/{child}")).ShouldBeFalse();

        var completed = Cases.Time(1).AddDays(5);
        await intake.PublishAsync(
            new InterviewsChanged(
                IntakeFixture.Source(child, 4),
                child,
                [new(child, "forensic", "completed", completed, completed, completed, completed, null)],
                null),
            DerivedId.From("interviewed"));
        await intake.Service.CaughtUpAsync();
        Restricted(await interviewer.GetAsync($"/intake/v1/children/{child}").JsonAsync(200)).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_kept_and_not_used_is_answered_by_nothing_that_follows_from_it()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(7));
        var (_, child) = await intake.AcceptAsync(7);
        var mother = new { name = "Anna", relation = "mother", custody = true, suspected = true };
        (await intake.DoAsync($"/children/{child}/representatives", mother)).GetProperty("openTasks").ToString().ShouldContain("lawyer");
        foreach (var part in new[] { "representatives", "referrals", "identity" })
        {
            await intake.DoAsync($"/children/{child}/restrictions", new { part, kind = "processing", reason = "De moeder betwist het" });
        }

        var (psychologist, youthCare) = (DerivedId.From("psychologist"), DerivedId.From("youth-care"));
        await intake.LearnAsync(psychologist, 0, Roles.Psychologist);
        await intake.LearnAsync(youthCare, 0, Roles.YouthCare);
        await intake.Service.CaughtUpAsync();
        await intake.DoAsync($"/children/{child}/team-members", new { accountId = psychologist, role = Roles.Psychologist });
        await intake.DoAsync($"/children/{child}/team-members", new { accountId = youthCare, role = Roles.YouthCare });
        foreach (var reader in new[] { intake.Service.As(psychologist, Roles.Psychologist), intake.Service.As(youthCare, Roles.YouthCare), intake.AsOfficer() })
        {
            var file = await reader.GetAsync($"/intake/v1/children/{child}").JsonAsync(200);
            file.Lacks("alsoSuspect").ShouldBeTrue();
            file.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("kind").GetString()).ShouldBe(["individual-assessment"]);
        }

        var list = await intake.Service.As(youthCare, Roles.YouthCare).GetAsync("/intake/v1/tasks").JsonAsync(200);
        list.EnumerateArray().Select(task => task.GetProperty("kind").GetString()).ShouldBe(["individual-assessment"]);
        (await intake.DoAsync($"/children/{child}/wishes", new { words = "Ik wil naar huis" })).GetProperty("openTasks").ToString().ShouldNotContain("lawyer");
        var candidate = (await intake.DoAsync("/child-searches", new { childId = child })).GetProperty("candidates").EnumerateArray().ShouldHaveSingleItem();
        candidate.GetProperty("onTeam").GetBoolean().ShouldBeTrue();
        candidate.Lacks("identity").ShouldBeTrue("who the child is, is kept and not used");
    }

    [Fact]
    public async Task A_blind_interviewer_learns_by_no_refusal_who_represents_the_child_or_is_suspected()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var (_, child) = await intake.AcceptAsync(1);
        var stepfather = (await intake.DoAsync($"/children/{child}/representatives", new { name = "Bert", relation = "stepfather", suspected = true }))
            .GetProperty("result").GetProperty("personId").GetGuid();
        var interviewer = intake.Service.As(IntakeFixture.Interviewer, Roles.Interviewer);
        (await RuleAsync(stepfather)).ShouldBe("person-suspected");
        await intake.DoAsync($"/children/{child}/restrictions", new { part = "representatives", kind = "until-interviewed", reason = "Onbevangen" });
        (await RuleAsync(stepfather)).ShouldBe("unknown-representative");
        (await RuleAsync(Guid.NewGuid())).ShouldBe("unknown-representative");
        (await intake.RefusedAsync($"/children/{child}/informing", new { personId = stepfather, what = "Het verhoor" })).ShouldBe("person-suspected");

        async Task<string> RuleAsync(Guid personId) =>
            (await interviewer.PostAsync($"/intake/v1/children/{child}/informing", new { personId, what = "Het verhoor" }).JsonAsync(409)).GetProperty("rule").GetString()!;
    }

    [Fact]
    public async Task A_correction_hides_the_old_value_everywhere()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var (referral, child) = await intake.AcceptAsync(1);
        await intake.DoAsync($"/children/{child}/corrections", new { field = "givenName", value = "Jayson", reason = "Verschreven" });
        await intake.DoAsync($"/children/{child}/corrections", new { referralId = referral, field = "facts[0].where", value = "thuis", reason = "Was thuis" });
        var file = (await intake.GetAsync($"/children/{child}")).ToString();
        file.ShouldContain("Jayson");
        file.ShouldNotContain("\"Jason\"");
        file.ShouldContain("\"where\":\"thuis\"");
        (await intake.DoAsync("/child-searches", new { givenName = "Jason", estimatedAge = 8, municipalities = new[] { "GM0344" } }))
            .GetProperty("candidates").GetArrayLength().ShouldBe(0);
        await intake.AsOfficer().PostAsync($"/intake/v1/children/{child}/corrections", new { field = "bsn", value = "1", reason = "x" }).JsonAsync(400);
        await intake.AsOfficer().PostAsync($"/intake/v1/children/{child}/corrections", new { field = "facts[0].what", value = "1", reason = "x" }).JsonAsync(400);
    }

    [Fact]
    public async Task Two_files_of_one_child_become_one_and_the_old_id_points_on()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var (_, first) = await intake.AcceptAsync(2);
        var (_, second) = await intake.AcceptAsync(12);
        await intake.DoAsync($"/children/{second}/wishes", new { words = "Ik wil naar huis" });
        await intake.DoAsync($"/children/{first}/merge", new { from = second, reason = "Zelfde kind" });
        var old = await intake.GetAsync($"/children/{second}");
        old.GetProperty("status").GetString().ShouldBe("merged");
        old.GetProperty("mergedInto").GetGuid().ShouldBe(first);
        (await intake.RefusedAsync($"/children/{second}/wishes", new { words = "x" })).ShouldBe("file-merged");
        var file = await intake.GetAsync($"/children/{first}");
        file.GetProperty("identity").GetProperty("familyName").GetString().ShouldBe("van Dam");
        file.GetProperty("wishes").ToString().ShouldContain("Ik wil naar huis");
        (await intake.DoAsync("/child-searches", new { bsn = "999990238" })).GetProperty("candidates")[0].GetProperty("childId").GetGuid().ShouldBe(first);
    }

    [Fact]
    public async Task A_wrong_join_is_taken_apart_and_the_referral_can_be_accepted_elsewhere()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var (_, child) = await intake.AcceptAsync(2);
        var (referral, joined) = await intake.AcceptAsync(12, child);
        joined.ShouldBe(child);
        await intake.DoAsync($"/children/{child}/join-correction", new { referralId = referral, reason = "Ander meisje" });
        (await intake.GetAsync($"/children/{child}")).ToString().ShouldNotContain("van Dam");
        (await intake.RefusedAsync($"/referrals/{referral}/acceptance", new { safetyCoordinatorId = IntakeFixture.Coordinator })).ShouldBe("search-first");
        await intake.DoAsync("/child-searches", new { reference = referral });
        (await intake.DoAsync($"/referrals/{referral}/acceptance", new { safetyCoordinatorId = IntakeFixture.Coordinator }))
            .GetProperty("childId").GetGuid().ShouldNotBe(child);
    }

    [Fact]
    public async Task A_coordinator_who_may_no_longer_act_is_a_task_until_another_is_named()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var (_, child) = await intake.AcceptAsync(1);
        await intake.LearnAsync(IntakeFixture.Coordinator, 1, Roles.SafetyCoordinator, disabled: true);
        await intake.Service.CaughtUpAsync();
        Kinds(await intake.GetAsync("/tasks")).ShouldContain(Coordination);
        var other = DerivedId.From("other-coordinator");
        await intake.LearnAsync(other, 0, Roles.SafetyCoordinator);
        await intake.Service.CaughtUpAsync();
        await intake.DoAsync($"/children/{child}/safety-coordinator", new { accountId = other });
        Kinds(await intake.GetAsync("/tasks")).ShouldNotContain(Coordination);
        await intake.Service.As(other, Roles.SafetyCoordinator).GetAsync($"/intake/v1/children/{child}").JsonAsync(200);
    }

    [Fact]
    public async Task The_safety_coordinator_hands_the_child_over_and_says_why()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var (_, child) = await intake.AcceptAsync(1);
        var other = DerivedId.From("other-coordinator");
        await intake.LearnAsync(other, 0, Roles.SafetyCoordinator);
        await intake.Service.CaughtUpAsync();
        var next = intake.Service.As(other, Roles.SafetyCoordinator);
        await next.PostAsync($"/intake/v1/children/{child}/safety-coordinator", new { accountId = other, reason = "Zelf" }).JsonAsync(404);
        await intake.Service.As(IntakeFixture.Coordinator, Roles.SafetyCoordinator)
            .PostAsync($"/intake/v1/children/{child}/safety-coordinator", new { accountId = other, reason = "Verlof" }).JsonAsync(200);
        await intake.Service.CaughtUpAsync();
        await next.GetAsync($"/intake/v1/children/{child}").JsonAsync(200);
    }

    [Fact]
    public async Task Who_is_named_in_a_join_is_the_coordinator_of_the_file()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var (_, child) = await intake.AcceptAsync(2);
        var other = DerivedId.From("other-coordinator");
        await intake.LearnAsync(other, 0, Roles.SafetyCoordinator);
        var referral = await intake.SubmitAsync(12);
        await intake.DoAsync($"/referrals/{referral}/triage", new { });
        await intake.DoAsync("/child-searches", new { reference = referral });
        await intake.DoAsync($"/referrals/{referral}/acceptance", new { childId = child, safetyCoordinatorId = other });
        (await intake.GetAsync($"/children/{child}")).GetProperty("safetyCoordinatorId").GetGuid().ShouldBe(other);
        await intake.Service.As(other, Roles.SafetyCoordinator).GetAsync($"/intake/v1/children/{child}").JsonAsync(200);
    }

    [Fact]
    public async Task The_rest_of_the_file_answers()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(5));
        var (_, child) = await intake.AcceptAsync(5);
        await intake.DoAsync($"/children/{child}/needs", new { lvb = true, notBefore = "10:00", text = new[] { "rustig" } });
        await intake.DoAsync($"/children/{child}/individual-assessments", new { circumstances = "Bedreigd", measures = new[] { "escorte" } });
        var involved = await intake.DoAsync($"/children/{child}/involvements", new { category = "suspect", name = "D. Man", description = "rode auto" });
        involved.GetProperty("result").GetProperty("personId").GetGuid().ShouldNotBe(Guid.Empty);
        await intake.DoAsync($"/children/{child}/handover", new { to = "00000000000099900009", arrangement = "Begeleid wonen" });
        var file = await intake.GetAsync($"/children/{child}");
        file.ToString().ShouldNotContain("D. Man");
        (await intake.GetAsync($"/children/{child}/suspects")).ToString().ShouldContain("D. Man");
        file.GetProperty("assessments")[0].GetProperty("content").GetProperty("protectionNeeds").ToString().ShouldContain("minor");
        (await intake.DoAsync("/wording-checks", new { text = "een loverboy" })).GetProperty("hits").GetArrayLength().ShouldBeGreaterThan(0);
        await intake.DoAsync($"/children/{child}/closure", new { ground = "Klaar" });
        (await intake.RefusedAsync($"/children/{child}/needs", new { })).ShouldBe("file-closed");
        await intake.DoAsync($"/children/{child}/reopening", new { ground = "Nieuw signaal" });
    }

    private static bool Restricted(JsonElement file) => file.Lacks("referrals");

    private static IEnumerable<string?> Kinds(JsonElement tasks) => tasks.EnumerateArray().Select(task => task.GetProperty("kind").GetString());
}
