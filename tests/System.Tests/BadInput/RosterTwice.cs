using System.Text.Json.Nodes;
using Barnahus.Interviews.Views;

namespace Barnahus.SystemTests.BadInput;

/// <summary>What a planner does, each twice. A roster has no one revision that was seen before.</summary>
internal static class RosterTwice
{
    private const string Roster = "/api/interviews/v1";

    public static async Task PlayAsync(Story story, Twice twice, string child)
    {
        await ChangeAsync("studios", new { id = "twice", region = "Limburg", name = "tekst" });
        await ChangeAsync("rooms", new { id = "twice-1", studioId = "twice", ageFrom = 4, ageTo = 12, hasSeparateEntrance = true });
        await ChangeAsync("people", new { id = "p-twice", role = "psychologist", name = "tekst", regions = new[] { "Limburg" } });
        await ChangeAsync("availabilities", new { kind = "absence", personId = "p-twice", from = story.Now.AddDays(7), to = story.Now.AddDays(8) });
        await ChangeAsync("rosters", JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Cases", "roster.json")))!);
        await twice.DoAsync(
            "prosecutor",
            Roster + "/suspect-visits",
            // In another building than the one where the child is about to be heard.
            new { studioId = "maastricht", from = story.Now.AddHours(1), to = story.Now.AddHours(2), caseKeys = new[] { ChildrenByCase.OwnOf(Guid.Parse(child)) } },
            hasRevision: false);

        Task ChangeAsync(string what, object body) => twice.DoAsync("planner", $"{Roster}/{what}", body, hasRevision: false);
    }
}
