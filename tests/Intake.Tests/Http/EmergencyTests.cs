using System.Text.Json;
using Barnahus.Contracts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Intake.Tests.Http;

/// <summary>Break-glass over HTTP: who may, what opens, who is alarmed, who judges; to everybody else the child is not there.</summary>
public sealed class EmergencyTests : IAsyncLifetime
{
    private const string House = "00000000000099900101";
    private const string Region = "Midden-Nederland";
    private static readonly Guid Colleague = DerivedId.From("colleague");
    private static readonly Guid Auditor = DerivedId.From("auditor");
    private IntakeFixture _intake = null!;
    private Guid _child;

    public async Task InitializeAsync()
    {
        _intake = await IntakeFixture.StartAsync(Cases.Time(1));
        (_, _child) = await _intake.AcceptAsync(1);
        await LearnAsync(IntakeFixture.Interviewer, Roles.Interviewer, House);
        await LearnAsync(Colleague, Roles.Interviewer, House);
        await LearnAsync(Auditor, Roles.Auditor, "00000000000099900107");
        await _intake.Service.CaughtUpAsync();
    }

    public async Task DisposeAsync() => await _intake.DisposeAsync();

    [Fact]
    public async Task A_colleague_of_the_region_opens_the_file_reads_it_and_changes_nothing()
    {
        var colleague = AsColleague();
        await colleague.GetAsync(File).JsonAsync(404);
        await BreakAsync(colleague, 200);
        (await colleague.GetAsync(File).JsonAsync(200)).GetProperty("identity").GetProperty("givenName").GetString().ShouldBe("Jason");
        await colleague.PostAsync($"{File}/wishes", new { words = "x" }).JsonAsync(404);
    }

    [Theory]
    [InlineData("Limburg", House)]
    [InlineData(Region, "00000000000099900999")]
    public async Task Elsewhere_the_child_is_not_there(string region, string organisation)
    {
        var refused = await BreakAsync(_intake.Service.As(Colleague, Roles.Interviewer, region, organisation), 404);
        var absent = await BreakAsync(AsColleague(), 404, DerivedId.From("nobody"));
        Told(refused).ShouldBe(Told(absent));
    }

    [Fact]
    public async Task Who_is_in_conflict_finds_no_child()
    {
        await _intake.DoAsync($"/children/{_child}/access/conflicts", new { accountId = Colleague });
        Told(await BreakAsync(AsColleague(), 404)).ShouldBe(Told(await BreakAsync(AsColleague(), 404, DerivedId.From("nobody"))));
    }

    [Fact]
    public async Task The_team_and_the_auditor_are_alarmed_at_once_and_strangers_are_not()
    {
        using var officer = await AlarmWatch.OpenAsync(_intake.AsOfficer());
        using var auditor = await AlarmWatch.OpenAsync(AsAuditor());
        using var stranger = await AlarmWatch.OpenAsync(_intake.Service.As(DerivedId.From("stranger"), Roles.IntakeOfficer));
        await BreakAsync(AsColleague(), 200);
        (await officer.NextAsync()).ShouldContain($"{_child:D}");
        (await auditor.NextAsync()).ShouldContain($"{_child:D}");
        (await stranger.NextAsync(TimeSpan.FromSeconds(1))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_alarm_is_on_the_record_of_who_is_told_before_it_is_told()
    {
        using var auditor = await AlarmWatch.OpenAsync(AsAuditor());
        await BreakAsync(AsColleague(), 200);
        (await auditor.NextAsync()).ShouldNotBeEmpty();

        var looked = (await _intake.AccessesAsync()).Where(one => one.Envelope.Actor.AccountId == Auditor).ShouldHaveSingleItem();
        var told = (Looked)looked.Event;
        told.Route.ShouldBe("/intake/v1/access/alarms");
        told.Looks.ShouldHaveSingleItem().About.ShouldBe(SubjectId.Child(_child));
        told.Looks[0].What.ShouldBe(["emergency-opening"]);
        var opener = (await _intake.AccessesAsync()).Where(one => one.Envelope.Actor.AccountId == Colleague).ShouldHaveSingleItem();
        ((Looked)opener.Event).Looks.ShouldHaveSingleItem().What.ShouldBe(["command"], "who opened it was told that the child is there");
    }

    /// <summary>A role that was taken, or a session that was ended, is out with the token; what happened meanwhile is told to the next one.</summary>
    [Fact]
    public async Task The_stream_of_alarms_ends_with_its_token_and_the_next_one_goes_on_where_it_was()
    {
        var officer = _intake.AsOfficer();
        officer.DefaultRequestHeaders.Add("Test-Life", "2");
        using var watch = await AlarmWatch.OpenAsync(officer);
        var last = (await watch.RestAsync()).Single(line => line.StartsWith("id: ", StringComparison.Ordinal))[4..];
        await BreakAsync(AsColleague(), 200);

        officer.DefaultRequestHeaders.Add("Last-Event-ID", last);
        using var next = await AlarmWatch.OpenAsync(officer);
        (await next.NextAsync()).ShouldContain($"{_child:D}");

        using var late = await AlarmWatch.OpenAsync(_intake.AsOfficer());
        (await late.NextAsync(TimeSpan.FromSeconds(1))).ShouldBeEmpty("who begins anew is told what happens from now on");
        officer.DefaultRequestHeaders.Remove("Last-Event-ID");
        officer.DefaultRequestHeaders.Add("Last-Event-ID", "yesterday");
        await officer.GetAsync("/intake/v1/access/alarms").JsonAsync(400);
    }

    [Fact]
    public async Task It_stays_to_be_judged_until_somebody_else_did_and_then_closes()
    {
        var breakId = (await BreakAsync(AsColleague(), 200)).GetProperty("breakId").GetGuid();
        var open = (await _intake.GetAsync("/access/emergency-openings?open=true"))[0];
        open.GetProperty("reason").GetString().ShouldBe("Jason staat nu aan de balie");
        var auditors = (await AsAuditor().GetAsync("/intake/v1/access/emergency-openings?open=true").JsonAsync(200))[0];
        auditors.ToString().ShouldNotContain("balie");

        var body = new { breakId, justified = true, remark = "Terecht" };
        await AsColleague().PostAsync($"{File}/access/reviews", body).JsonAsync(403);
        await _intake.DoAsync($"/children/{_child}/access/reviews", body);
        (await _intake.GetAsync("/access/emergency-openings?open=true")).GetArrayLength().ShouldBe(0);
        (await _intake.GetAsync("/access/emergency-openings"))[0].GetProperty("review").GetProperty("justified").GetBoolean().ShouldBeTrue();
        await AsColleague().GetAsync(File).JsonAsync(404);
        (await _intake.RefusedAsync($"/children/{_child}/access/reviews", body)).ShouldBe("nothing-to-review");
    }

    [Fact]
    public async Task Who_sees_only_what_is_needed_to_receive_the_child_hears_of_the_opening_and_not_why()
    {
        var lawyer = DerivedId.From("lawyer");
        await LearnAsync(lawyer, Roles.Lawyer, "00000000000099900111");
        await _intake.Service.CaughtUpAsync();
        await _intake.DoAsync($"/children/{_child}/team-members", new { accountId = lawyer, role = Roles.Lawyer });
        var breakId = (await BreakAsync(AsColleague(), 200)).GetProperty("breakId").GetGuid();
        await _intake.DoAsync($"/children/{_child}/access/reviews", new { breakId, justified = true, remark = "Terecht aan de balie" });

        var theirs = (await _intake.Service.As(lawyer, Roles.Lawyer).GetAsync("/intake/v1/access/emergency-openings").JsonAsync(200))[0];

        theirs.GetProperty("breakId").GetGuid().ShouldBe(breakId);
        theirs.ToString().ShouldNotContain("balie");
        (await _intake.GetAsync("/access/emergency-openings"))[0].ToString().ShouldContain("Terecht aan de balie");
    }

    [Fact]
    public async Task Content_is_granted_to_an_auditor_by_two_people()
    {
        (await ProposeAsync()).GetProperty("inForce").GetBoolean().ShouldBeFalse();
        var administrator = AsAdministrator();
        var waiting = (await administrator.GetAsync("/intake/v1/access/grant-proposals").JsonAsync(200))[0];
        waiting.GetProperty("accountId").GetGuid().ShouldBe(Auditor);
        waiting.GetProperty("group").GetString().ShouldBe("timeline");

        var yes = new { grantId = waiting.GetProperty("grantId").GetGuid(), approve = true };
        await _intake.Service.As(Prosecutor, Roles.Prosecutor).PostAsync($"{File}/access/grants", yes).JsonAsync(400);
        await administrator.PostAsync($"/intake/v1/children/{DerivedId.From("nobody")}/access/grants", yes).JsonAsync(404);
        (await administrator.PostAsync($"{File}/access/grants", yes).JsonAsync(200)).GetProperty("inForce").GetBoolean().ShouldBeTrue();
        await _intake.Service.CaughtUpAsync();
        (await administrator.GetAsync("/intake/v1/access/grant-proposals").JsonAsync(200)).GetArrayLength().ShouldBe(0);
        await administrator.GetAsync(File).JsonAsync(403);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_proposed_before_two_files_became_one_is_decided_after_it(bool byTheOldId)
    {
        var grant = (await ProposeAsync()).GetProperty("grantId").GetGuid();
        var before = (await AsAdministrator().GetAsync("/intake/v1/access/grant-proposals").JsonAsync(200))[0];
        var (_, other) = await _intake.AcceptAsync(2);
        await _intake.DoAsync($"/children/{other}/merge", new { from = _child, reason = "Zelfde kind" });

        var waiting = (await AsAdministrator().GetAsync("/intake/v1/access/grant-proposals").JsonAsync(200)).EnumerateArray().ShouldHaveSingleItem();
        waiting.GetProperty("childId").GetGuid().ShouldBe(other);
        waiting.GetProperty("proposedAt").GetString().ShouldBe(before.GetProperty("proposedAt").GetString());
        var path = $"/intake/v1/children/{(byTheOldId ? _child : other)}/access/grants";
        (await AsAdministrator().PostAsync(path, new { grantId = grant, approve = true }).JsonAsync(200)).GetProperty("inForce").GetBoolean().ShouldBeTrue();
        await _intake.Service.CaughtUpAsync();
        _intake.Service.Services.GetRequiredService<ChildAccess>().SightOf(other, Auditor, Roles.Auditor, DataGroup.Timeline, Cases.Time(1).AddDays(1)).ShouldBe(Sight.Full);
        (await AsAdministrator().GetAsync("/intake/v1/access/grant-proposals").JsonAsync(200)).GetArrayLength().ShouldBe(0);
    }

    private async Task<JsonElement> ProposeAsync()
    {
        await LearnAsync(Prosecutor, Roles.Prosecutor, "00000000000099900102");
        await _intake.Service.CaughtUpAsync();
        await _intake.DoAsync($"/children/{_child}/team-members", new { accountId = Prosecutor, role = Roles.Prosecutor });
        var body = new { accountId = Auditor, group = "timeline", until = Cases.Time(1).AddDays(7) };
        var proposed = await _intake.Service.As(Prosecutor, Roles.Prosecutor).PostAsync($"{File}/access/grants", body).JsonAsync(200);
        await _intake.Service.CaughtUpAsync();
        return proposed;
    }

    private HttpClient AsAdministrator() => _intake.Service.As(DerivedId.From("administrator"), Roles.Administrator);

    private static Guid Prosecutor { get; } = DerivedId.From("prosecutor");

    private string File => $"/intake/v1/children/{_child}";

    private HttpClient AsColleague() => _intake.Service.As(Colleague, Roles.Interviewer, Region, House);

    private HttpClient AsAuditor() => _intake.Service.As(Auditor, Roles.Auditor);

    private async Task<JsonElement> BreakAsync(HttpClient client, int status, Guid? child = null)
    {
        var answer = await client.PostAsync(
            $"/intake/v1/children/{child ?? _child}/access/break-glass", new { reason = "Jason staat nu aan de balie" }).JsonAsync(status);
        await _intake.Service.CaughtUpAsync();
        return answer;
    }

    private Task LearnAsync(Guid accountId, string role, string organisation) => _intake.PublishAsync(
        new AccountChanged(IntakeFixture.Source(accountId, 1), accountId, null, [role], organisation, [Region], false), DerivedId.From(accountId, "learned"));

    /// <summary>All of a problem but the trace, which every request has its own of.</summary>
    private static string Told(JsonElement problem) =>
        string.Join('|', problem.EnumerateObject().Where(member => member.Name != "traceId").Select(member => $"{member.Name}={member.Value}"));
}
