using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>After a merge the agenda follows the file that goes on: what is held is its own, moves with it and is given back by it.</summary>
public sealed class MergedAgendaTests : IAsyncLifetime
{
    private static readonly Guid Case = Guid.Parse("0198f000-0000-7000-8000-0000000000c1");

    private static readonly Guid Joint = Guid.Parse("0198f000-0000-7000-8000-0000000000c2");

    private InterviewHouse _house = null!;
    private Guid _old;
    private Guid _new;
    private Guid _interview;

    public async Task InitializeAsync()
    {
        _house = await InterviewHouse.OpenAsync();
        _old = await _house.ChildAsync(Steps.Jason);
        _new = await _house.ChildAsync(Steps.Jason);
        _interview = await OfCaseAsync(_old);
        await _house.BookAsync(_old, _interview).JsonAsync(200);
        await _house.TellAsync(_old, 1, "merged", _new);
        await _house.UntilAsync(async () => (await _house.AgendaAsync(_new)).Count == 1, "the reservation to follow the child");
    }

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task What_is_held_is_held_for_the_file_that_goes_on()
    {
        (await _house.AgendaAsync(_old)).ShouldBeEmpty();
        (await _house.AgendaAsync(_new)).ShouldBe(["09-09 09:00 utr-1 Confirmed"]);
        var planned = await _house.As(Roles.Planner).GetAsync("/interviews/v1/agenda").JsonAsync(200);
        planned.GetProperty("items").GetArrayLength().ShouldBe(1);
        planned.ToString().ShouldNotContain(_new.ToString());
    }

    [Fact]
    public async Task It_moves_and_is_given_back_under_the_file_that_goes_on()
    {
        var to = new { reason = "School trip", start = "2026-09-09T09:30:00Z", roomId = "utr-1", interviewerId = "i-brouwer", psychologistId = "p-meijer" };
        await _house.As(Roles.Interviewer).PostAsync($"{Steps.PathOf(_new, _interview)}/rescheduling", to).JsonAsync(200);
        (await _house.AgendaAsync(_new)).ShouldBe(["09-09 09:00 utr-1 Released", "09-09 09:30 utr-1 Confirmed"]);
        var off = new { code = "child-unwell", reason = "Koorts" };
        await _house.As(Roles.Interviewer).PostAsync($"{Steps.PathOf(_new, _interview)}/cancellation", off).JsonAsync(200);
        (await _house.AgendaAsync(_new)).ShouldAllBe(line => line.EndsWith("Released", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_child_of_the_case_does_not_cross_it_and_no_suspect_comes()
    {
        var other = await _house.ChildAsync(Steps.Jason with { BirthDate = new DateOnly(2012, 3, 11) });
        await _house.TellCaseAsync(Case, other);
        var interview = await OfCaseAsync(other);
        var beside = Steps.Slot(room: "utr-2", interviewer: "i-vos");
        (await _house.BookAsync(other, interview, beside).RuleAsync()).ShouldBe("children-crossing");
        var visit = new { studioId = "utrecht", from = "2026-09-09T08:00:00Z", to = "2026-09-09T10:00:00Z", caseKeys = new[] { Case.ToString("D") } };
        (await _house.As(Roles.Prosecutor).PostAsync("/interviews/v1/suspect-visits", visit).RuleAsync()).ShouldBe("suspect-in-building");
    }

    [Fact]
    public async Task No_suspect_of_its_own_case_comes_under_either_id_whichever_was_named()
    {
        foreach (var child in new[] { _old, _new })
        {
            (await VisitAsync(ChildrenByCase.OwnOf(child), "2026-09-09").RuleAsync()).ShouldBe("suspect-in-building");
        }

        foreach (var (child, day) in new[] { (_old, "2026-09-10"), (_new, "2026-09-11") })
        {
            await VisitAsync(ChildrenByCase.OwnOf(child), day).JsonAsync(201);
            var to = new { reason = "School trip", start = $"{day}T09:00:00Z", roomId = "utr-1", interviewerId = "i-brouwer", psychologistId = "p-meijer" };
            (await _house.As(Roles.Interviewer).PostAsync($"{Steps.PathOf(_new, _interview)}/rescheduling", to).RuleAsync()).ShouldBe("suspect-in-building");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_stood_apart_and_meets_after_a_merge_is_warned_of(bool booked)
    {
        var third = await _house.ChildAsync(Steps.Jason);
        await VisitAsync(ChildrenByCase.OwnOf(third), "2026-09-10").JsonAsync(201);
        await VisitAsync(ChildrenByCase.OwnOf(third), "2026-09-09").JsonAsync(201);
        (await WarningsAsync(_new)).ShouldNotContain("suspect-in-building");

        // The suspect is expected for the file that is merged away, or for the one that goes on.
        var (merged, goesOn) = booked ? (third, _new) : (_new, third);
        await _house.TellAsync(merged, 1, "merged", goesOn);
        await _house.UntilAsync(async () => (await _house.AgendaAsync(goesOn)).Count == 1, "the reservation to be the child's that goes on");
        (await WarningsAsync(goesOn)).ShouldContain("suspect-in-building");

        var to = new { reason = "Not beside him", start = "2026-09-11T09:00:00Z", roomId = "utr-1", interviewerId = "i-brouwer", psychologistId = "p-meijer" };
        var moved = await _house.As(Roles.Interviewer).PostAsync($"{Steps.PathOf(goesOn, _interview)}/rescheduling", to).JsonAsync(200);
        moved.GetProperty("warnings").ToString().ShouldNotContain("suspect-in-building");
    }

    [Fact]
    public async Task What_stood_apart_and_meets_in_a_joint_case_is_warned_of_and_what_comes_after_is_refused()
    {
        await _house.TellCaseAsync(Joint, await _house.ChildAsync(Steps.Jason));
        await VisitAsync(Joint, "2026-09-09").JsonAsync(201);
        await VisitAsync(Joint, "2026-09-10").JsonAsync(201);
        (await WarningsAsync(_new)).ShouldNotContain("suspect-in-building");
        await _house.TellCaseAsync(Joint, _new);
        (await WarningsAsync(_new)).ShouldContain("suspect-in-building");
        (await VisitAsync(Joint, "2026-09-09").RuleAsync()).ShouldBe("suspect-in-building", "though the interview was not asked for in that case");
        var beside = new { reason = "Not beside him", start = "2026-09-10T09:00:00Z", roomId = "utr-1", interviewerId = "i-brouwer", psychologistId = "p-meijer" };
        (await _house.As(Roles.Interviewer).PostAsync($"{Steps.PathOf(_new, _interview)}/rescheduling", beside).RuleAsync()).ShouldBe("suspect-in-building");
    }

    [Fact]
    public async Task A_case_of_the_one_file_is_named_for_the_other()
    {
        await _house.TellCaseAsync(Joint, _old);
        await OfCaseAsync(_new, "rc-hearing", Joint, ChildrenByCase.OwnOf(_old));
    }

    [Fact]
    public async Task Two_merges_that_arrive_in_any_order_end_with_the_last_file()
    {
        var third = await _house.ChildAsync(Steps.Jason);
        await _house.TellAsync(_new, 1, "merged", third);
        await _house.UntilAsync(async () => (await _house.AgendaAsync(third)).Count == 1, "the reservation to reach the third file");
        (await _house.StateAsync(third)).Find(_interview).ShouldNotBeNull();
        Reservations().ShouldAllBe(held => held.ChildId == third);
    }

    private async Task<string> WarningsAsync(Guid childId)
    {
        await _house.SettledAsync();
        var shown = await _house.As(Roles.Interviewer).GetAsync(Steps.PathOf(childId, _interview)).JsonAsync(200);
        return shown.GetProperty("booking").GetProperty("warnings").ToString();
    }

    private IEnumerable<Reservation> Reservations() =>
        _house.Services.GetRequiredService<AgendaDays>().Image.Values.SelectMany(day => day.Reservations.Values);

    private Task<HttpResponseMessage> VisitAsync(Guid caseId, string day) => _house.As(Roles.Prosecutor).PostAsync("/interviews/v1/suspect-visits", new
    {
        studioId = "utrecht",
        from = $"{day}T09:00:00Z",
        to = $"{day}T10:00:00Z",
        caseKeys = new[] { caseId.ToString("D") },
    });

    private async Task<Guid> OfCaseAsync(Guid childId, string kind = "forensic", params Guid[] cases)
    {
        var request = new { kind, question = "What happened online", caseIds = cases.Length > 0 ? cases : [Case] };
        var requested = await _house.As(Roles.Interviewer).PostAsync(Steps.PathOf(childId), request).JsonAsync(201);
        var interview = requested.GetProperty("interviewId").GetGuid();
        if (kind == "forensic")
        {
            await _house.DecideAsync(childId, interview);
        }

        return interview;
    }
}
