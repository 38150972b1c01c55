using System.IdentityModel.Tokens.Jwt;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Gateway.Tests.Clients;

public sealed class MachineTokenTests(Installation installation) : IClassFixture<Installation>
{
    private const string Partner = "hotel-de-vier-winden";

    [Fact]
    public async Task A_partner_gets_a_token_and_uses_it_through_the_gateway()
    {
        var reply = await (await AskAsync(Assertion(Partner), "referrals.submit")).JsonAsync();
        reply.GetProperty("token_type").GetString().ShouldBe("Bearer");
        reply.GetProperty("expires_in").GetInt32().ShouldBe(300);
        var token = new JwtSecurityTokenHandler().ReadJwtToken(reply.GetProperty("access_token").GetString());
        token.Header.Typ.ShouldBe("at+jwt");
        token.Header.Alg.ShouldBe("PS256");

        using var browser = installation.Browser();
        var caller = await (await browser.GetAsync("/api/echo/v1/partner", ("Authorization", $"Bearer {reply.GetProperty("access_token").GetString()}"))).JsonAsync();
        caller.GetProperty("client").GetString().ShouldBe(Partner);
        caller.GetProperty("organisation").GetString().ShouldBe("00000000000099900004");
        caller.GetProperty("scopes").Strings().ShouldBe(["referrals.submit"]);
        caller.TryGetProperty("accountId", out _).ShouldBeFalse();
        await (await browser.GetAsync("/api/echo/v1/caller", ("Authorization", $"Bearer {reply.GetProperty("access_token").GetString()}"))).JsonAsync(403);
    }

    [Fact]
    public async Task An_assertion_is_used_once()
    {
        var assertion = Assertion(Partner);
        await (await AskAsync(assertion)).JsonAsync();
        await RefusedAsync(assertion);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_an_assertion_gets_one_answer()
    {
        var now = DateTime.UtcNow;
        await RefusedAsync(Assertion(Partner, audience: "https://elsewhere.example"));
        await RefusedAsync(Assertion(Partner, signedBy: "watch-nederland"));
        await RefusedAsync(Assertion("nobody-at-all", signedBy: Partner));
        await RefusedAsync(Assertion("No Client Id", signedBy: Partner));
        await RefusedAsync(Assertion(Partner, until: now.AddHours(1)));
        await RefusedAsync(Assertion(Partner, from: now.AddMinutes(-9), until: now.AddMinutes(-5)));
        await RefusedAsync(Assertion(Partner, jti: ""));
        await RefusedAsync(Assertion("gateway", signedBy: Partner));
        await RefusedAsync("not a token");
        var parts = Assertion(Partner).Split('.');
        await RefusedAsync($"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{parts[1]}.");
    }

    [Fact]
    public async Task Only_its_own_scopes_are_given()
    {
        (await (await AskAsync(Assertion(Partner), "identity.sessions")).JsonAsync(400)).GetProperty("error").GetString().ShouldBe("invalid_scope");
        (await (await AskAsync(Assertion(Partner))).JsonAsync()).GetProperty("scope").GetString().ShouldBe("referrals.receipts referrals.submit");
    }

    [Fact]
    public async Task Two_clients_that_call_their_keys_the_same_cannot_speak_for_each_other()
    {
        using var first = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var second = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var administrator = await installation.SignedInAsync("administrator");
        using var another = await installation.SignedInAsync("administrator-2");
        foreach (var (client, key) in new[] { ("first-partner", first), ("second-partner", second) })
        {
            await (await administrator.PostAsync("/api/identity/v1/clients", new
            {
                clientId = client,
                name = client,
                organisation = "00000000000099900200",
                scopes = new[] { "referrals.submit" },
                keyId = "key-1",
                publicKey = key.ExportSubjectPublicKeyInfoPem(),
            })).JsonAsync(201);

            // One administrator alone speaks for no partner.
            await RefusedAsync(Assertions.Signed(client, key, "key-1"));
            (await (await administrator.PostAsync($"/api/identity/v1/clients/{client}/keys/key-1/approval", new { publicKey = key.ExportSubjectPublicKeyInfoPem() })).JsonAsync(409))
                .GetProperty("rule").GetString().ShouldBe("two-administrators");
            await RefusedAsync(Assertions.Signed(client, key, "key-1"));
            await installation.CaughtUpAsync();
            var waiting = (await (await another.GetAsync("/api/identity/v1/clients?pageSize=100")).JsonAsync()).EnumerateArray()
                .Single(row => row.GetProperty("clientId").GetString() == client).GetProperty("proposed").EnumerateArray().ShouldHaveSingleItem();
            waiting.GetProperty("publicKey").GetString().ShouldBe(key.ExportSubjectPublicKeyInfoPem(), "what the partner is asked about");
            await (await another.PostAsync($"/api/identity/v1/clients/{client}/keys/key-1/approval", new { publicKey = key.ExportSubjectPublicKeyInfoPem() })).JsonAsync();
        }

        await (await AskAsync(Assertions.Signed("first-partner", first, "key-1"))).JsonAsync();
        await (await AskAsync(Assertions.Signed("second-partner", second, "key-1"))).JsonAsync();
        await RefusedAsync(Assertions.Signed("first-partner", second, "key-1"));
        await RefusedAsync(Assertions.Signed("second-partner", first, "key-1"));

        await (await administrator.PostAsync("/api/identity/v1/clients/first-partner/disabling", new { })).JsonAsync();
        await RefusedAsync(Assertions.Signed("first-partner", first, "key-1"));
        await (await administrator.PostAsync("/api/identity/v1/clients/first-partner/enabling", new { })).JsonAsync();
        await RefusedAsync(Assertions.Signed("first-partner", first, "key-1"), "one alone does not bring it back");
        await installation.CaughtUpAsync();
        (await (await another.GetAsync("/api/identity/v1/proposals")).JsonAsync()).EnumerateArray()
            .ShouldContain(one => one.GetProperty("kind").GetString() == "enabling" && one.GetProperty("clientId").GetString() == "first-partner");
        await (await another.PostAsync("/api/identity/v1/clients/first-partner/enabling", new { })).JsonAsync();
        await (await AskAsync(Assertions.Signed("first-partner", first, "key-1"))).JsonAsync();
        await (await administrator.PostAsync("/api/identity/v1/clients/second-partner/keys/key-1/removal", new { })).JsonAsync();
        await RefusedAsync(Assertions.Signed("second-partner", second, "key-1"));
    }

    private async Task RefusedAsync(string assertion, string? why = null)
    {
        var answer = await (await AskAsync(assertion)).JsonAsync(401);
        answer.GetProperty("error").GetString().ShouldBe("invalid_client", why);
        answer.GetProperty("error_description").GetString().ShouldBe("The client assertion was not accepted.", why);
    }

    private Task<HttpResponseMessage> AskAsync(string assertion, string? scope = null) =>
        Assertions.AskAsync(new Uri(new Uri(installation.Gateway.Urls.First()), "/connect/token"), assertion, scope);

    private string Assertion(
        string client, string? signedBy = null, string audience = Installation.Issuer, DateTime? from = null, DateTime? until = null, string? jti = null) =>
        Assertions.OfPartner(installation.DataFolder, client, signedBy, audience, from, until, jti);
}
