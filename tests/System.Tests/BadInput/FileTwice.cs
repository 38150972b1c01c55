using System.Text.Json;

namespace Barnahus.SystemTests.BadInput;

/// <summary>What an officer does to referrals and to a child's file, each twice.</summary>
internal static class FileTwice
{
    private const string Referral = "/api/intake/v1/referrals/{referralId}";
    private const string Child = "/api/intake/v1/children/{childId}";

    public static async Task<string> PlayAsync(Story story, Twice twice)
    {
        var closed = $"{await story.SubmitAsync(11)}";
        await twice.DoAsync("intake-officer", Referral + "/identification", new { givenName = "Mila" }, [closed]);
        await twice.DoAsync("intake-officer", Referral + "/triage", new { note = "tekst" }, [closed]);
        await twice.DoAsync("intake-officer", Referral + "/investigation", new { until = "2026-10-05", why = "tekst" }, [closed]);
        await twice.DoAsync("intake-officer", Referral + "/closure", new { ground = "tekst" }, [closed]);
        var redirected = $"{await story.SubmitAsync(8)}";
        await story.TriageAsync(Guid.Parse(redirected));
        await twice.DoAsync("intake-officer", Referral + "/redirection", new { to = "veilig-thuis", ground = "tekst" }, [redirected]);
        var own = await story.SubmitAsync(1);
        await twice.DoAsync("intake-officer", "/api/intake/v1/child-searches", new { reference = own });
        await story.TriageAsync(own);
        var accepted = await twice.DoAsync("intake-officer", Referral + "/acceptance", Story.Team(Story.Member("youth-care")), [$"{own}"]);
        var child = accepted.Id("childId");
        await story.KnownEverywhereAsync(child);
        await FileAsync(twice, $"{child}");
        return $"{child}";
    }

    private static async Task FileAsync(Twice twice, string child)
    {
        await ChangeAsync("wishes", new { words = "tekst" });
        await ChangeAsync("needs", new { lvb = false, text = new[] { "tekst" } });
        var known = await ChangeAsync("representatives", new { name = "tekst", relation = "guardian" });
        await ChangeAsync("informing", new { personId = known.GetProperty("result").Id("personId"), what = "tekst", means = "talk" });
        await ChangeAsync("involvements", new { category = "witness", name = "tekst" });
        await ChangeAsync("individual-assessments", new { circumstances = "tekst", measures = new[] { "tekst" } });
        await ChangeAsync("corrections", new { field = "givenName", value = "Jasper", reason = "tekst" });
        await ChangeAsync("restrictions", new { part = "involvements", kind = "processing", reason = "tekst" });
        await ChangeAsync("team-members", Story.Member("medical"));
        await ChangeAsync("team-members", Story.Member("interviewer-2", "interviewer"));
        await ChangeAsync("access/conflicts", new { accountId = Guid.NewGuid() });
        var broken = await twice.DoAsync("intake-officer-2", Child + "/access/break-glass", new { reason = "Het kan niet wachten." }, [child]);
        await ChangeAsync("access/reviews", new { breakId = broken.Id("breakId"), justified = true });
        await ChangeAsync("safety-coordinator", new { accountId = Story.IdOf("safety-coordinator"), reason = "tekst" });

        Task<JsonElement> ChangeAsync(string what, object body) => twice.DoAsync("intake-officer", $"{Child}/{what}", body, [child]);
    }

    /// <summary>Kayleigh's two referrals are joined, parted and merged; then her file ends.</summary>
    public static async Task EndAsync(Story story, Twice twice)
    {
        var first = await story.SubmitAsync(2);
        await story.SearchAsync(first);
        await story.TriageAsync(first);
        var child = $"{await story.AcceptAsync(first)}";
        await ChangeAsync("identification", new { language = "nl" });
        var second = await story.SubmitAsync(12);
        await story.SearchAsync(second);
        await story.TriageAsync(second);
        await story.AcceptAsync(second, Guid.Parse(child));
        await ChangeAsync("join-correction", new { referralId = second, reason = "tekst" });
        await story.SearchAsync(second);
        await ChangeAsync("merge", new { from = await story.AcceptAsync(second), reason = "tekst" });
        await ChangeAsync("handover", new { to = "00000000000099900106", arrangement = "tekst" });
        await ChangeAsync("closure", new { ground = "tekst" });
        await ChangeAsync("reopening", new { ground = "tekst" });
        var almost = await story.SubmitAsync(5);
        await story.SearchAsync(almost);
        await story.TriageAsync(almost);
        await twice.DoAsync("intake-officer", Child + "/tasks/completion", new { kind = "handover", note = "tekst" }, [$"{await story.AcceptAsync(almost)}"]);
        var entered = Story.Case(1)["data"]!.DeepClone();
        await twice.DoAsync("intake-officer", "/api/intake/v1/referrals", entered, hasRevision: false);

        Task<JsonElement> ChangeAsync(string what, object body) => twice.DoAsync("intake-officer", $"{Child}/{what}", body, [child]);
    }
}
