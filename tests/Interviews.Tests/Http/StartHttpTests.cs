using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>An interview is started by who was booked, when it was booked; else the answer says what to do.</summary>
public sealed class StartHttpTests : JasonTests
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await House.PrepareAsync(Jason, InterviewId);
    }

    [Fact]
    public async Task A_week_early_it_is_refused_with_the_time_from_which_it_can_start()
    {
        await House.BookAsync(Jason, InterviewId).JsonAsync(200);
        var refused = await StartAsync().JsonAsync(409);
        refused.GetProperty("rule").GetString().ShouldBe("booked-time");
        refused.GetProperty("detail").GetString().ShouldBe(
            "This is booked for 9 September 2026 11:00 to 12:00, and can start from 9 September 2026 10:00 on until its end. Move it (rescheduling), or state a waiver.");
        await WaiveAsync("booked-time");
        await StartAsync().JsonAsync(200);
    }

    [Fact]
    public async Task What_somebody_else_is_booked_for_is_refused_until_it_is_waived()
    {
        await House.BookAsync(Jason, InterviewId, Steps.Slot("2026-09-02T08:30:00Z", interviewer: "i-vos")).JsonAsync(200);
        (await StartAsync().RuleAsync()).ShouldBe("booked-interviewer");
        await WaiveAsync("booked-interviewer");
        await StartAsync().JsonAsync(200);
    }

    [Fact]
    public async Task An_interviewer_the_roster_knows_no_account_of_is_linked_by_the_planner()
    {
        await LinkAsync(null);
        await House.BookAsync(Jason, InterviewId, Steps.Soon).JsonAsync(200);
        var refused = await StartAsync().JsonAsync(409);
        refused.GetProperty("rule").GetString().ShouldBe("booked-interviewer");
        refused.GetProperty("detail").GetString()!.ShouldContain("Ask the planner to link it");
        await LinkAsync(InterviewHouse.Account(Roles.Interviewer));
        await StartAsync().JsonAsync(200);
    }

    [Fact]
    public async Task When_an_examination_is_planned_stands_in_the_log_sealed_and_in_no_message()
    {
        var planned = new { at = "2026-09-04T10:20:00Z", place = "CSG Utrecht" };
        await House.As(Roles.Medical).PostAsync($"/interviews/v1/children/{Jason:D}/medical-appointments", planned).JsonAsync(201);
        var log = await House.Services.GetRequiredService<IEventLog>().ReadStreamAsync(ChildInterviews.StreamOf(Jason), 0, 500, ReadDirection.Forwards, default);
        log.ShouldContain(logged => logged.Type == "interviews.examination-planned.v3");
        string.Concat(log.Select(logged => System.Text.Encoding.UTF8.GetString(logged.Data.ToArray()))).ShouldNotContain("10:20");
        await House.SettledAsync();
        var seen = await House.As(Roles.Medical).GetAsync(Steps.PathOf(Jason)).JsonAsync(200);
        seen.GetProperty("medical").GetProperty("appointmentAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 9, 4, 10, 20, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task When_it_was_done_which_rule_is_waived_and_what_warns_stand_in_the_log_sealed_and_are_told_to_who_may_know()
    {
        var appointments = $"/interviews/v1/children/{Jason:D}/medical-appointments";
        var planned = await House.As(Roles.Medical).PostAsync(appointments, new { at = "2026-09-04T10:20:00Z" }).JsonAsync(201);
        await House.As(Roles.Medical)
            .PostAsync($"{appointments}/{planned.GetProperty("appointmentId").GetGuid():D}/examination", new { at = "2026-09-01T07:41:00Z" }).JsonAsync(200);
        await WaiveAsync("booked-time");
        var booked = await House.BookAsync(Jason, InterviewId).JsonAsync(200);
        booked.GetProperty("warnings").EnumerateArray().Select(one => one.GetString()).ShouldContain("long-for-age");
        await StartAsync().JsonAsync(200);
        await House.As(Roles.Interviewer).PostAsync($"{Steps.PathOf(Jason, InterviewId)}/completion", new
        {
            recording = "vault/2026/118",
            recordingSha256 = new string('A', 64),
            present = new[] { new { who = "interviewer", place = "interview-room" } },
            brokenOff = true,
        }).JsonAsync(200);

        await House.SettledAsync();
        var log = await House.Services.GetRequiredService<IEventLog>().ReadStreamAsync(ChildInterviews.StreamOf(Jason), 0, 500, ReadDirection.Forwards, default);
        var written = string.Concat(log.Select(logged => System.Text.Encoding.UTF8.GetString(logged.Data.ToArray())));
        foreach (var clear in new[] { "07:41", "booked-time", "long-for-age", "\"brokenOff\":true", "\"forensic\":true" })
        {
            written.ShouldNotContain(clear);
        }

        var seen = await House.As(Roles.Medical).GetAsync(Steps.PathOf(Jason)).JsonAsync(200);
        seen.GetProperty("medical").GetProperty("examinedAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 9, 1, 7, 41, 0, TimeSpan.Zero));
        seen.GetProperty("medical").GetProperty("forensic").GetBoolean().ShouldBeTrue();
        var interview = await House.As(Roles.Interviewer).GetAsync(Steps.PathOf(Jason, InterviewId)).JsonAsync(200);
        interview.GetProperty("waivers")[0].GetProperty("rule").GetString().ShouldBe("booked-time");
        interview.GetProperty("booking").GetProperty("warnings")[0].GetString().ShouldBe("long-for-age");
        interview.GetProperty("account").GetProperty("brokenOff").GetBoolean().ShouldBeTrue();
    }

    private Task<HttpResponseMessage> StartAsync() => House.As(Roles.Interviewer).PostAsync($"{Steps.PathOf(Jason, InterviewId)}/start", new { });

    private async Task WaiveAsync(string rule) => await House.As(Roles.Prosecutor)
        .PostAsync($"{Steps.PathOf(Jason, InterviewId)}/waivers", new { rule, why = "Brouwer is ill; her colleague read the advice" }).JsonAsync(200);

    private async Task LinkAsync(Guid? accountId)
    {
        var brouwer = TestRoster.Document.People.Single(person => person.Id == "i-brouwer") with { AccountId = accountId };
        await House.As(Roles.Planner).PostAsync("/interviews/v1/people", brouwer).JsonAsync(201);
        await House.SettledAsync();
    }
}
