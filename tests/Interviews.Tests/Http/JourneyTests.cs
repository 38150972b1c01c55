using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Testing;

namespace Barnahus.Interviews.Tests.Http;

public sealed class JourneyTests
{
    [Fact]
    public async Task One_interview_from_request_to_completion_and_no_second()
    {
        await using var house = await InterviewHouse.OpenAsync();
        var jason = await house.ChildAsync(Steps.Jason);
        var interview = await house.DecidedAsync(jason);
        (await house.As(Roles.Interviewer).PostAsync($"{Steps.PathOf(jason, interview)}/start", new { }).RuleAsync()).ShouldBe("not-booked");
        var booked = await house.BookAsync(jason, interview, Steps.Slot("2026-09-02T08:30:00Z", attendance: new[] { new { personId = Steps.Mother, place = "welcome" } })).JsonAsync(200);
        booked.GetProperty("status").GetString().ShouldBe("booked");
        booked.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()).ShouldBe(["long-for-age"]);
        (await house.AgendaAsync(jason)).ShouldBe(["09-02 08:30 utr-1 Confirmed"]);
        (await house.As(Roles.Interviewer).PostAsync($"{Steps.PathOf(jason, interview)}/start", new { }).RuleAsync()).ShouldBe("advice-not-acknowledged");
        await house.PrepareAsync(jason, interview);
        await house.HoldAsync(jason, interview);
        await house.SettledAsync();

        var read = await house.As(Roles.Interviewer).GetAsync(Steps.PathOf(jason, interview)).JsonAsync(200);
        read.GetProperty("status").GetString().ShouldBe("completed");
        read.GetProperty("phases").EnumerateArray().Select(phase => phase.GetProperty("phase").GetString()).ShouldBe(["introduction", "free-recall", "closure"]);
        read.GetProperty("account").GetProperty("remark").GetString().ShouldBe("Ik was dapper");
        read.GetProperty("account").GetProperty("recordingSha256").GetString().ShouldBe(new string('a', 64));

        var again = new { kind = "supplementary", question = "New images" };
        (await house.As(Roles.Interviewer).PostAsync(Steps.PathOf(jason), again).RuleAsync()).ShouldBe("one-interview");
    }

    [Fact]
    public async Task A_second_interview_has_a_ground_an_approval_and_the_same_interviewer_first()
    {
        await using var house = await InterviewHouse.OpenAsync();
        var jason = await house.ChildAsync(Steps.Jason);
        var first = await house.DecidedAsync(jason);
        await house.BookAsync(jason, first, Steps.Soon).JsonAsync(200);
        await house.PrepareAsync(jason, first);
        await house.HoldAsync(jason, first);

        var second = await house.RequestAsync(jason, "supplementary", "New images were found");
        (await house.BookAsync(jason, second).RuleAsync()).ShouldBe("not-decided");
        var unapproved = new { approved = true, reasoning = "Needed" };
        (await house.As(Roles.Prosecutor).PostAsync($"{Steps.PathOf(jason, second)}/decision", unapproved).RuleAsync()).ShouldBe("one-interview");
        await house.DecideAsync(jason, second, groundApproved: true);
        await house.SettledAsync();
        var read = await house.As(Roles.Interviewer).GetAsync(Steps.PathOf(jason, second)).JsonAsync(200);
        read.GetProperty("proposedInterviewerId").GetString().ShouldBe("i-brouwer");
        var search = await SearchAsync(house, jason, second);
        var best = search.GetProperty("slots")[0];
        best.GetProperty("interviewerId").GetString().ShouldBe("i-brouwer");
        best.GetProperty("why").EnumerateArray().Select(why => why.GetString()).ShouldContain("same-interviewer");
    }

    [Fact]
    public async Task A_search_names_the_rule_behind_every_rejected_slot()
    {
        await using var house = await InterviewHouse.OpenAsync();
        var jason = await house.ChildAsync(Steps.Jason with { Needs = new(NotBefore: new TimeOnly(13, 0)) });
        var interview = await house.DecidedAsync(jason);
        var search = await SearchAsync(house, jason, interview);
        search.GetProperty("slots").GetArrayLength().ShouldBeGreaterThan(0);
        var rules = search.GetProperty("rejected").EnumerateArray()
            .SelectMany(rejection => rejection.GetProperty("rules").EnumerateArray()).Select(rule => rule.GetString()).ToHashSet();
        rules.ShouldContain("child-not-before");
        rules.ShouldContain("room-age");
    }

    [Fact]
    public async Task A_child_who_is_also_suspect_waits_for_the_prosecutor()
    {
        await using var house = await InterviewHouse.OpenAsync();
        var dorian = await house.ChildAsync(Steps.Jason with { BirthDate = new DateOnly(2009, 2, 14), AlsoSuspect = true });
        var request = new { kind = "forensic", question = "Who made him do it" };
        (await house.As(Roles.Interviewer).PostAsync(Steps.PathOf(dorian), request).RuleAsync()).ShouldBe("suspect-status-first");
        var status = new { heardAs = "both", caution = "before the start", lawyer = "assigned", reasoning = "Victim of exploitation first" };
        var path = $"/interviews/v1/children/{dorian:D}/suspect-status";
        await house.As(Roles.Interviewer).PostAsync(path, status).JsonAsync(403);
        await house.As(Roles.Prosecutor).PostAsync(path, status).JsonAsync(200);
        await house.As(Roles.Interviewer).PostAsync(Steps.PathOf(dorian), request).JsonAsync(201);
    }

    [Fact]
    public async Task The_examination_comes_first_inside_its_window()
    {
        await using var house = await InterviewHouse.OpenAsync();
        var lotte = await house.ChildAsync(Steps.Jason with { BirthDate = new DateOnly(2011, 11, 30), Needs = new(MedicalFirst: true) });
        var interview = await house.DecidedAsync(lotte);
        var slot = Steps.Slot(room: "utr-2", interviewer: "i-vos");
        (await house.BookAsync(lotte, interview, slot).RuleAsync()).ShouldBe("medical-first");

        var appointments = $"/interviews/v1/children/{lotte:D}/medical-appointments";
        (await house.As(Roles.Medical).PostAsync(appointments, new { at = "2026-09-07T10:00:00Z" }).RuleAsync()).ShouldBe("forensic-window");
        var planned = await house.As(Roles.Medical).PostAsync(appointments, new { at = "2026-09-03T10:00:00Z", place = "CSG Utrecht" }).JsonAsync(201);
        planned.GetProperty("forensicWindowEnds").GetDateTimeOffset().ShouldBe(InterviewHouse.Start.AddDays(4));
        planned.GetProperty("advice").EnumerateArray().Select(code => code.GetString()).ShouldContain("do-not-wash");
        (await house.BookAsync(lotte, interview, slot).RuleAsync()).ShouldBe("medical-first");
        var done = $"{appointments}/{planned.GetProperty("appointmentId").GetGuid():D}/examination";
        await house.As(Roles.Interviewer).PostAsync(done, new { }).JsonAsync(403);
        await house.As(Roles.Medical).PostAsync(done, new { }).JsonAsync(200);
        await house.BookAsync(lotte, interview, slot).JsonAsync(200);
    }

    [Fact]
    public async Task When_telling_will_not_work_the_slot_is_free_again()
    {
        await using var house = await InterviewHouse.OpenAsync();
        var jason = await house.ChildAsync(Steps.Jason);
        var interview = await house.DecidedAsync(jason);
        await house.BookAsync(jason, interview).JsonAsync(200);
        var visit = await house.As(Roles.Psychologist).PostAsync($"{Steps.PathOf(jason, interview)}/pre-visit", new { tellingWillWork = false }).JsonAsync(200);
        visit.GetProperty("status").GetString().ShouldBe("cancelled");
        (await house.AgendaAsync(jason)).ShouldBe(["09-09 09:00 utr-1 Released"]);
    }

    private static Task<JsonElement> SearchAsync(InterviewHouse house, Guid childId, Guid interviewId) => house.As(Roles.Interviewer)
        .PostAsync($"{Steps.PathOf(childId, interviewId)}/slot-searches", new { from = "2026-09-07T00:00:00Z", to = "2026-09-12T00:00:00Z" }).JsonAsync(200);
}
