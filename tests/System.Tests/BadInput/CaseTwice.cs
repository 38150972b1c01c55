using System.Text.Json;

namespace Barnahus.SystemTests.BadInput;

/// <summary>What is decided about the clocks of a case, each twice.</summary>
internal static class CaseTwice
{
    private const string Case = "/api/turnaround/v1/cases/{caseId}";

    public static async Task PlayAsync(Story story, Twice twice, string child)
    {
        var childId = Guid.Parse(child);
        var board = await story.EventuallyAsync("prosecutor", "/turnaround/v1/board?pageSize=100", rows => rows.OfChild(childId).Any(), "the case is on the board");
        var caseId = $"{board.OfChild(childId).First().Id("caseId")}";
        var shown = await story.SeeAsync("prosecutor", $"/turnaround/v1/cases/{caseId}");
        var clockId = shown.GetProperty("clocks").EnumerateArray().First(clock => clock.Text("clock") == "report-to-file").Id("clockId");
        await ChangeAsync("milestones", new { milestone = "veilig-thuis-report", at = shown.GetProperty("reportedAt").GetDateTimeOffset() });
        await ChangeAsync("targets", new { clockId, due = story.Now.AddDays(60), planOfApproach = "tekst" });
        await ChangeAsync("extensions", new { clockId, due = story.Now.AddDays(900), reason = "tekst" });
        await ChangeAsync("suspensions", new { clockId, reason = "tekst" });
        await ChangeAsync("resumptions", new { clockId });
        var opened = new { children = new[] { childId }, region = "Midden-Nederland", reportedAt = story.Now.AddDays(-1) };
        await twice.DoAsync("prosecutor", "/api/turnaround/v1/cases", opened, hasRevision: false);
        await twice.DoAsync("administrator", "/api/turnaround/v1/norms", new
        {
            key = "twice",
            name = new { nl = "tekst", en = "text" },
            rule = new { clock = "report-to-file", stage = "police", start = "report", stop = "file-to-om", term = new { length = 6, unit = "months" } },
            source = new { text = "tekst", verified = "U" },
            validFrom = story.Now.AddDays(40).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        });

        Task<JsonElement> ChangeAsync(string what, object body) => twice.DoAsync("prosecutor", $"{Case}/{what}", body, [caseId]);
    }
}
