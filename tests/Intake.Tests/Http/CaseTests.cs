using System.Text.Json;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests.Http;

/// <summary>The cases, as far as Intake decides them, over HTTP.</summary>
public sealed class CaseTests
{
    [Fact]
    public async Task Case_01_takes_the_route_of_team_zeden_and_becomes_a_file()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var referral = await intake.SubmitAsync(1);
        Names((await intake.GetAsync($"/referrals/{referral}")).GetProperty("advice").GetProperty("proposed"), "route").ShouldBe(["team-zeden"]);
        (await intake.RefusedAsync($"/referrals/{referral}/acceptance", new { safetyCoordinatorId = IntakeFixture.Coordinator })).ShouldBe("search-first");
        await intake.DoAsync("/child-searches", new { reference = referral });
        (await intake.RefusedAsync($"/referrals/{referral}/acceptance", new { safetyCoordinatorId = IntakeFixture.Coordinator })).ShouldBe("triage-first");
        (await intake.DoAsync($"/referrals/{referral}/triage", new { })).GetProperty("reportObligatory").GetBoolean().ShouldBeTrue();
        (await intake.RefusedAsync($"/referrals/{referral}/acceptance", new { })).ShouldBe("safety-coordinator-required");
        var accepted = await intake.DoAsync($"/referrals/{referral}/acceptance", new { safetyCoordinatorId = IntakeFixture.Coordinator });
        var file = await intake.GetAsync($"/children/{accepted.GetProperty("childId").GetGuid()}");
        file.GetProperty("region").GetString().ShouldBe("Midden-Nederland");
        file.GetProperty("identity").GetProperty("age").GetInt32().ShouldBe(8);
        var mother = file.GetProperty("representatives")[0];
        mother.GetProperty("mayBeInformed").GetBoolean().ShouldBeTrue();
        await intake.DoAsync(
            $"/children/{file.GetProperty("childId").GetGuid()}/informing",
            new { personId = mother.GetProperty("personId").GetGuid(), what = "Jason wordt hier gehoord.", means = "phone" });
    }

    [Fact]
    public async Task Case_12_is_offered_as_a_candidate_for_case_02_and_joins_it_completing_name_and_number()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var (_, first) = await intake.AcceptAsync(2);
        (await intake.GetAsync($"/children/{first}")).GetProperty("identity").Lacks("familyName").ShouldBeTrue();

        var second = await intake.SubmitAsync(12);
        var search = await intake.DoAsync("/child-searches", new { reference = second });
        var candidate = search.GetProperty("candidates").EnumerateArray().Single();
        candidate.GetProperty("childId").GetGuid().ShouldBe(first);
        candidate.GetProperty("why")[0].GetString().ShouldBe("given-name-age-and-municipality");

        await intake.DoAsync($"/referrals/{second}/triage", new { });
        await intake.DoAsync($"/referrals/{second}/acceptance", new { childId = first, safetyCoordinatorId = IntakeFixture.Coordinator });
        var file = await intake.GetAsync($"/children/{first}");
        file.GetProperty("identity").GetProperty("familyName").GetString().ShouldBe("van Dam");
        file.GetProperty("identity").GetProperty("bsn").GetString().ShouldBe("999990238");
        file.GetProperty("referrals").GetArrayLength().ShouldBe(2);
        Open(file).ShouldNotContain("identify-child");
        var byNumber = await intake.DoAsync("/child-searches", new { bsn = "999990238" });
        byNumber.GetProperty("candidates")[0].GetProperty("why")[0].GetString().ShouldBe("bsn");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public async Task Informing_who_the_child_does_not_want_or_who_is_suspected_is_refused(int number)
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(number));
        var (_, child) = await intake.AcceptAsync(number);
        foreach (var person in (await intake.GetAsync($"/children/{child}")).GetProperty("representatives").EnumerateArray())
        {
            var request = new { personId = person.GetProperty("personId").GetGuid(), what = "Iets" };
            switch (person.GetProperty("relation").GetString())
            {
                case "mother":
                    (await intake.RefusedAsync($"/children/{child}/informing", request)).ShouldBe("child-does-not-wish");
                    break;
                case "stepfather":
                    (await intake.RefusedAsync($"/children/{child}/informing", request)).ShouldBe("person-suspected");
                    break;
                default:
                    await intake.DoAsync($"/children/{child}/informing", request);
                    break;
            }
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public async Task A_child_that_is_almost_eighteen_has_the_handover_task_at_once(int number)
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(number));
        var (_, child) = await intake.AcceptAsync(number);
        Open(await intake.GetAsync($"/children/{child}")).ShouldContain("handover");
        var birthday = DateOnly.Parse((string)Cases.Event(number)["data"]!["child"]!["birthDate"]!);
        (await intake.GetAsync("/tasks")).EnumerateArray()
            .Single(task => task.GetProperty("kind").GetString() == "handover")
            .GetProperty("dueOn").GetString().ShouldBe($"{birthday.AddYears(18):yyyy-MM-dd}");
    }

    [Fact]
    public async Task Case_07_keeps_what_is_known_of_the_suspect_in_a_stream_of_its_own()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(7));
        var (_, child) = await intake.AcceptAsync(7);
        var file = await intake.GetAsync($"/children/{child}");
        file.GetProperty("alsoSuspect").GetBoolean().ShouldBeTrue();
        Names(file.GetProperty("involvements"), "category").Order().ShouldBe(["suspect", "victim"]);
        var suspect = (await intake.GetAsync($"/children/{child}/suspects"))[0];
        suspect.GetProperty("isTheChild").GetBoolean().ShouldBeTrue();
        suspect.GetProperty("details").GetProperty("name").GetString().ShouldBe("Dorian Smit");
    }

    [Fact]
    public async Task Case_09_asks_for_a_special_guardian_once_the_child_is_identified()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(9));
        var referral = await intake.SubmitAsync(9);
        var triage = await intake.DoAsync($"/referrals/{referral}/triage", new { });
        triage.GetProperty("region").GetString().ShouldBe("Noord-Nederland");
        var chosen = (await intake.GetAsync($"/referrals/{referral}")).GetProperty("triage").GetProperty("chosen");
        chosen.EnumerateArray().Single(route => route.GetProperty("route").GetString() == "avim").GetProperty("unit").GetString().ShouldBe("Noord-Nederland");
        Names(await intake.GetAsync("/tasks"), "kind").ShouldBe(["identify-child"]);

        await intake.DoAsync("/child-searches", new { reference = referral });
        var child = (await intake.DoAsync($"/referrals/{referral}/acceptance", new { safetyCoordinatorId = IntakeFixture.Coordinator })).GetProperty("childId").GetGuid();
        Open(await intake.GetAsync($"/children/{child}")).ShouldBe(["identify-child", "individual-assessment"], ignoreOrder: true);
        await intake.DoAsync($"/children/{child}/identification", new { givenName = "Fleur", familyName = "Bos" });
        Open(await intake.GetAsync($"/children/{child}")).ShouldBe(["individual-assessment", "lawyer", "special-guardian"], ignoreOrder: true);
    }

    [Fact]
    public async Task Case_11_stays_open_with_a_review_date_and_is_not_closed_without_a_ground()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(11));
        var referral = await intake.SubmitAsync(11);
        (await intake.RefusedAsync($"/referrals/{referral}/closure", new { })).ShouldBe("ground-required");
        await intake.DoAsync($"/referrals/{referral}/triage", new { });
        (await intake.RefusedAsync($"/referrals/{referral}/investigation", new { until = "2026-09-21", why = "Hotel onbekend" })).ShouldBe("review-date-in-past");
        await intake.DoAsync($"/referrals/{referral}/investigation", new { until = "2026-09-28", why = "Hotel onbekend" });
        (await intake.GetAsync("/referrals?status=under-investigation"))[0].GetProperty("reviewOn").GetString().ShouldBe("2026-09-28");
        (await intake.RefusedAsync($"/referrals/{referral}/closure", new { ground = " " })).ShouldBe("ground-required");
        Names(await intake.GetAsync("/tasks"), "kind").ShouldBe(["review"]);
    }

    private static List<string> Names(JsonElement list, string field) => [.. list.EnumerateArray().Select(item => item.GetProperty(field).GetString()!)];

    private static List<string> Open(JsonElement file) =>
    [
        .. file.GetProperty("tasks").EnumerateArray()
            .Where(task => task.Lacks("doneAt"))
            .Select(task => task.GetProperty("kind").GetString()!),
    ];
}
