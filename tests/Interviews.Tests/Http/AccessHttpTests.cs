using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Testing;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>Who sees what of an interview (access.md), and what a stranger is told: nothing.</summary>
public sealed class AccessHttpTests(AccessHttpTests.Held held) : IClassFixture<AccessHttpTests.Held>
{
    private readonly InterviewHouse _house = held.House;
    private readonly Guid _jason = held.Jason;
    private readonly Guid _interview = held.Interview;

    [Theory]
    [InlineData(Roles.IntakeOfficer, "file", "", "", "")]
    [InlineData(Roles.Interviewer, "file", "advice", "account", "")]
    [InlineData(Roles.Psychologist, "file", "advice", "account", "")]
    [InlineData(Roles.Prosecutor, "file", "advice", "account", "")]
    [InlineData(Roles.ExaminingJudge, "file", "advice", "account", "")]
    [InlineData(Roles.SafetyCoordinator, "file", "practical", "", "")]
    [InlineData(Roles.Medical, "", "practical", "", "medical")]
    [InlineData(Roles.YouthCare, "file", "practical", "", "")]
    [InlineData(Roles.Lawyer, "", "", "", "")]
    public async Task A_role_sees_its_groups_and_no_more(string role, string file, string advice, string account, string medical)
    {
        var list = await _house.As(role).GetAsync(Steps.PathOf(_jason)).JsonAsync(200);
        var one = list.GetProperty("items")[0];
        Seen(one, "request").ShouldBe(file == "file");
        Seen(one, "decision").ShouldBe(file == "file");
        Seen(one, "preVisit").ShouldBe(file == "file");
        Seen(one, "account").ShouldBe(account == "account");
        Seen(list, "medical").ShouldBe(medical == "medical");
        Seen(one, "advice").ShouldBe(advice.Length > 0);
        var text = list.ToString();
        text.Contains("camera flash", StringComparison.Ordinal).ShouldBe(advice == "advice");
        text.Contains("His own cap on", StringComparison.Ordinal).ShouldBe(advice.Length > 0);
        text.Contains("dapper", StringComparison.Ordinal).ShouldBe(account == "account");
        text.Contains("He told his teacher", StringComparison.Ordinal).ShouldBe(file == "file");
    }

    /// <summary>What a role gets of an interview beside the groups: dates and place for all, how it came about for those who see the file.</summary>
    [Theory]
    [InlineData(Roles.IntakeOfficer, true)]
    [InlineData(Roles.Interviewer, true)]
    [InlineData(Roles.SafetyCoordinator, true)]
    [InlineData(Roles.YouthCare, true)]
    [InlineData(Roles.Medical, false)]
    [InlineData(Roles.Lawyer, false)]
    public async Task Who_sees_needs_only_learns_when_and_where_and_nothing_else_of_an_interview(string role, bool file)
    {
        var one = await _house.As(role).GetAsync(Steps.PathOf(_jason, _interview)).JsonAsync(200);
        string[] always = ["childId", "interviewId", "kind", "status", "requestedAt", "startedAt", "completedAt", "booking"];
        string[] ofFile = ["second", "psychologistId", "phases", "request", "decision", "preVisit", "waivers"];
        var seen = one.EnumerateObject().Where(part => part.Value.ValueKind != JsonValueKind.Null).Select(part => part.Name).ToList();
        seen.Except(["advice", "account", .. file ? ofFile : []]).ShouldBe(always, ignoreOrder: true);
        var booking = one.GetProperty("booking").EnumerateObject().Select(part => part.Name).ToList();
        booking.ShouldBeSubsetOf(file ? booking : ["start", "end", "roomId"]);
        one.ToString().Contains(Steps.Mother.ToString(), StringComparison.Ordinal).ShouldBe(file);
    }

    [Theory]
    [InlineData(Roles.SafetyCoordinator)]
    [InlineData(Roles.Medical)]
    [InlineData(Roles.YouthCare)]
    public async Task Of_the_advice_these_see_what_is_needed_to_receive_the_child_and_no_more(string role)
    {
        var advice = (await _house.As(role).GetAsync(Steps.PathOf(_jason, _interview)).JsonAsync(200)).GetProperty("advice").EnumerateArray().ShouldHaveSingleItem();
        advice.EnumerateObject().Select(part => part.Name).ShouldBe(["version", "content"], ignoreOrder: true);
        advice.GetProperty("content").EnumerateObject().Select(part => part.Name).ShouldBe(["setting", "pace", "breaks"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(Roles.Planner)]
    [InlineData(Roles.Administrator)]
    [InlineData(Roles.Auditor)]
    public async Task A_role_without_a_part_in_it_is_not_let_in(string role) =>
        await _house.As(role).GetAsync(Steps.PathOf(_jason)).JsonAsync(403);

    [Fact]
    public async Task A_stranger_learns_no_more_of_this_child_than_of_one_that_does_not_exist()
    {
        var stranger = _house.AsOutsider(Roles.Interviewer);
        var body = new { kind = "forensic", question = "?" };
        var paths = new Func<Guid, Task<JsonElement>>[]
        {
            child => stranger.GetAsync(Steps.PathOf(child)).JsonAsync(404),
            child => stranger.GetAsync(Steps.PathOf(child, _interview)).JsonAsync(404),
            child => stranger.PostAsync(Steps.PathOf(child), body).JsonAsync(404),
            child => stranger.PostAsync($"{Steps.PathOf(child, _interview)}/booking", Steps.Slot()).JsonAsync(404),
            child => stranger.PostAsync($"{Steps.PathOf(child, _interview)}/slot-searches", new { }).JsonAsync(404),
            child => stranger.PostAsync($"{Steps.PathOf(child, _interview)}/start", new { }).JsonAsync(404),
        };
        foreach (var path in paths)
        {
            Told(await path(_jason)).ShouldBe(Told(await path(Guid.Parse("0198f000-0000-7000-8000-0000000000ff"))));
        }
    }

    [Fact]
    public async Task An_interview_of_another_child_is_not_found_under_this_one()
    {
        var other = await _house.ChildAsync(Steps.Jason);
        await _house.As(Roles.Interviewer).GetAsync(Steps.PathOf(other, _interview)).JsonAsync(404);
        await _house.As(Roles.Interviewer).PostAsync($"{Steps.PathOf(other, _interview)}/start", new { }).JsonAsync(404);
    }

    [Theory]
    [InlineData("decision", Roles.Interviewer)]
    [InlineData("advice", Roles.Interviewer)]
    [InlineData("booking", Roles.Prosecutor)]
    [InlineData("start", Roles.Psychologist)]
    [InlineData("completion", Roles.Prosecutor)]
    [InlineData("waivers", Roles.Interviewer)]
    public async Task Each_step_is_taken_by_its_own_role(string step, string role) =>
        await _house.As(role).PostAsync($"{Steps.PathOf(_jason, _interview)}/{step}", Body(step)).JsonAsync(403);

    [Fact]
    public async Task A_stale_revision_is_refused()
    {
        var client = _house.As(Roles.Prosecutor);
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "\"0\"");
        await client.PostAsync($"{Steps.PathOf(_jason, _interview)}/decision", Body("decision")).JsonAsync(412);
    }

    // All but the trace id, which differs between any two requests.
    private static string Told(JsonElement problem) =>
        string.Join('|', problem.EnumerateObject().Where(part => part.Name != "traceId").Select(part => part.ToString()));

    private static bool Seen(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    // Well-formed, so that it is the role that is refused and nothing else.
    private static object Body(string step) => step switch
    {
        "decision" => new { approved = true, reasoning = "r" },
        "advice" => new { setting = "s", pace = "p" },
        "booking" => Steps.Slot(),
        "completion" => new { recording = "r", recordingSha256 = new string('a', 64), present = new[] { new { who = "w", place = "interview-room" } } },
        "waivers" => new { rule = "pre-visit-first", why = "w" },
        _ => new { },
    };

    /// <summary>One interview that was held, for all these tests: they only look.</summary>
    public sealed class Held : IAsyncLifetime
    {
        public InterviewHouse House { get; private set; } = null!;

        public Guid Jason { get; private set; }

        public Guid Interview { get; private set; }

        public async Task InitializeAsync()
        {
            House = await InterviewHouse.OpenAsync();
            Jason = await House.ChildAsync(Steps.Jason);
            Interview = await House.DecidedAsync(Jason);
            await House.BookAsync(Jason, Interview, Steps.Slot("2026-09-02T08:30:00Z", attendance: new[] { new { personId = Steps.Mother, place = "welcome" } })).JsonAsync(200);
            await House.PrepareAsync(Jason, Interview);
            await House.HoldAsync(Jason, Interview);
            await House.As(Roles.Medical)
                .PostAsync($"/interviews/v1/children/{Jason:D}/medical-appointments", new { at = "2026-09-03T10:00:00Z", place = "CSG" }).JsonAsync(201);
            await House.SettledAsync();
        }

        public async Task DisposeAsync() => await House.DisposeAsync();
    }
}
