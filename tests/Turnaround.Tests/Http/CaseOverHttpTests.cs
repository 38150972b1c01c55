using Barnahus.Platform.Access;
using Barnahus.Testing;
using Barnahus.Turnaround.Cases;
using static Barnahus.Turnaround.Tests.Http.TurnaroundRunning;
using static Barnahus.Turnaround.Tests.Some;

namespace Barnahus.Turnaround.Tests.Http;

/// <summary>Case 03 as the service runs it: messages in, board and case out, decisions of the prosecutor between.</summary>
public sealed class CaseOverHttpTests : IAsyncLifetime
{
    private readonly string _cases = $"/turnaround/v1/cases/{CaseId}";
    private TurnaroundRunning _running = null!;

    public async Task InitializeAsync()
    {
        _running = await StartAsync();
        await _running.JoinTeamAsync(Child, Prosecutor, Roles.Prosecutor);
        await _running.FileAsync(Child, 0);
    }

    public async Task DisposeAsync() => await _running.DisposeAsync();

    [Fact]
    public async Task The_board_shows_the_clocks_of_the_case_the_most_urgent_first()
    {
        var rows = await _running.AsProsecutor().GetAsync("/turnaround/v1/board?region=Noord-Nederland").JsonAsync(200);

        rows.EnumerateArray().Select(row => row.GetProperty("clock").GetProperty("clock").GetString())
            .ShouldBe(["forensic-window", "referral-to-assessment", "report-to-file"]);
        var window = rows[0].GetProperty("clock");
        window.GetProperty("due").GetDateTimeOffset().ShouldBe(At("2026-09-10T20:00:00Z"));
        window.GetProperty("daysLeft").GetInt32().ShouldBe(5);
        window.GetProperty("state").GetString().ShouldBe("running");
        window.GetProperty("signal").GetProperty("colour").GetString().ShouldBe("green");
        window.GetProperty("signal").GetProperty("nl").GetString().ShouldBe("op schema");
        window.GetProperty("norm").GetProperty("source").GetProperty("verified").GetString().ShouldBe("V");
    }

    [Theory]
    [InlineData("?region=Limburg", 0)]
    [InlineData("?stage=medical", 1)]
    [InlineData("?state=breached", 0)]
    [InlineData("?stage=police&state=running", 1)]
    public async Task The_board_is_filtered(string query, int rows) =>
        (await _running.AsProsecutor().GetAsync("/turnaround/v1/board" + query).JsonAsync(200)).GetArrayLength().ShouldBe(rows);

    [Fact]
    public async Task A_request_for_an_interview_starts_a_clock_and_the_examination_stops_one()
    {
        await _running.InterviewsAsync(Child, 1, "requested");
        (await _running.ClockAsync(CaseId, "request-to-interview")).GetProperty("norm").GetProperty("key").GetString().ShouldBe("interview-urgent");

        await _running.InterviewsAsync(Child, 2, "completed", "2026-09-05T08:50:00Z", "2026-09-05T08:40:00Z");
        (await _running.ClockAsync(CaseId, "request-to-interview")).GetProperty("state").GetString().ShouldBe("met");
        (await _running.ClockAsync(CaseId, "forensic-window")).GetProperty("state").GetString().ShouldBe("met");
        var met = await _running.AsProsecutor().GetAsync("/turnaround/v1/board?state=met").JsonAsync(200);
        met.GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_message_delivered_twice_has_one_effect()
    {
        var before = await _running.StreamAsync(Case.Stream(CaseId));
        await _running.FileAsync(Child, 0);

        (await _running.StreamAsync(Case.Stream(CaseId))).Count.ShouldBe(before.Count);
    }

    [Fact]
    public async Task The_prosecutor_sets_a_target_with_a_plan_and_suspends_extends_and_resumes()
    {
        var prosecutor = _running.AsProsecutor();
        var clockId = (await _running.ClockAsync(CaseId, "report-to-file")).GetProperty("clockId").GetGuid();
        await prosecutor.PostAsync($"{_cases}/targets", new { clockId, due = At("2026-12-01T11:00:00Z"), planOfApproach = "Twee rechercheurs vrijgemaakt" }).JsonAsync(200);
        await prosecutor.PostAsync($"{_cases}/extensions", new { clockId, due = At("2026-12-15T11:00:00Z"), reason = "Digitale sporen" }).JsonAsync(200);
        await prosecutor.PostAsync($"{_cases}/suspensions", new { clockId, reason = "Verdachte in het buitenland" }).JsonAsync(200);
        await _running.CaughtUpAsync();
        (await _running.ClockAsync(CaseId, "report-to-file")).GetProperty("state").GetString().ShouldBe("suspended");
        await prosecutor.PostAsync($"{_cases}/resumptions", new { clockId }).JsonAsync(200);
        await _running.CaughtUpAsync();

        var clock = await _running.ClockAsync(CaseId, "report-to-file");
        clock.GetProperty("dueBy").GetString().ShouldBe("extension");
        clock.GetProperty("due").GetDateTimeOffset().ShouldBe(At("2026-12-15T11:00:00Z"), TimeSpan.FromMinutes(1));
        clock.GetProperty("normDue").GetDateTimeOffset().ShouldBe(At("2027-03-05T09:00:00Z"), TimeSpan.FromMinutes(1));
        var decisions = (await _running.CaseAsync(CaseId)).GetProperty("decisions").EnumerateArray().ToList();
        decisions.Select(decision => decision.GetProperty("kind").GetString()).ShouldBe(["target", "extension", "suspension", "resumption"]);
        decisions[0].GetProperty("why").GetString().ShouldBe("Twee rechercheurs vrijgemaakt");
        decisions[0].GetProperty("by").GetGuid().ShouldBe(Prosecutor);
    }

    [Fact]
    public async Task A_milestone_is_recorded_once_whatever_is_sent_twice()
    {
        var prosecutor = _running.AsProsecutor();
        prosecutor.DefaultRequestHeaders.Add("Idempotency-Key", "milestone-1");
        var milestone = new { milestone = "file-to-om", at = At("2026-09-05T08:30:00Z"), parketnummer = "18/123456-26" };
        await prosecutor.PostAsync($"{_cases}/milestones", milestone).JsonAsync(200);
        await prosecutor.PostAsync($"{_cases}/milestones", milestone).JsonAsync(200);
        await _running.CaughtUpAsync();

        var shown = await _running.CaseAsync(CaseId);
        shown.GetProperty("milestones").EnumerateArray().Single().GetProperty("nl").GetString().ShouldBe("Dossier naar het OM");
        shown.GetProperty("numbers").GetProperty("parketNumber").GetString().ShouldBe("18/123456-26");
        (await _running.StreamAsync(Case.Stream(CaseId))).Count(recorded => recorded.Event is MilestoneReached).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_in_the_way_is_said_and_a_stale_decision_is_refused()
    {
        var prosecutor = _running.AsProsecutor();
        var clockId = (await _running.ClockAsync(CaseId, "forensic-window")).GetProperty("clockId").GetGuid();
        var refused = await prosecutor.PostAsync($"{_cases}/extensions", new { clockId, due = At("2026-12-15T11:00:00Z"), reason = "meer tijd" }).JsonAsync(409);
        refused.GetProperty("rule").GetString().ShouldBe("clock-cannot-wait");

        prosecutor.DefaultRequestHeaders.Add("If-Match", "\"0\"");
        await prosecutor.PostAsync($"{_cases}/suspensions", new { reason = "waarom" }).JsonAsync(412);
    }

    [Theory]
    [InlineData("milestones", """{"milestone":"full-moon","at":"2026-09-05T08:30:00Z"}""", "milestone")]
    [InlineData("milestones", """{"milestone":"verdict","at":"0001-01-01T00:00:00Z"}""", "at")]
    [InlineData("targets", """{"clockId":"01990000-0000-7000-8000-000000000001","due":"9999-12-31T23:59:59Z","planOfApproach":"x"}""", "due")]
    [InlineData("targets", """{"clockId":"01990000-0000-7000-8000-000000000001","due":"2026-12-31T23:59:59Z","planOfApproach":" "}""", "planOfApproach")]
    [InlineData("suspensions", """{"reason":null}""", "reason")]
    [InlineData("extensions", """{"clockId":"x","due":"2026-12-31T23:59:59Z","reason":"x"}""", "clockId")]
    [InlineData("resumptions", """{"until":"2026-12-31T23:59:59Z"}""", "until")]
    public async Task What_cannot_be_understood_is_answered_field_by_field(string path, string body, string field)
    {
        var problem = await _running.AsProsecutor().PostAsync($"{_cases}/{path}", new StringContent(body, null, "application/json")).JsonAsync(400);

        problem.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe(field);
    }

    [Fact]
    public async Task A_case_of_several_children_is_opened_by_hand()
    {
        await _running.JoinTeamAsync(OtherChild, Prosecutor, Roles.Prosecutor);
        using var answer = await _running.AsProsecutor().PostAsync(
            "/turnaround/v1/cases", new { children = new[] { Child, OtherChild }, region = "Noord-Nederland", reportedAt = Reported, procesVerbaalnummer = "PL0100-2026-1" });
        ((int)answer.StatusCode).ShouldBe(201);
        await _running.CaughtUpAsync();

        var opened = await _running.AsProsecutor().GetAsync(answer.Headers.Location!.ToString()["/api".Length..]).JsonAsync(200);
        opened.GetProperty("children").EnumerateArray().Select(child => child.GetGuid()).ShouldBe([Child, OtherChild]);
        opened.GetProperty("clocks").EnumerateArray().Single().Lacks("childId").ShouldBeTrue();
    }
}
