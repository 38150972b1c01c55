using System.Security.Cryptography;
using Barnahus.Gateway.Tests.Clients;

namespace Barnahus.Gateway.Tests.Hardening;

/// <summary>How much one account, one machine client and one address may ask in a minute: nobody spends what is another's.</summary>
public sealed class AllowanceTests
{
    private const int Few = 5;

    [Fact]
    public async Task Sessions_of_one_account_share_its_allowance_at_the_gateway()
    {
        await using var house = await Installation.StartAsync(settings: $"--Gateway:PerCaller={Few}");
        using var first = house.Browser();
        using var second = house.Browser();
        using var other = house.Browser();
        await first.SignInAsync("interviewer", Installation.Password);
        await second.SignInAsync("interviewer", Installation.Password);
        await other.SignInAsync("auditor", Installation.Password);
        for (var request = 0; request < Few; request++)
        {
            await (await first.GetAsync("/api/account/me")).JsonAsync();
        }

        await RefusedAsync(await first.GetAsync("/api/account/me"));
        await RefusedAsync(await second.GetAsync("/api/account/me"));
        await (await other.GetAsync("/api/account/me")).JsonAsync();
    }

    [Fact]
    public async Task An_account_has_one_allowance_at_a_service_whichever_way_it_comes()
    {
        await using var house = await Installation.StartAsync(settings: $"--Limits:PerAccount={Few}");
        using var first = await house.SignedInAsync("interviewer");
        using var second = await house.SignedInAsync("interviewer");
        using var other = await house.SignedInAsync("interviewer-2");
        for (var request = 0; request < Few; request++)
        {
            await (await first.GetAsync("/api/echo/v1/caller")).JsonAsync();
        }

        await RefusedAsync(await second.GetAsync("/api/echo/v1/caller"));
        await (await other.GetAsync("/api/echo/v1/caller")).JsonAsync();
    }

    [Fact]
    public async Task A_machine_client_has_its_own_allowance_and_made_up_tokens_spend_none_of_it()
    {
        await using var house = await Installation.StartAsync(settings: $"--Limits:PerClient={Few}");
        using var browser = house.Browser();
        var (one, other) = (await TokenAsync(house, "hotel-de-vier-winden"), await TokenAsync(house, "watch-nederland"));
        for (var request = 0; request < 2 * Few; request++)
        {
            ((int)(await GetAsync("made.up.token")).StatusCode).ShouldBe(401);
        }

        for (var request = 0; request < Few; request++)
        {
            await (await GetAsync(one)).JsonAsync();
        }

        await RefusedAsync(await GetAsync(one));
        await RefusedAsync(await GetAsync(await TokenAsync(house, "hotel-de-vier-winden")));
        await (await GetAsync(other)).JsonAsync();

        Task<HttpResponseMessage> GetAsync(string token) => browser.GetAsync("/api/echo/v1/partner", ("Authorization", $"Bearer {token}"));
    }

    [Fact]
    public async Task A_machine_client_has_its_own_allowance_of_tokens_and_made_up_proofs_spend_none_of_it()
    {
        await using var house = await Installation.StartAsync(settings: $"--Limits:TokensPerClient={Few}");
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        for (var request = 0; request < 2 * Few; request++)
        {
            await (await Assertions.AskAsync(TokensOf(house), Assertions.Signed("hotel-de-vier-winden", stranger, null), "referrals.submit")).JsonAsync(401);
        }

        for (var request = 0; request < Few; request++)
        {
            await TokenAsync(house, "hotel-de-vier-winden");
        }

        var proofs = await ProofsAsync();
        await RefusedAsync(await AskAsync(house, "hotel-de-vier-winden"));
        (await ProofsAsync()).ShouldBe(proofs, "what is refused takes no place in the log");
        await TokenAsync(house, "watch-nederland");
        using var browser = await house.SignedInAsync("interviewer");

        async Task<string> ProofsAsync() => $"{await house.Stores.Log.HeadAsync(default)}";
    }

    [Fact]
    public async Task Who_has_no_session_has_the_allowance_of_the_address()
    {
        await using var house = await Installation.StartAsync(settings: $"--Gateway:PerAddress={Few}");
        using var browser = house.Browser();
        for (var request = 0; request < Few; request++)
        {
            ((int)(await browser.GetAsync("/account/sign-in")).StatusCode).ShouldBe(200);
        }

        await RefusedAsync(await browser.GetAsync("/account/sign-in"));
    }

    private static async Task RefusedAsync(HttpResponseMessage answer)
    {
        (await answer.JsonAsync(429)).GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:too-many");
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    private static async Task<string> TokenAsync(Installation house, string client) =>
        (await (await AskAsync(house, client)).JsonAsync()).GetProperty("access_token").GetString()!;

    private static async Task<HttpResponseMessage> AskAsync(Installation house, string client)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(house.DataFolder, "demo", "partners", $"{client}.pem")));
        return await Assertions.AskAsync(TokensOf(house), Assertions.Signed(client, key, null), "referrals.submit");
    }

    private static Uri TokensOf(Installation house) => new(new Uri(house.Gateway.Urls.First()), "/connect/token");
}
