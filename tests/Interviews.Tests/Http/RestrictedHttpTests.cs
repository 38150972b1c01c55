using System.Text.Json;
using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>Blind interviewer: who could have read what is restricted until the interview does not interview this child, and the rule says so.</summary>
public sealed class RestrictedHttpTests : JasonTests
{
    private static readonly Guid Brouwer = InterviewHouse.Account(Roles.Interviewer);
    private static readonly Guid Vos = DerivedId.From("test-account/vos");

    [Fact]
    public async Task Nothing_restricted_keeps_nobody_out() => (await InterviewersAsync()).ShouldBe(["i-brouwer"]);

    [Fact]
    public async Task Who_was_on_the_team_before_the_restriction_is_kept_out_and_the_rule_is_named()
    {
        await House.TellAsync(Jason, 1, "open", restrictedSince: InterviewHouse.Start.AddHours(1));
        var search = await SearchAsync();
        search.GetProperty("slotCount").GetInt32().ShouldBe(0);
        RulesOf(search, "utr-1").ShouldContain(rules => rules.Contains("interviewer-blocked"));
        search.ToString().ShouldNotContain(Brouwer.ToString());

        var refused = await House.BookAsync(Jason, InterviewId).JsonAsync(409);
        refused.GetProperty("rule").GetString().ShouldBe("interviewer-blocked");
        refused.GetProperty("detail").GetString()!.ShouldContain("could read what is restricted until the interview");
    }

    [Fact]
    public async Task Who_came_on_the_team_after_the_restriction_is_not()
    {
        await House.TellAsync(Jason, 1, "open", restrictedSince: InterviewHouse.Start.AddHours(-1));
        (await InterviewersAsync()).ShouldBe(["i-brouwer"]);
    }

    [Fact]
    public async Task Who_sees_the_file_whole_in_another_role_is_kept_out_even_after_leaving_the_team()
    {
        await House.TellAsync(Jason, 1, "open", restrictedSince: InterviewHouse.Start.AddHours(-1));
        await House.TeamAsync(Jason, new MemberAdded(Jason, Brouwer, Roles.Psychologist), new MemberRemoved(Jason, Brouwer, Roles.Psychologist));
        (await InterviewersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task With_the_prosecutors_waiver_the_interviewer_is_booked_and_when_the_restriction_ends_without()
    {
        await House.TellAsync(Jason, 1, "open", restrictedSince: InterviewHouse.Start.AddHours(1));
        var waiver = new { rule = "interviewer-blocked", why = "The accesses show that she never opened the part" };
        await House.As(Roles.Prosecutor).PostAsync($"{Steps.PathOf(Jason, InterviewId)}/waivers", waiver).JsonAsync(200);
        await House.BookAsync(Jason, InterviewId).JsonAsync(200);

        var other = await House.ChildAsync(Steps.Jason);
        var interview = await House.DecidedAsync(other);
        await House.TellAsync(other, 1, "open", restrictedSince: InterviewHouse.Start.AddHours(1));
        await House.TellAsync(other, 2, "open");
        await House.BookAsync(other, interview, Steps.Slot("2026-09-10T09:00:00Z")).JsonAsync(200);
    }

    [Fact]
    public async Task Somebody_else_of_the_roster_is_not_kept_out()
    {
        await House.TellAsync(Jason, 1, "open", restrictedSince: InterviewHouse.Start.AddHours(1));
        await House.TeamAsync(Jason, new MemberAdded(Jason, Vos, Roles.Lawyer));
        var late = await SearchAsync("2026-10-19T00:00:00Z", "2026-10-23T00:00:00Z");
        late.GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("interviewerId").GetString()).Distinct().ShouldBe(["i-vos"]);
    }

    [Fact]
    public async Task Who_is_in_conflict_of_interest_with_the_child_is_neither_offered_nor_booked_and_no_waiver_helps()
    {
        const string Late = "2026-10-20T09:00:00Z";
        await House.TeamAsync(Jason, new ConflictMarked(Jason, Vos));
        var search = await SearchAsync("2026-10-19T00:00:00Z", "2026-10-23T00:00:00Z");
        search.GetProperty("slotCount").GetInt32().ShouldBe(0);
        RulesOf(search, "utr-1").ShouldContain(rules => rules.Contains("interviewer-conflict"));
        search.ToString().ShouldNotContain(Vos.ToString());
        (await House.BookAsync(Jason, InterviewId, Steps.Slot(Late, interviewer: "i-vos")).RuleAsync()).ShouldBe("interviewer-conflict");
        var waiver = new { rule = "interviewer-conflict", why = "Nobody else is there" };
        (await House.As(Roles.Prosecutor).PostAsync($"{Steps.PathOf(Jason, InterviewId)}/waivers", waiver).RuleAsync()).ShouldBe("rule-not-waivable");

        await House.TeamAsync(Jason, new ConflictLifted(Jason, Vos));
        await House.BookAsync(Jason, InterviewId, Steps.Slot(Late, interviewer: "i-vos")).JsonAsync(200);
    }

    [Fact]
    public async Task What_follows_from_a_restricted_part_is_not_told_to_whom_it_is_kept_from()
    {
        var slot = Steps.Slot(attendance: new[] { new { personId = Steps.Mother, place = "welcome" } });
        await House.BookAsync(Jason, InterviewId, slot).JsonAsync(200);
        await House.LearnAsync(Learned(1, restricted: true));
        (await ReadAsync(Roles.Interviewer)).ShouldNotContain("barred");
        (await ReadAsync(Roles.Prosecutor)).ShouldContain("\"barred\":\"may-not-be-informed\"");
        (await ReadAsync(Roles.Prosecutor)).ShouldContain("attendance-barred");
        (await PlanAsync(Roles.Interviewer)).Lacks("forensicWindowEnds").ShouldBeTrue();
        (await PlanAsync(Roles.IntakeOfficer)).GetProperty("forensicWindowEnds").GetDateTimeOffset().ShouldBe(InterviewHouse.Start.AddDays(4));

        await House.LearnAsync(Learned(2, restricted: false));
        (await ReadAsync(Roles.Interviewer)).ShouldContain("attendance-barred");
        (await PlanAsync(Roles.Interviewer)).GetProperty("forensicWindowEnds").GetDateTimeOffset().ShouldBe(InterviewHouse.Start.AddDays(4));

        async Task<string> ReadAsync(string role) => (await House.As(role).GetAsync(Steps.PathOf(Jason, InterviewId)).JsonAsync(200)).ToString();

        Task<JsonElement> PlanAsync(string role) => House.As(role)
            .PostAsync(Appointments, new { at = "2026-09-03T10:00:00Z", forensic = role != Roles.Interviewer }).JsonAsync(201);
    }

    [Fact]
    public async Task Whether_a_forensic_examination_is_in_time_is_not_found_out_by_asking()
    {
        await House.LearnAsync(Learned(1, restricted: true));
        string[] answers = [await AskAsync("2026-09-03T10:00:00Z"), await AskAsync("2026-09-07T10:00:00Z")];
        answers.Distinct().ShouldBe(["ask-who-sees-the-file"]);
        (await House.As(Roles.IntakeOfficer).PostAsync(Appointments, new { at = "2026-09-07T10:00:00Z" }).RuleAsync()).ShouldBe("forensic-window");
        await House.As(Roles.IntakeOfficer).PostAsync(Appointments, new { at = "2026-09-03T10:00:00Z" }).JsonAsync(201);

        await House.LearnAsync(Learned(2, restricted: false));
        (await AskAsync("2026-09-07T10:00:00Z")).ShouldBe("forensic-window");

        Task<string> AskAsync(string at) => House.As(Roles.Interviewer).PostAsync(Appointments, new { at }).RuleAsync();
    }

    private string Appointments => $"/interviews/v1/children/{Jason:D}/medical-appointments";

    private ChildLearned Learned(long revision, bool restricted)
    {
        var facts = Steps.Jason with { Representatives = [new(Steps.Mother, "mother", Suspected: true, MayBeInformed: false)] };
        return new(Jason, revision, "open", null, "Midden-Nederland", Personal.Of(facts), restricted ? InterviewHouse.Start.AddHours(-1) : null);
    }

    private async Task<List<string?>> InterviewersAsync() =>
        [.. (await SearchAsync()).GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("interviewerId").GetString()).Distinct()];

    // In these days Vos is away and Brouwer is the only one certified for eight years of age.
    private Task<JsonElement> SearchAsync(string from = "2026-10-13T00:00:00Z", string to = "2026-10-15T00:00:00Z") => House.As(Roles.Interviewer)
        .PostAsync($"{Steps.PathOf(Jason, InterviewId)}/slot-searches", new { from, to }).JsonAsync(200);

    private static IEnumerable<List<string?>> RulesOf(JsonElement search, string room) => search.GetProperty("rejected").EnumerateArray()
        .Where(rejection => rejection.GetProperty("roomId").GetString() == room)
        .Select(rejection => rejection.GetProperty("rules").EnumerateArray().Select(rule => rule.GetString()).ToList());
}
