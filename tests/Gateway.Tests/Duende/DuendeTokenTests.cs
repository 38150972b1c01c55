using System.IdentityModel.Tokens.Jwt;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Barnahus.Gateway.Tests.Clients;
using Barnahus.Gateway.Tests.Tokens;
using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Setup;
using Barnahus.Identity.Tokens;
using Barnahus.Intake;
using Barnahus.Platform.Deciding;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Gateway.Tests.Duende;

/// <summary>Duende's tokens, keys and clients are those of the embedded issuer, by other hands.</summary>
public sealed class DuendeTokenTests(DuendeInstallation duende) : IClassFixture<DuendeInstallation>
{
    private const string Partner = "hotel-de-vier-winden";

    /// <summary>What differs between any two tokens.</summary>
    private static readonly string[] OfThisToken = ["iss", "iat", "nbf", "exp", "jti"];

    [SkippableFact]
    public async Task Its_tokens_say_what_those_of_the_embedded_issuer_say()
    {
        var house = duende.House;
        await using var embedded = await Installation.StartAsync();
        foreach (var account in new[] { "interviewer", "administrator" })
        {
            Content(await PersonAsync(house, account)).ShouldBe(Content(await PersonAsync(embedded, account)), account);
        }

        foreach (var scope in new[] { "referrals.submit", null })
        {
            Content(await AskAsync(Assertion(), scope)).ShouldBe(
                Content(await AskAsync(Assertions.OfPartner(embedded.DataFolder, Partner), scope, embedded.Identity)), scope ?? "all");
        }

        var mine = await AskAsync(GatewayAssertion(house, duende.Issuer), GatewayClient.Scope);
        Content(mine).ShouldBe(Content(await AskAsync(GatewayAssertion(embedded, Installation.Issuer), GatewayClient.Scope, embedded.Identity)));
        mine.Issuer.ShouldBe(duende.Issuer);
        (mine.ValidTo - mine.ValidFrom).ShouldBe(TimeSpan.FromMinutes(5));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_publishes_its_key_for_PS256_and_what_it_has_and_no_more(bool staticKey)
    {
        duende.House.ShouldNotBeNull();
        var own = new DuendeInstallation();
        await own.OpenAsync(demo: true, staticKey);
        try
        {
            using var asker = new Browser(new(own.Issuer));
            var document = await (await asker.GetAsync("/.well-known/openid-configuration")).JsonAsync();
            document.GetProperty("issuer").GetString().ShouldBe(own.Issuer);
            document.GetProperty("token_endpoint_auth_methods_supported").Strings().ShouldBe(["private_key_jwt"]);
            document.EnumerateObject().Select(property => property.Name).Where(name => name.EndsWith("_endpoint", StringComparison.Ordinal)).Order()
                .ShouldBe(["authorization_endpoint", "pushed_authorization_request_endpoint", "token_endpoint"]);

            var keys = await (await asker.GetAsync(new Uri(document.GetProperty("jwks_uri").GetString()!).PathAndQuery)).JsonAsync();
            var key = keys.GetProperty("keys").EnumerateArray().ShouldHaveSingleItem();
            key.EnumerateObject().Select(property => property.Name).Order().ShouldBe(["alg", "e", "kid", "kty", "n", "use"]);
            key.GetProperty("alg").GetString().ShouldBe("PS256");
            key.GetProperty("n").GetString()!.Length.ShouldBe(512, "3072 bits");
            var token = await PersonAsync(own.House, "auditor");
            (token.Header.Alg, token.Header.Kid).ShouldBe(("PS256", key.GetProperty("kid").GetString()));
            using var forgery = new Forgery(new RsaSecurityKey(System.Security.Cryptography.RSA.Create(3072)) { KeyId = token.Header.Kid }, own.Issuer);
            (await ForgeryTable.StatusAsync(own.House.Service, forgery.Genuine(new()))).ShouldBe(401, "another key by the same name");
            (await ForgeryTable.StatusAsync(own.House.Service, token.RawData)).ShouldBe(200);

            var kept = staticKey ? [] : Directory.GetFiles(own.KeyFolder, "*.json");
            kept.Length.ShouldBe(staticKey ? 0 : 1);
            kept.ShouldAllBe(file => !File.ReadAllText(file).Contains(key.GetProperty("n").GetString()!, StringComparison.Ordinal), "sealed");
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Whatever_is_wrong_with_an_assertion_gets_one_answer()
    {
        var now = DateTime.UtcNow;
        var once = Assertion();
        await AskAsync(once);
        await RefusedAsync(once, "used before");
        await RefusedAsync(Assertion(audience: "https://elsewhere.example"), "another's");
        await RefusedAsync(Assertion(signedBy: "watch-nederland"), "another's key");
        await RefusedAsync(Assertion("nobody-at-all", signedBy: Partner), "unknown");
        await RefusedAsync(Assertion("gateway", signedBy: Partner), "the gateway's");
        await RefusedAsync(Assertion(until: now.AddHours(1)), "lives too long");
        await RefusedAsync(Assertion(from: now.AddMinutes(-9), until: now.AddMinutes(-5)), "over");
        await RefusedAsync(Assertion(jti: ""), "nameless");
        var parts = Assertion().Split('.');
        await RefusedAsync($"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{parts[1]}.", "unsigned");
        await RefusedAsync("not a token", "no token", "invalid_request");

        var scope = await (await Assertions.AskAsync(TokenEndpoint(duende.House.Identity), Assertion(), "identity.sessions")).JsonAsync(400);
        scope.GetProperty("error").GetString().ShouldBe("invalid_scope");
        await RefusedSecretAsync();
    }

    [SkippableFact]
    public async Task A_service_takes_its_tokens_and_nothing_but_the_authority_is_set()
    {
        await using var intake = await duende.House.AnotherServiceAsync(duende.Issuer, IntakeModule.Module);
        using var http = new HttpClient { BaseAddress = new(intake.Urls.First()) };
        var partner = await AskAsync(Assertion());
        using var referral = Message(HttpMethod.Post, partner);
        referral.Content = new StringContent(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Cases", "02-kayleigh-hotel.json")), Encoding.UTF8, new MediaTypeHeaderValue("application/cloudevents+json"));
        var receipt = await (await http.SendAsync(referral)).JsonAsync(201);
        using var own = Message(HttpMethod.Get, partner);
        (await (await http.SendAsync(own)).Content.ReadAsStringAsync()).ShouldContain(receipt.GetProperty("referralId").GetString()!);

        using var officer = Message(HttpMethod.Get, await PersonAsync(duende.House, "intake-officer"));
        officer.Headers.Add("Barnahus-Role", "intake-officer");
        officer.Headers.Add("Barnahus-Purpose", "intake");
        await (await http.SendAsync(officer)).JsonAsync();
        using var nobody = Message(HttpMethod.Get, partner);
        nobody.Headers.Authorization = new("Bearer", partner.RawData[..^20]);
        ((int)(await http.SendAsync(nobody)).StatusCode).ShouldBe(401);
    }

    private static HttpRequestMessage Message(HttpMethod method, JwtSecurityToken token)
    {
        var message = new HttpRequestMessage(method, "/intake/v1/referrals");
        message.Headers.Authorization = new("Bearer", token.RawData);
        return message;
    }

    private string Assertion(
        string client = Partner, string? signedBy = null, string? audience = null, DateTime? from = null, DateTime? until = null, string? jti = null) =>
        Assertions.OfPartner(duende.House.DataFolder, client, signedBy, audience ?? duende.Issuer, from, until, jti);

    private static string GatewayAssertion(Installation house, string issuer) =>
        house.Gateway.Services.GetRequiredService<Gateway.Sessions.GatewayKey>().Assert(issuer, DateTimeOffset.UtcNow);

    private static Uri TokenEndpoint(WebApplication provider) => new(new Uri(provider.Urls.First()), "/connect/token");

    private async Task<JwtSecurityToken> AskAsync(string assertion, string? scope = null, WebApplication? provider = null)
    {
        var reply = await (await Assertions.AskAsync(TokenEndpoint(provider ?? duende.House.Identity), assertion, scope)).JsonAsync();
        reply.GetProperty("expires_in").GetInt32().ShouldBe(300);
        return new JwtSecurityTokenHandler().ReadJwtToken(reply.GetProperty("access_token").GetString());
    }

    private async Task RefusedAsync(string assertion, string why, string error = "invalid_client")
    {
        using var answer = await Assertions.AskAsync(TokenEndpoint(duende.House.Identity), assertion);
        (await answer.Content.ReadAsStringAsync()).ShouldBe($$"""{"error":"{{error}}"}""", why);
        ((int)answer.StatusCode).ShouldBe(400, why);
    }

    /// <summary>Nothing of ours is a secret; that there is none in the log must not make one of a key's name.</summary>
    private async Task RefusedSecretAsync()
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials", ["client_id"] = GatewayClient.Id, ["client_secret"] = GatewayClient.Id,
        });
        using var answer = await http.PostAsync(TokenEndpoint(duende.House.Identity), form);
        ((int)answer.StatusCode).ShouldBe(400);
    }

    /// <summary>As the session's desk makes it.</summary>
    private static async Task<JwtSecurityToken> PersonAsync(Installation house, string loginName)
    {
        await using var scope = house.Identity.Services.CreateAsyncScope();
        var (account, _) = await scope.ServiceProvider.GetRequiredService<CommandHandler>()
            .StateAsync(AccountDecider.Decider, Account.Stream(DemoAccounts.IdOf(loginName)), default);
        var token = await scope.ServiceProvider.GetRequiredService<AccessTokens>().ForAsync(account, DemoAccounts.IdOf(loginName), DateTimeOffset.UnixEpoch, default);
        return new JwtSecurityTokenHandler().ReadJwtToken(token.Token);
    }

    private static string Content(JwtSecurityToken token)
    {
        var payload = JsonDocument.Parse(Base64UrlEncoder.Decode(token.RawPayload)).RootElement.EnumerateObject()
            .Where(claim => !OfThisToken.Contains(claim.Name)).OrderBy(claim => claim.Name, StringComparer.Ordinal);
        OfThisToken.Except(token.Payload.Keys).ShouldBeEmpty();
        return $"{token.Header.Typ} {token.Header.Alg} {string.Join(", ", payload.Select(claim => $"{claim.Name}={claim.Value.GetRawText()}"))}";
    }
}
