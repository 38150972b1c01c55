using System.Text.Json;
using Barnahus.SystemTests.BadInput;

namespace Barnahus.SystemTests.Access;

/// <summary>A partner organisation's system, through the gateway: what it sent, and nothing of others or of what became of it.</summary>
public sealed class PartnerTests
{
    [Fact]
    public async Task A_partner_sees_its_own_receipts_and_nothing_else()
    {
        await using var story = await Story.BeginAsync(new InOneProcess(), 3);
        var (jason, eva) = (await story.SubmitAsync(1), await story.SubmitAsync(3));
        using var partner = story.House.Partner(Oin(1));

        var listed = await SeeAsync(partner, "/api/intake/v1/referrals");
        listed.EnumerateArray().ShouldHaveSingleItem().Id("referralId").ShouldBe(jason);
        var receipt = await SeeAsync(partner, $"/api/intake/v1/referrals/{jason}");
        receipt.Id("referralId").ShouldBe(jason);
        receipt.ToString().ShouldNotContain("Jason");
        var absent = await AskAsync(partner, $"/api/intake/v1/referrals/{Schoolyard.Absent("referralId")}");
        (await AskAsync(partner, $"/api/intake/v1/referrals/{eva}")).ShouldBe(absent, "another's receipt looks like none");
        absent.Status.ShouldBe(404);

        var document = await Document.ReadAsync(await story.House.SignInAsync("interviewer"));
        foreach (var address in document.Gets.Where(address => !address.Path.StartsWith("/api/intake/v1/referrals", StringComparison.Ordinal)
            && !address.Path.Contains("/schemas/", StringComparison.Ordinal)))
        {
            (await AskAsync(partner, address.With(Schoolyard.Absent))).Status.ShouldBe(403, address.Path);
        }
    }

    private static string Oin(int number) => Story.Case(number)["source"]!.GetValue<string>()["urn:nld:oin:".Length..];

    private static async Task<JsonElement> SeeAsync(AllInOne.Demo.PartnerClient partner, string path)
    {
        var (status, body) = await AskAsync(partner, path);
        status.ShouldBe(200, body);
        return JsonDocument.Parse(body).RootElement;
    }

    private static async Task<(int Status, string Body)> AskAsync(AllInOne.Demo.PartnerClient partner, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        using var response = await partner.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, System.Text.RegularExpressions.Regex.Replace(body, "\"traceId\":\"[^\"]+\"", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
    }
}
