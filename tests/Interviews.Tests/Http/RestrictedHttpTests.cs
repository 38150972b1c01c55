using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Testing;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>Blind interviewer: who could have read what is restricted until the interview does not interview this child, and the rule says so.</summary>
public sealed class RestrictedHttpTests : IAsyncLifetime
{
    private static readonly Guid Brouwer = InterviewHouse.Account(Roles.Interviewer);
    private static readonly Guid Vos = DerivedId.From("test-account/vos");

    private InterviewHouse _house = null!;
    private Guid _jason;
    private Guid _interview;

    public async Task InitializeAsync()
    {
        _house = await InterviewHouse.OpenAsync();
        _jason = await _house.ChildAsync(Steps.Jason);
        _interview = await _house.DecidedAsync(_jason);
    }

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task Nothing_restricted_keeps_nobody_out() => (await InterviewersAsync()).ShouldBe(["i-brouwer"]);

    [Fact]
    public async Task Who_was_on_the_team_before_the_restriction_is_kept_out_and_the_rule_is_named()
    {
        await _house.TellAsync(_jason, 1, "open", restrictedSince: InterviewHouse.Start.AddHours(1));
        var search = await SearchAsync();
        search.GetProperty("slotCount").GetInt32().ShouldBe(0);
        RulesOf(search, "utr-1").ShouldContain(rules => rules.Contains("interviewer-blocked"));
        search.ToString().ShouldNotContain(Brouwer.ToString());

        var refused = await _house.BookAsync(_jason, _interview).JsonAsync(409);
        refused.GetProperty("rule").GetString().ShouldBe("interviewer-blocked");
        refused.GetProperty("detail").GetString()!.ShouldContain("could read what is restricted until the interview");
    }

    [Fact]
    public async Task Who_came_on_the_team_after_the_restriction_is_not()
    {
        await _house.TellAsync(_jason, 1, "open", restrictedSince: InterviewHouse.Start.AddHours(-1));
        (await InterviewersAsync()).ShouldBe(["i-brouwer"]);
    }

    [Fact]
    public async Task Who_sees_the_file_whole_in_another_role_is_kept_out_even_after_leaving_the_team()
    {
        await _house.TellAsync(_jason, 1, "open", restrictedSince: InterviewHouse.Start.AddHours(-1));
        await _house.TeamAsync(_jason, new MemberAdded(_jason, Brouwer, Roles.Psychologist), new MemberRemoved(_jason, Brouwer, Roles.Psychologist));
        (await InterviewersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task With_the_prosecutors_waiver_the_interviewer_is_booked_and_when_the_restriction_ends_without()
    {
        await _house.TellAsync(_jason, 1, "open", restrictedSince: InterviewHouse.Start.AddHours(1));
        var waiver = new { rule = "interviewer-blocked", why = "The accesses show that she never opened the part" };
        await _house.As(Roles.Prosecutor).PostAsync($"{Steps.PathOf(_jason, _interview)}/waivers", waiver).JsonAsync(200);
        await _house.BookAsync(_jason, _interview).JsonAsync(200);

        var other = await _house.ChildAsync(Steps.Jason);
        var interview = await _house.DecidedAsync(other);
        await _house.TellAsync(other, 1, "open", restrictedSince: InterviewHouse.Start.AddHours(1));
        await _house.TellAsync(other, 2, "open");
        await _house.BookAsync(other, interview, Steps.Slot("2026-09-10T09:00:00Z")).JsonAsync(200);
    }

    [Fact]
    public async Task Somebody_else_of_the_roster_is_not_kept_out()
    {
        await _house.TellAsync(_jason, 1, "open", restrictedSince: InterviewHouse.Start.AddHours(1));
        await _house.TeamAsync(_jason, new MemberAdded(_jason, Vos, Roles.Lawyer));
        var late = await SearchAsync("2026-10-19T00:00:00Z", "2026-10-23T00:00:00Z");
        late.GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("interviewerId").GetString()).Distinct().ShouldBe(["i-vos"]);
    }

    [Fact]
    public async Task Who_is_in_conflict_of_interest_with_the_child_is_neither_offered_nor_booked_and_no_waiver_helps()
    {
        const string Late = "2026-10-20T09:00:00Z";
        await _house.TeamAsync(_jason, new ConflictMarked(_jason, Vos));
        var search = await SearchAsync("2026-10-19T00:00:00Z", "2026-10-23T00:00:00Z");
        search.GetProperty("slotCount").GetInt32().ShouldBe(0);
        RulesOf(search, "utr-1").ShouldContain(rules => rules.Contains("interviewer-conflict"));
        search.ToString().ShouldNotContain(Vos.ToString());
        (await _house.BookAsync(_jason, _interview, Steps.Slot(Late, interviewer: "i-vos")).RuleAsync()).ShouldBe("interviewer-conflict");
        var waiver = new { rule = "interviewer-conflict", why = "Nobody else is there" };
        (await _house.As(Roles.Prosecutor).PostAsync($"{Steps.PathOf(_jason, _interview)}/waivers", waiver).RuleAsync()).ShouldBe("rule-not-waivable");

        await _house.TeamAsync(_jason, new ConflictLifted(_jason, Vos));
        await _house.BookAsync(_jason, _interview, Steps.Slot(Late, interviewer: "i-vos")).JsonAsync(200);
    }

    private async Task<List<string?>> InterviewersAsync() =>
        [.. (await SearchAsync()).GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("interviewerId").GetString()).Distinct()];

    // In these days Vos is away and Brouwer is the only one certified for eight years of age.
    private Task<JsonElement> SearchAsync(string from = "2026-10-13T00:00:00Z", string to = "2026-10-15T00:00:00Z") => _house.As(Roles.Interviewer)
        .PostAsync($"{Steps.PathOf(_jason, _interview)}/slot-searches", new { from, to }).JsonAsync(200);

    private static IEnumerable<List<string?>> RulesOf(JsonElement search, string room) => search.GetProperty("rejected").EnumerateArray()
        .Where(rejection => rejection.GetProperty("roomId").GetString() == room)
        .Select(rejection => rejection.GetProperty("rules").EnumerateArray().Select(rule => rule.GetString()).ToList());
}
