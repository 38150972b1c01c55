using System.Text.Json;
using Barnahus.Contracts;
using Barnahus.Platform.Access;
using Barnahus.Testing;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>The steps of an interview in the words of the people who take them, over HTTP.</summary>
internal static class Steps
{
    public static readonly Guid Mother = Guid.Parse("0198f000-0000-7000-8000-000000000041");

    /// <summary>Jason, 8 (case 01).</summary>
    public static ChildFacts Jason { get; } = new(
        new DateOnly(2018, 3, 11), null, null, "m", AlsoSuspect: false, InterviewHouse.Start.AddDays(-3), DisclosureByChild: true, AcuteUnsafety: false,
        ["online"], new(), [new(Mother, "mother", Suspected: false, MayBeInformed: true)]);

    public static string PathOf(Guid childId) => $"/interviews/v1/children/{childId:D}/interviews";

    public static string PathOf(Guid childId, Guid interviewId) => $"{PathOf(childId)}/{interviewId:D}";

    public static async Task<Guid> RequestAsync(this InterviewHouse house, Guid childId, string kind = "forensic", string? ground = null)
    {
        var requested = await house.As(Roles.Interviewer).PostAsync(PathOf(childId), new { kind, question = "What happened online", ground }).JsonAsync(201);
        return requested.GetProperty("interviewId").GetGuid();
    }

    public static Task<JsonElement> DecideAsync(this InterviewHouse house, Guid childId, Guid interviewId, bool groundApproved = false) =>
        house.As(Roles.Prosecutor)
            .PostAsync($"{PathOf(childId, interviewId)}/decision", new { approved = true, groundApproved, reasoning = "He told his teacher" }).JsonAsync(200);

    public static async Task<Guid> DecidedAsync(this InterviewHouse house, Guid childId)
    {
        var interviewId = await house.RequestAsync(childId);
        await house.DecideAsync(childId, interviewId);
        return interviewId;
    }

    public static async Task PrepareAsync(this InterviewHouse house, Guid childId, Guid interviewId)
    {
        var path = PathOf(childId, interviewId);
        await house.As(Roles.Interviewer).PostAsync($"{path}/psychologist", new { psychologistId = "p-meijer" }).JsonAsync(200);
        await house.As(Roles.Psychologist).PostAsync($"{path}/advice", new
        {
            setting = "His own cap on",
            pace = "slow",
            trauma = "Afraid at night since",
            triggers = new[] { "camera flash" },
            breaks = "every 15 minutes",
        }).JsonAsync(200);
        await house.As(Roles.Interviewer).PostAsync($"{path}/advice-acknowledgement", new { version = 1 }).JsonAsync(200);
        await house.As(Roles.Interviewer).PostAsync($"{path}/pre-visit", new { tellingWillWork = true, impression = "Talks of trains" }).JsonAsync(200);
    }

    /// <summary>A slot so soon that the interview can start in these tests' own time.</summary>
    public static object Soon { get; } = Slot("2026-09-02T08:30:00Z");

    public static object Slot(string start = "2026-09-09T09:00:00Z", string room = "utr-1", string interviewer = "i-brouwer", object? attendance = null) =>
        new { start, roomId = room, interviewerId = interviewer, psychologistId = "p-meijer", attendance = attendance ?? Array.Empty<object>() };

    public static Task<HttpResponseMessage> BookAsync(this InterviewHouse house, Guid childId, Guid interviewId, object? slot = null) =>
        house.As(Roles.Interviewer).PostAsync($"{PathOf(childId, interviewId)}/booking", slot ?? Slot());

    public static async Task HoldAsync(this InterviewHouse house, Guid childId, Guid interviewId)
    {
        var (path, interviewer) = (PathOf(childId, interviewId), house.As(Roles.Interviewer));
        await interviewer.PostAsync($"{path}/start", new { }).JsonAsync(200);
        await interviewer.PostAsync($"{path}/phases", new { phase = "introduction" }).JsonAsync(200);
        await interviewer.PostAsync($"{path}/phases", new { phase = "free-recall" }).JsonAsync(200);
        await interviewer.PostAsync($"{path}/phases", new { phase = "closure" }).JsonAsync(200);
        await interviewer.PostAsync($"{path}/completion", new
        {
            recording = "vault/2026/118",
            recordingSha256 = new string('A', 64),
            present = new[] { new { who = "interviewer", place = "interview-room" } },
            remark = "Ik was dapper",
        }).JsonAsync(200);
    }

    public static async Task<string> RuleAsync(this Task<HttpResponseMessage> sending) =>
        (await sending.JsonAsync(409)).GetProperty("rule").GetString()!;
}
