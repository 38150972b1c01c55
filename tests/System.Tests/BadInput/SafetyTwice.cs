using System.Text.Json;

namespace Barnahus.SystemTests.BadInput;

/// <summary>What a safety coordinator does, each twice.</summary>
internal static class SafetyTwice
{
    private const string Safety = "/api/safety/v1/children/{childId}";
    private const string Measure = Safety + "/measures/{measureId}";

    public static async Task PlayAsync(Story story, Twice twice, string child)
    {
        await twice.DoAsync(
            "safety-coordinator",
            "/api/intake/v1/children/{childId}/access/grants",
            new { accountId = Story.IdOf("youth-care"), group = "whereabouts", until = story.Now.AddDays(7) },
            [child]);
        await ChangeAsync("risk-assessments", new { level = "high", factors = new[] { "tekst" }, reasoning = "tekst" });
        await ChangeAsync("safety-plans", new { goals = new[] { "tekst" } });
        await ChangeAsync("triggers", new { type = "runaway", what = "tekst" });
        await ChangeAsync("incidents", new { happenedAt = "2026-09-01T10:00:00Z", what = "tekst" });
        await ChangeAsync("whereabouts", new { place = "tekst" });
        await ChangeAsync("contacts", new { name = "tekst", relation = "school" });
        await ChangeAsync("report-route", new { steps = new[] { new { when = "tekst", who = "tekst", phone = "112" } } });
        await ChangeAsync("willingness", new { standing = "undecided", explained = Array.Empty<string>() });
        var proposed = await ChangeAsync(
            "measures", new { type = "phone-swap", ground = "tekst", ownerOrganisation = "tekst", ownerPerson = "tekst", end = story.Now.AddDays(20) });
        string[] measure = [child, $"{proposed.Id("measureId")}"];
        await twice.DoAsync("safety-coordinator", Measure + "/activation", new { }, measure);
        await twice.DoAsync("safety-coordinator", Measure + "/confirmation", new { note = "tekst" }, measure);
        await twice.DoAsync("safety-coordinator", Measure + "/extension", new { end = story.Now.AddDays(30), ground = "tekst" }, measure);
        await twice.DoAsync("safety-coordinator", Measure + "/ending", new { reason = "tekst" }, measure);
        var given = await ChangeAsync("measures", new { type = "phone-swap", ground = "tekst", ownerOrganisation = "tekst", ownerPerson = "tekst" });
        await twice.DoAsync("safety-coordinator", Measure + "/withdrawal", new { reason = "tekst" }, [child, $"{given.Id("measureId")}"]);

        Task<JsonElement> ChangeAsync(string what, object body) => twice.DoAsync("safety-coordinator", $"{Safety}/{what}", body, [child]);
    }
}
