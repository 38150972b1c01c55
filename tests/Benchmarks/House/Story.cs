using System.Globalization;
using System.Text.Json.Nodes;
using Barnahus.AllInOne.Demo;
using Barnahus.Identity.Setup;
using Barnahus.Platform.Access;

namespace Barnahus.Benchmarks.House;

/// <summary>One child from referral to interview, played by the people who do it, over HTTP through the gateway.</summary>
internal sealed class Story
{
    private HttpClient officer = null!;
    private HttpClient coordinator = null!;
    private HttpClient interviewer = null!;
    private HttpClient psychologist = null!;
    private HttpClient prosecutor = null!;
    private PartnerClient partner = null!;
    private JsonNode referral = null!;

    public static async Task<Story> OfAsync(BenchHouse house)
    {
        var told = JsonNode.Parse(await File.ReadAllTextAsync(BenchHouse.Case("01-jason-online-images.json")))!;
        return new Story
        {
            officer = await house.SignInAsync("intake-officer"),
            coordinator = await house.SignInAsync("safety-coordinator"),
            interviewer = await house.SignInAsync("interviewer"),
            psychologist = await house.SignInAsync("psychologist"),
            prosecutor = await house.SignInAsync("prosecutor"),
            partner = house.Partner(told["source"]!.GetValue<string>()["urn:nld:oin:".Length..]),
            referral = told,
        };
    }

    /// <summary>A referral of the case's partner, each with a child of its own name.</summary>
    public async Task<Guid> SubmitAsync(int number)
    {
        var told = referral.DeepClone();
        told["id"] = string.Create(CultureInfo.InvariantCulture, $"bench-{number}");
        told["data"]!["child"]!["familyName"] = string.Create(CultureInfo.InvariantCulture, $"Verhoeven {number}");
        told["data"]!["child"]!["bsn"] = null;
        told["data"]!["child"]!["birthDate"] = new DateOnly(2017, 1, 1).AddDays(number % 400).ToString("O", CultureInfo.InvariantCulture);
        using var response = await partner.SubmitAsync(told.ToJsonString());
        response.EnsureSuccessStatusCode();
        var referralId = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.Id("referralId");
        await officer.DoAsync($"/intake/v1/referrals/{referralId}/triage", new { });
        return referralId;
    }

    /// <summary>Its file, with a team and a first assessment of risk.</summary>
    public async Task<Guid> AcceptAsync(Guid referralId)
    {
        await officer.DoAsync("/intake/v1/child-searches", new { reference = referralId });
        var accepted = await officer.DoAsync($"/intake/v1/referrals/{referralId}/acceptance", new
        {
            safetyCoordinatorId = DemoAccounts.IdOf("safety-coordinator"),
            team = new[] { Member("interviewer", Roles.Interviewer), Member("psychologist", Roles.Psychologist), Member("prosecutor", Roles.Prosecutor) },
        });
        var child = accepted.Id("childId");
        await UntilAsync(() => coordinator.GetAsync(new Uri($"/api/safety/v1/children/{child}/plan", UriKind.Relative)));
        var safety = $"/safety/v1/children/{child}";
        await coordinator.DoAsync($"{safety}/risk-assessments", new { level = "high", factors = new[] { "the man has his address" }, reasoning = "He knows where the child lives." });
        var measure = await coordinator.DoAsync($"{safety}/measures", new { type = "phone-swap", ground = "Images were asked for over the phone.", ownerOrganisation = "Politie", ownerPerson = "J. de Boer" });
        await coordinator.DoAsync($"{safety}/measures/{measure.Id("measureId")}/activation", new { });
        await coordinator.DoAsync($"{safety}/measures/{measure.Id("measureId")}/confirmation", new { note = "Done." });
        return child;
    }

    /// <summary>The rest: what the child wishes, the interview up to the booked slot, further incidents.</summary>
    public async Task GoOnAsync(Guid child)
    {
        await officer.DoAsync($"/intake/v1/children/{child}/wishes", new { words = "Niet op school erover praten." });
        await officer.DoAsync($"/intake/v1/children/{child}/individual-assessments", new { circumstances = "Slaapt slecht sinds de zomer.", wishes = "Zijn eigen pet op" });
        var interviews = $"/interviews/v1/children/{child}/interviews";
        await UntilAsync(() => interviewer.GetAsync(new Uri($"/api{interviews}", UriKind.Relative)));
        var interview = (await interviewer.DoAsync(interviews, new { kind = "forensic", question = "What happened online" })).Id("interviewId");
        await prosecutor.DoAsync($"{interviews}/{interview}/decision", new { approved = true, reasoning = "He told his teacher" });
        await interviewer.DoAsync($"{interviews}/{interview}/psychologist", new { psychologistId = "p-meijer" });
        await psychologist.DoAsync($"{interviews}/{interview}/advice", new { setting = "His own cap on", pace = "slow", triggers = new[] { "camera flash" }, breaks = "every 15 minutes" });
        await interviewer.DoAsync($"{interviews}/{interview}/advice-acknowledgement", new { version = 1 });
        await interviewer.DoAsync($"{interviews}/{interview}/pre-visit", new { tellingWillWork = true, impression = "Talks of trains" });
        var found = await interviewer.DoAsync($"{interviews}/{interview}/slot-searches", new { from = "2026-09-03T00:00:00Z", to = "2026-10-10T00:00:00Z" });
        var slot = found["slots"]![0]!;
        await interviewer.DoAsync($"{interviews}/{interview}/booking", new { start = slot["start"], roomId = slot["roomId"], interviewerId = slot["interviewerId"], psychologistId = slot["psychologistId"] });
        await coordinator.DoAsync($"/safety/v1/children/{child}/incidents", new { happenedAt = "2026-09-01T20:00:00Z", what = "A new message came in." });
    }

    private static object Member(string loginName, string role) => new { accountId = DemoAccounts.IdOf(loginName), role };

    // What a service learns over the bus is there a moment later.
    private static async Task UntilAsync(Func<Task<HttpResponseMessage>> look)
    {
        for (var i = 0; i < 200; i++)
        {
            using var response = await look();
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(25);
        }

        throw new InvalidOperationException("Waited 5 s in vain for a service to learn of the child.");
    }
}
