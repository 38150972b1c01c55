using System.Text.Json;
using Barnahus.Contracts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests.Http;

/// <summary>A conflict of interest stops those too who act on a child without its team: who judges, who grants. And nobody uses it alone against who oversees.</summary>
public sealed class ConflictTests : IAsyncLifetime
{
    private const string House = "00000000000099900101";
    private const string Region = "Midden-Nederland";
    private static readonly Guid Colleague = DerivedId.From("colleague");
    private static readonly Guid Auditor = DerivedId.From("auditor");
    private static readonly Guid Prosecutor = DerivedId.From("prosecutor");
    private IntakeFixture _intake = null!;
    private Guid _child;

    public async Task InitializeAsync()
    {
        _intake = await IntakeFixture.StartAsync(Cases.Time(1));
        (_, _child) = await _intake.AcceptAsync(1);
        await LearnAsync(IntakeFixture.Interviewer, Roles.Interviewer, House);
        await LearnAsync(Colleague, Roles.Interviewer, House);
        await LearnAsync(Prosecutor, Roles.Prosecutor, "00000000000099900102");
        await LearnAsync(Auditor, Roles.Auditor, "00000000000099900107");
        await _intake.Service.CaughtUpAsync();
    }

    public async Task DisposeAsync() => await _intake.DisposeAsync();

    [Fact]
    public async Task An_auditor_in_conflict_of_interest_judges_no_opening()
    {
        var breakId = (await BreakAsync()).GetProperty("breakId").GetGuid();
        await MarkedAsync(Auditor);
        var body = new { breakId, justified = true };
        Told(await AsAuditor().PostAsync($"{File}/access/reviews", body).JsonAsync(404))
            .ShouldBe(Told(await AsAuditor().PostAsync($"/intake/v1/children/{DerivedId.From("nobody")}/access/reviews", body).JsonAsync(404)));
        (await _intake.GetAsync("/access/emergency-openings?open=true")).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task An_administrator_in_conflict_of_interest_grants_nothing_and_finds_no_proposal()
    {
        var grant = (await ProposeAsync()).GetProperty("grantId").GetGuid();
        await MarkedAsync(DerivedId.From("administrator"));
        (await AsAdministrator().GetAsync("/intake/v1/access/grant-proposals").JsonAsync(200)).GetArrayLength().ShouldBe(0);
        await AsAdministrator().PostAsync($"{File}/access/grants", new { grantId = grant, approve = true }).JsonAsync(404);
        (await _intake.Service.As(DerivedId.From("second"), Roles.Administrator).GetAsync("/intake/v1/access/grant-proposals").JsonAsync(200)).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task One_member_of_the_team_alone_puts_no_auditor_out_of_sight()
    {
        using var auditor = await AlarmWatch.OpenAsync(AsAuditor());
        var sheet = await _intake.DoAsync($"/children/{_child}/access/conflicts", new { accountId = Auditor });
        sheet.GetProperty("conflicts").GetArrayLength().ShouldBe(0);
        sheet.GetProperty("awaiting")[0].GetGuid().ShouldBe(Auditor);
        await BreakAsync();
        (await auditor.NextAsync()).ShouldContain($"{_child:D}");
        (await AsAuditor().GetAsync("/intake/v1/access/emergency-openings").JsonAsync(200)).GetArrayLength().ShouldBe(1);

        var waiting = (await AsAdministrator().GetAsync("/intake/v1/access/grant-proposals").JsonAsync(200)).EnumerateArray().ShouldHaveSingleItem();
        waiting.GetProperty("accountId").GetGuid().ShouldBe(Auditor);
        var yes = new { grantId = waiting.GetProperty("grantId").GetGuid(), approve = true };
        var stands = await AsAdministrator().PostAsync($"{File}/access/grants", yes).JsonAsync(200);
        stands.GetProperty("inForce").GetBoolean().ShouldBeTrue();
        stands.GetProperty("proposed").GetBoolean().ShouldBeFalse();
        await _intake.Service.CaughtUpAsync();
        (await AsAuditor().GetAsync("/intake/v1/access/emergency-openings").JsonAsync(200)).GetArrayLength().ShouldBe(0);
        (await AsAdministrator().GetAsync("/intake/v1/access/grant-proposals").JsonAsync(200)).GetArrayLength().ShouldBe(0);
    }

    /// <summary>Marked before the account was given the role of auditor, or with an administrator's yes: either way it is in force.</summary>
    private async Task MarkedAsync(Guid account)
    {
        await _intake.DoAsync($"/children/{_child}/access/conflicts", new { accountId = account });
        var second = _intake.Service.As(DerivedId.From("second"), Roles.Administrator);
        foreach (var waiting in (await second.GetAsync("/intake/v1/access/grant-proposals").JsonAsync(200)).EnumerateArray().Where(one => one.GetProperty("accountId").GetGuid() == account))
        {
            await second.PostAsync($"{File}/access/grants", new { grantId = waiting.GetProperty("grantId").GetGuid(), approve = true }).JsonAsync(200);
        }

        await _intake.Service.CaughtUpAsync();
    }

    private async Task<JsonElement> ProposeAsync()
    {
        await _intake.DoAsync($"/children/{_child}/team-members", new { accountId = Prosecutor, role = Roles.Prosecutor });
        var body = new { accountId = Auditor, group = "timeline", until = Cases.Time(1).AddDays(7) };
        var proposed = await _intake.Service.As(Prosecutor, Roles.Prosecutor).PostAsync($"{File}/access/grants", body).JsonAsync(200);
        await _intake.Service.CaughtUpAsync();
        return proposed;
    }

    private async Task<JsonElement> BreakAsync()
    {
        var colleague = _intake.Service.As(Colleague, Roles.Interviewer, Region, House);
        var answer = await colleague.PostAsync($"{File}/access/break-glass", new { reason = "Jason staat nu aan de balie" }).JsonAsync(200);
        await _intake.Service.CaughtUpAsync();
        return answer;
    }

    private HttpClient AsAdministrator() => _intake.Service.As(DerivedId.From("administrator"), Roles.Administrator);

    private HttpClient AsAuditor() => _intake.Service.As(Auditor, Roles.Auditor);

    private string File => $"/intake/v1/children/{_child}";

    private Task LearnAsync(Guid accountId, string role, string organisation) => _intake.PublishAsync(
        new AccountChanged(IntakeFixture.Source(accountId, 1), accountId, null, [role], organisation, [Region], false), DerivedId.From(accountId, "learned"));

    /// <summary>All of a problem but the trace, which every request has its own of.</summary>
    private static string Told(JsonElement problem) =>
        string.Join('|', problem.EnumerateObject().Where(member => member.Name != "traceId").Select(member => $"{member.Name}={member.Value}"));
}
