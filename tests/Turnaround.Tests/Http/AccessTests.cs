using Barnahus.Platform.Access;
using Barnahus.Testing;
using static Barnahus.Turnaround.Tests.Http.TurnaroundRunning;
using static Barnahus.Turnaround.Tests.Some;

namespace Barnahus.Turnaround.Tests.Http;

/// <summary>The column "clocks" of access.md, judged child by child.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private static readonly Guid Stranger = Guid.Parse("01990000-0000-7000-8000-00000000a009");
    private static readonly Guid Colleague = Guid.Parse("01990000-0000-7000-8000-00000000a008");
    private readonly string _case = $"/turnaround/v1/cases/{CaseId}";
    private TurnaroundRunning _running = null!;

    public async Task InitializeAsync()
    {
        _running = await StartAsync();
        await _running.JoinTeamAsync(Child, Prosecutor, Roles.Prosecutor);
        await _running.FileAsync(Child, 0);
    }

    public async Task DisposeAsync() => await _running.DisposeAsync();

    [Fact]
    public async Task Who_is_not_on_the_team_gets_the_answer_of_a_case_that_is_not_there()
    {
        var stranger = _running.As(Stranger, Roles.Prosecutor);
        var refused = await stranger.GetStringOfAsync(_case);
        refused.ShouldBe(await stranger.GetStringOfAsync($"/turnaround/v1/cases/{Guid.NewGuid()}"));
        refused.Status.ShouldBe(404);
        (await stranger.GetAsync("/turnaround/v1/board").JsonAsync(200)).GetArrayLength().ShouldBe(0);
        await stranger.PostAsync($"{_case}/suspensions", new { reason = "waarom" }).JsonAsync(404);
        await stranger.PostAsync($"{_case}/milestones", new { milestone = "verdict", at = Reported }).JsonAsync(404);
        await stranger.PostAsync("/turnaround/v1/cases", new { children = new[] { Child }, region = "x", reportedAt = Reported }).JsonAsync(404);
    }

    [Theory]
    [InlineData(Roles.IntakeOfficer, 200)]
    [InlineData(Roles.Interviewer, 200)]
    [InlineData(Roles.SafetyCoordinator, 200)]
    [InlineData(Roles.VictimSupport, 200)]
    [InlineData(Roles.Psychologist, 403)]
    [InlineData(Roles.Medical, 403)]
    [InlineData(Roles.Planner, 403)]
    [InlineData(Roles.Administrator, 403)]
    public async Task A_member_of_the_team_reads_clocks_by_role(string role, int status)
    {
        await _running.JoinTeamAsync(Child, Colleague, role);

        await _running.As(Colleague, role).GetAsync(_case).JsonAsync(status);
    }

    [Theory]
    [InlineData(Roles.Interviewer)]
    [InlineData(Roles.IntakeOfficer)]
    [InlineData(Roles.Auditor)]
    public async Task Only_the_prosecutor_decides_about_clocks(string role)
    {
        await _running.JoinTeamAsync(Child, Colleague, role);

        await _running.As(Colleague, role).PostAsync($"{_case}/suspensions", new { reason = "waarom" }).JsonAsync(403);
    }

    [Fact]
    public async Task Each_records_the_milestones_of_its_own_trade()
    {
        await _running.JoinTeamAsync(Child, Colleague, Roles.SafetyCoordinator);
        var coordinator = _running.As(Colleague, Roles.SafetyCoordinator);

        await coordinator.PostAsync($"{_case}/milestones", new { milestone = "veilig-thuis-report", at = At("2026-09-05T08:30:00Z") }).JsonAsync(200);
        await coordinator.PostAsync($"{_case}/milestones", new { milestone = "verdict", at = At("2026-09-05T08:30:00Z") }).JsonAsync(403);
    }

    [Fact]
    public async Task The_auditor_sees_clocks_and_no_numbers_or_reasons()
    {
        var prosecutor = _running.AsProsecutor();
        await prosecutor.PostAsync($"{_case}/milestones", new { milestone = "file-to-om", at = At("2026-09-05T08:30:00Z"), parketnummer = "18/123456-26" }).JsonAsync(200);
        await prosecutor.PostAsync($"{_case}/suspensions", new { reason = "Verdachte in het buitenland" }).JsonAsync(200);
        await _running.CaughtUpAsync();

        var shown = await _running.As(Stranger, Roles.Auditor).GetAsync(_case).JsonAsync(200);
        shown.GetProperty("clocks").GetArrayLength().ShouldBeGreaterThan(2);
        shown.Lacks("numbers").ShouldBeTrue();
        shown.GetProperty("decisions").EnumerateArray().ShouldAllBe(decision => decision.Lacks("why"));
    }

    /// <summary>The forensic window counts from the moment of abuse: even its place on the board would tell it.</summary>
    [Theory]
    [InlineData(Roles.Prosecutor, true)]
    [InlineData(Roles.SafetyCoordinator, true)]
    [InlineData(Roles.Interviewer, false)]
    [InlineData(Roles.Lawyer, false)]
    [InlineData(Roles.VictimSupport, false)]
    [InlineData(Roles.Auditor, false)]
    public async Task The_clock_that_tells_the_moment_of_abuse_is_there_for_who_sees_the_file_and_else_not_at_all(string role, bool told)
    {
        await _running.JoinTeamAsync(Child, Colleague, role);
        var reader = _running.As(Colleague, role);
        foreach (var path in new[] { _case, "/turnaround/v1/board", "/turnaround/v1/board?state=running", "/turnaround/v1/board?state=breached" })
        {
            var seen = (await reader.GetAsync(path).JsonAsync(200)).ToString();
            seen.Contains("forensic-window", StringComparison.Ordinal).ShouldBe(told && !path.EndsWith("breached", StringComparison.Ordinal), path);
            seen.Contains("report-to-file", StringComparison.Ordinal).ShouldBe(!path.EndsWith("breached", StringComparison.Ordinal), path);
        }
    }

    [Fact]
    public async Task An_auditor_reads_pseudonyms_of_children()
    {
        var auditor = _running.As(Stranger, Roles.Auditor);
        var board = await auditor.GetStringOfAsync("/turnaround/v1/board");
        board.Text.ShouldNotContain($"{Child}");
        board.Text.ShouldContain("kind-");
        (await auditor.GetStringOfAsync(_case)).Text.ShouldNotContain($"{Child}");
    }

    [Fact]
    public async Task A_share_of_few_cases_is_hidden_and_the_board_gives_no_forecast_on_them()
    {
        var prosecutor = _running.AsProsecutor();
        await prosecutor.PostAsync($"{_case}/milestones", new { milestone = "file-to-om", at = At("2026-09-05T08:30:00Z") }).JsonAsync(200);
        await _running.CaughtUpAsync();
        var share = (await prosecutor.GetAsync("/turnaround/v1/board/shares?region=Noord-Nederland&stage=police").JsonAsync(200)).EnumerateArray().Single();
        share.GetProperty("clock").GetString().ShouldBe("report-to-file");
        (share.Lacks("cases") && share.Lacks("withinPercent")).ShouldBeTrue();
        share.GetProperty("hidden").GetProperty("nl").GetString().ShouldBe("minder dan vijf zaken");
        (await prosecutor.GetAsync("/turnaround/v1/board/shares?region=Limburg").JsonAsync(200)).GetArrayLength().ShouldBe(0);
        await _running.As(Colleague, Roles.Lawyer).GetAsync("/turnaround/v1/board/shares").JsonAsync(403);
        (await prosecutor.GetAsync("/turnaround/v1/board").JsonAsync(200)).EnumerateArray()
            .ShouldAllBe(row => row.GetProperty("clock").GetProperty("forecast").GetProperty("outlook").GetString() == "none");
    }

    [Fact]
    public async Task What_a_clock_goes_by_stands_in_the_log_sealed()
    {
        var written = string.Join('\n', await _running.TextsAsync(Case.Stream(CaseId)));
        written.ShouldContain("turnaround.clock-started.v2");
        written.ShouldNotContain("2026-09-03T20:00", customMessage: "the moment of abuse");
        written.ShouldNotContain("forensic-window");
        written.ShouldNotContain("sexual-abuse");
    }

    [Fact]
    public async Task A_child_of_the_case_that_one_may_not_see_is_not_in_it()
    {
        await _running.JoinTeamAsync(OtherChild, Prosecutor, Roles.Prosecutor);
        using var opened = await _running.AsProsecutor().PostAsync(
            "/turnaround/v1/cases", new { children = new[] { Child, OtherChild }, region = "Noord-Nederland", reportedAt = Reported });
        await _running.CaughtUpAsync();
        var joint = opened.Headers.Location!.ToString()["/api".Length..];
        await _running.JoinTeamAsync(Child, Colleague, Roles.IntakeOfficer);
        var colleague = _running.As(Colleague, Roles.IntakeOfficer);

        (await colleague.GetStringOfAsync(joint)).Text.ShouldNotContain(OtherChild.ToString());
        (await colleague.GetStringOfAsync("/turnaround/v1/board")).Text.ShouldNotContain(OtherChild.ToString());
        await colleague.PostAsync($"{joint}/milestones", new { milestone = "file-to-om", at = At("2026-09-05T08:30:00Z") }).JsonAsync(404);
    }

    [Fact]
    public async Task A_new_version_of_a_norm_leaves_clocks_that_run_alone()
    {
        var administrator = _running.As(Colleague, Roles.Administrator);
        var norms = await administrator.GetAsync("/turnaround/v1/norms").JsonAsync(200);
        norms.GetArrayLength().ShouldBe(13);
        var norm = norms.EnumerateArray().Single(norm => norm.GetProperty("key").GetString() == "report-to-file");
        var body = $$"""
            {"key":"report-to-file","name":{{norm.GetProperty("name")}},"rule":{{norm.GetProperty("rule").ToString().Replace("\"length\":6", "\"length\":3")}},
             "source":{{norm.GetProperty("source")}},"validFrom":"2026-09-06"}
            """;
        var published = await administrator.PostAsync("/turnaround/v1/norms", new StringContent(body, null, "application/json")).JsonAsync(201);
        published.GetProperty("version").GetInt32().ShouldBe(2);
        await _running.AsProsecutor().PostAsync("/turnaround/v1/norms", new StringContent(body, null, "application/json")).JsonAsync(403);

        await _running.JoinTeamAsync(OtherChild, Prosecutor, Roles.Prosecutor);
        await _running.FileAsync(Child, 1);
        await _running.FileAsync(OtherChild, 0, reportedAt: "2026-09-06T08:00:00Z");
        (await VersionAsync(CaseId)).ShouldBe(1);
        (await VersionAsync(Case.OwnOf(OtherChild))).ShouldBe(2);
    }

    private async Task<int> VersionAsync(Guid caseId) =>
        (await _running.ClockAsync(caseId, "report-to-file")).GetProperty("norm").GetProperty("version").GetInt32();
}

internal static class Answers
{
    /// <summary>Status and body, without what differs in every answer.</summary>
    public static async Task<(int Status, string Text)> GetStringOfAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, System.Text.RegularExpressions.Regex.Replace(text, "\"traceId\":\"[^\"]*\"", "", default, TimeSpan.FromSeconds(1)));
    }
}
