using System.Text.Json;
using System.Text.Json.Nodes;

namespace Barnahus.SystemTests.BadInput;

/// <summary>The course of an interview, each step twice.</summary>
internal static class InterviewTwice
{
    private const string Interviews = "/api/interviews/v1/children/{childId}";
    private const string Interview = Interviews + "/interviews/{interviewId}";

    public static async Task PlayAsync(Twice twice, string child)
    {
        await twice.DoAsync("interviewer", Interviews + "/own-times", new { travelMinutes = 20 }, [child]);
        await twice.DoAsync("prosecutor", Interviews + "/suspect-status", new { heardAs = "both", caution = "tekst", lawyer = "tekst", reasoning = "tekst" }, [child]);
        var asked = await twice.DoAsync("interviewer", Interviews + "/interviews", new { kind = "forensic", question = "tekst" }, [child]);
        string[] interview = [child, $"{asked.Id("interviewId")}"];
        await PrepareAsync(twice, interview);
        await BookAsync(twice, interview);
        var planned = await twice.DoAsync("interviewer", Interviews + "/medical-appointments", new { at = "2026-12-28T09:00:00Z", forensic = false }, [child]);
        await twice.DoAsync("medical", Interviews + "/medical-appointments/{appointmentId}/examination", new { }, [child, $"{planned.Id("appointmentId")}"]);
        await HearAsync(twice, interview);
        var again = await twice.DoAsync("interviewer", Interviews + "/interviews", new { kind = "supplementary", question = "tekst", ground = "tekst" }, [child]);
        await twice.DoAsync("interviewer", Interview + "/cancellation", new { code = "other", reason = "tekst" }, [child, $"{again.Id("interviewId")}"]);
    }

    private static async Task PrepareAsync(Twice twice, string[] interview)
    {
        await twice.DoAsync("prosecutor", Interview + "/decision", new { approved = true, reasoning = "tekst" }, interview);
        await twice.DoAsync("interviewer", Interview + "/psychologist", new { psychologistId = "p-meijer" }, interview);
        await twice.DoAsync("psychologist", Interview + "/advice", new { setting = "tekst", pace = "rustig" }, interview);
        await twice.DoAsync("interviewer", Interview + "/advice-acknowledgement", new { version = 1 }, interview);
        await twice.DoAsync("interviewer", Interview + "/pre-visit", new { tellingWillWork = true, impression = "tekst" }, interview);
    }

    private static async Task BookAsync(Twice twice, string[] interview)
    {
        var slots = (await twice.AskAsync("interviewer", Interview + "/slot-searches", new { }, interview)).GetProperty("slots");
        await twice.DoAsync("interviewer", Interview + "/booking", Slot(slots[0]), interview);
        var other = Slot(slots.EnumerateArray().First(slot => slot.Text("start") != slots[0].Text("start")));
        other["reason"] = "tekst";
        await twice.DoAsync("interviewer", Interview + "/rescheduling", other, interview);
    }

    private static JsonObject Slot(JsonElement slot) =>
        new() { ["start"] = slot.Text("start"), ["roomId"] = slot.Text("roomId"), ["interviewerId"] = slot.Text("interviewerId"), ["psychologistId"] = slot.Text("psychologistId") };

    private static async Task HearAsync(Twice twice, string[] interview)
    {
        foreach (var rule in new[] { "booked-time", "booked-interviewer" })
        {
            await twice.DoAsync("prosecutor", Interview + "/waivers", new { rule, why = "tekst" }, interview);
        }

        await twice.DoAsync("interviewer", Interview + "/start", new { }, interview);
        foreach (var phase in new[] { "introduction", "free-recall", "closure" })
        {
            await twice.DoAsync("interviewer", Interview + "/phases", new { phase }, interview);
        }

        await twice.DoAsync("interviewer", Interview + "/completion", new
        {
            recording = "tekst",
            recordingSha256 = new string('a', 64),
            present = new[] { new { who = "interviewer", place = "interview-room" } },
        }, interview);
    }
}
