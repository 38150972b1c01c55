using System.Text.Json;
using Barnahus.Interviews.Slots;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>Who may name a case: it tells when and where its children are in the building.</summary>
public sealed class CaseSightTests : IAsyncLifetime
{
    private const string Visits = "/interviews/v1/suspect-visits";
    private static readonly Guid Joint = Guid.Parse("0198f000-0000-7000-8000-0000000000c2");

    private InterviewHouse _house = null!;
    private Guid _child;

    public async Task InitializeAsync()
    {
        _house = await InterviewHouse.OpenAsync();
        _child = await _house.ChildAsync(Steps.Jason);
        var request = new { kind = "forensic", question = "What happened online", caseIds = new[] { ChildrenByCase.OwnOf(_child), Joint } };
        var requested = await _house.As(Roles.Interviewer).PostAsync(Steps.PathOf(_child), request).JsonAsync(201);
        var interview = requested.GetProperty("interviewId").GetGuid();
        await _house.DecideAsync(_child, interview);
        await _house.BookAsync(_child, interview).JsonAsync(200);
        await _house.SettledAsync();
    }

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task Whoever_is_off_the_team_gets_one_answer_for_a_time_that_is_taken_for_a_free_one_and_for_no_case()
    {
        var put = _house.AsOutsider(Roles.Interviewer);
        foreach (var caseId in new[] { ChildrenByCase.OwnOf(_child), Joint })
        {
            var taken = Told(await put.PostAsync(Visits, Visit(9, caseId)).JsonAsync(404));
            Told(await put.PostAsync(Visits, Visit(15, caseId)).JsonAsync(404)).ShouldBe(taken);
            Told(await put.PostAsync(Visits, Visit(9, Guid.NewGuid())).JsonAsync(404)).ShouldBe(taken);
            Told(await put.PostAsync(Visits, Visit(9, Guid.NewGuid(), caseId)).JsonAsync(404)).ShouldBe(taken);
        }
    }

    [Fact]
    public async Task Whoever_is_in_conflict_with_a_child_of_the_case_names_it_no_more_though_on_the_team_of_another()
    {
        await SiblingAsync(Roles.Prosecutor);
        await _house.As(Roles.Prosecutor).PostAsync(Visits, Visit(9, Joint)).JsonAsync(409);
        await _house.TeamAsync(_child, new ConflictMarked(_child, InterviewHouse.Account(Roles.Prosecutor)));
        await _house.As(Roles.Prosecutor).PostAsync(Visits, Visit(9, Joint)).JsonAsync(404);
        await _house.As(Roles.Prosecutor).PostAsync(Visits, Visit(15, Joint)).JsonAsync(404);
    }

    [Fact]
    public async Task A_slot_beside_a_child_one_is_in_conflict_with_is_not_to_be_asked_for_and_who_is_merely_off_its_team_may()
    {
        var (sibling, interview) = await SiblingAsync(Roles.Interviewer);
        await _house.DecideAsync(sibling, interview);
        var (path, interviewer) = (Steps.PathOf(sibling, interview), _house.As(Roles.Interviewer));
        var beside = Steps.Slot(room: "utr-2", interviewer: "i-vos");
        await _house.TeamAsync(_child, new MemberRemoved(_child, InterviewHouse.Account(Roles.Interviewer), Roles.Interviewer));
        (await interviewer.PostAsync($"{path}/slot-searches", new { }).JsonAsync(200)).ToString().ShouldContain("children-crossing");
        (await LooksAsync()).ShouldContain(look => look.About == SubjectId.Child(_child) && look.What.Contains("command"), "it tells when the other child is there");
        (await interviewer.PostAsync($"{path}/booking", beside).RuleAsync()).ShouldBe("children-crossing");
        (await LooksAsync()).ShouldContain(look => look.About == SubjectId.Child(_child) && look.What.Contains("rule:children-crossing"));
        await interviewer.PostAsync($"{path}/booking", Steps.Slot("2026-09-10T09:00:00Z", room: "utr-2", interviewer: "i-vos")).JsonAsync(200);

        await _house.TeamAsync(_child, new ConflictMarked(_child, InterviewHouse.Account(Roles.Interviewer)));
        var absent = Told(await interviewer.PostAsync($"{Steps.PathOf(sibling, Guid.NewGuid())}/slot-searches", new { }).JsonAsync(404));
        Told(await interviewer.PostAsync($"{path}/slot-searches", new { }).JsonAsync(404)).ShouldBe(absent);
        await interviewer.PostAsync($"{path}/booking", beside).JsonAsync(404);
        var to = new { reason = "School trip", start = "2026-09-09T09:00:00Z", roomId = "utr-2", interviewerId = "i-vos", psychologistId = "p-meijer" };
        await interviewer.PostAsync($"{path}/rescheduling", to).JsonAsync(404);
    }

    [Fact]
    public async Task A_request_brings_no_other_child_into_a_case_that_is_known_though_one_is_on_both_teams()
    {
        var sibling = await _house.ChildAsync(Steps.Jason);
        foreach (var caseId in new[] { ChildrenByCase.OwnOf(_child), Joint })
        {
            await _house.As(Roles.Prosecutor).PostAsync(Steps.PathOf(sibling), new { kind = "forensic", question = "And she?", caseIds = new[] { caseId } }).JsonAsync(404);
        }
    }

    [Fact]
    public async Task An_interview_of_one_child_is_asked_for_no_case_of_others()
    {
        var (own, account) = (await _house.ChildAsync(Steps.Jason), DerivedId.From($"test-outsider/{Roles.Interviewer}"));
        await _house.TeamAsync(own, new MemberAdded(own, account, Roles.Interviewer));
        var put = _house.AsOutsider(Roles.Interviewer);
        foreach (var caseId in new[] { ChildrenByCase.OwnOf(_child), Joint })
        {
            await put.PostAsync(Steps.PathOf(own), new { kind = "forensic", question = "?", caseIds = new[] { caseId } }).JsonAsync(404);
        }

        await put.PostAsync(Steps.PathOf(own), new { kind = "forensic", question = "?", caseIds = new[] { ChildrenByCase.OwnOf(own) } }).JsonAsync(201);
    }

    [Fact]
    public async Task A_case_of_several_children_is_known_before_anybody_named_it_and_nobody_else_can_take_its_name()
    {
        var (first, second) = (await _house.ChildAsync(Steps.Jason), await _house.ChildAsync(Steps.Jason));
        var (outsider, account) = (_house.AsOutsider(Roles.Interviewer), DerivedId.From($"test-outsider/{Roles.Interviewer}"));
        await _house.TeamAsync(second, new MemberAdded(second, account, Roles.Interviewer));
        var (known, unknown) = (Guid.CreateVersion7(), await _house.ChildAsync(Steps.Jason));
        await _house.TellCaseAsync(known, first);
        await _house.TellCaseAsync(known, unknown);
        await outsider.PostAsync(Visits, Visit(15, known)).JsonAsync(404);
        await outsider.PostAsync(Steps.PathOf(second), new { kind = "forensic", question = "?", caseIds = new[] { known } }).JsonAsync(404);

        await _house.TellCaseAsync(known, second);
        await outsider.PostAsync(Visits, Visit(15, known)).JsonAsync(201);
        await _house.As(Roles.Interviewer).PostAsync(Visits, Visit(16, known)).JsonAsync(201);
        await outsider.PostAsync(Steps.PathOf(second), new { kind = "forensic", question = "?", caseIds = new[] { known } }).JsonAsync(201);
    }

    [Fact]
    public async Task A_suspect_is_kept_out_while_a_child_of_the_case_is_there_and_the_refusal_is_on_the_access_log()
    {
        var prosecutor = _house.As(Roles.Prosecutor);
        (await prosecutor.PostAsync(Visits, Visit(9, Joint)).RuleAsync()).ShouldBe("suspect-in-building");
        await prosecutor.PostAsync(Visits, Visit(15, Joint)).JsonAsync(201);
        await prosecutor.PostAsync(Visits, new { studioId = "utrecht", from = "2026-09-09T15:00:00Z", to = "2026-09-09T16:00:00Z", caseKeys = new[] { "Piet de Vries" } }).JsonAsync(400);
        await prosecutor.PostAsync(Visits, new { studioId = "nowhere", from = "2026-09-09T15:00:00Z", to = "2026-09-09T15:00:00Z", caseKeys = Array.Empty<string>() }).JsonAsync(400);
        (await LooksAsync()).ShouldContain(look => look.About == SubjectId.Child(_child) && look.What.Contains("rule:suspect-in-building"));

        await _house.SettledAsync();
        var question = new SlotQuestion(Guid.NewGuid(), "Midden-Nederland", InterviewHouse.Start, InterviewHouse.Start, InterviewHouse.Start.AddDays(14), InterviewHouse.Start)
        {
            BirthDate = new DateOnly(2018, 3, 11),
            CaseKeys = [$"{Joint:D}"],
        };
        _house.Services.GetRequiredService<SlotFinder>().Find(question).Rejected.ShouldContain(rejected => rejected.Rules.Contains("suspect-in-building"));
    }

    /// <summary>Another child of the joint case, as Turnaround tells, with an interview that was asked for.</summary>
    private async Task<(Guid Child, Guid Interview)> SiblingAsync(string role)
    {
        var sibling = await _house.ChildAsync(Steps.Jason with { BirthDate = new DateOnly(2012, 3, 11) });
        await _house.TellCaseAsync(Joint, sibling);
        var request = new { kind = "forensic", question = "And she?", caseIds = new[] { Joint } };
        var requested = await _house.As(role).PostAsync(Steps.PathOf(sibling), request).JsonAsync(201);
        await _house.SettledAsync();
        return (sibling, requested.GetProperty("interviewId").GetGuid());
    }

    private static object Visit(int hour, params Guid[] cases) => new
    {
        studioId = "utrecht",
        from = InterviewHouse.Start.Date.AddDays(7).AddHours(hour).ToString("s", System.Globalization.CultureInfo.InvariantCulture) + "Z",
        to = InterviewHouse.Start.Date.AddDays(7).AddHours(hour + 1).ToString("s", System.Globalization.CultureInfo.InvariantCulture) + "Z",
        caseKeys = cases.Select(one => one.ToString("D")),
    };

    // All but the trace id, which differs between any two requests.
    private static string Told(JsonElement problem) =>
        string.Join('|', problem.EnumerateObject().Where(part => part.Name != "traceId").Select(part => part.ToString()));

    private async Task<List<Look>> LooksAsync()
    {
        var (log, codec) = (_house.Services.GetRequiredService<AccessLog>().Log, _house.Services.GetRequiredService<EventCodec>());
        return [.. (await log.ReadAllAsync(LogPosition.Start, 1000, default)).SelectMany(logged => ((Looked)codec.Decode(logged).Event).Looks)];
    }
}
