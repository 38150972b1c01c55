using System.Net.Http.Headers;
using Barnahus.Identity.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Gateway.Tests.Tokens;

/// <summary>What a service must not take. Each forgery goes to the service itself, past the gateway.</summary>
public sealed class ForgedTokenTests(Installation installation) : IClassFixture<Installation>
{
    public static TheoryData<string> Forgeries => [.. Table.Keys];

    private static Dictionary<string, Func<Forgery, string>> Table { get; } = new(StringComparer.Ordinal)
    {
        ["no signature"] = forgery => forgery.Unsigned(),
        ["HS256 with the public key"] = forgery => forgery.SignedWithPublicKey(),
        ["RS256 by the right key"] = forgery => forgery.Genuine(new(), SecurityAlgorithms.RsaSha256),
        ["PS512 by the right key"] = forgery => forgery.Genuine(new(), SecurityAlgorithms.RsaSsaPssSha512),
        ["another key under the right key id"] = forgery => forgery.Own(),
        ["an unknown key id"] = forgery => forgery.Own("nobodys-key"),
        ["an embedded key"] = forgery => forgery.Own("embedded", header => header["jwk"] = forgery.OwnPublicKey()),
        ["a key address of the attacker"] = forgery => forgery.Own("there", header => header["jku"] = "http://127.0.0.1:9/keys"),
        ["another audience"] = forgery => forgery.Genuine(new() { Audience = "elsewhere" }),
        ["another issuer"] = forgery => forgery.Genuine(new() { Issuer = "https://elsewhere.example" }),
        ["the type of an identity token"] = forgery => forgery.Genuine(new() { Type = "JWT" }),
        ["no type"] = forgery => forgery.Genuine(new() { Type = null }),
        ["expired"] = forgery => forgery.Genuine(new() { From = DateTime.UtcNow.AddMinutes(-10), Until = DateTime.UtcNow.AddSeconds(-20) }),
        ["no expiry"] = forgery => forgery.Genuine(new() { Until = null }),
        ["not yet valid"] = forgery => forgery.Genuine(new() { From = DateTime.UtcNow.AddMinutes(2), Until = DateTime.UtcNow.AddMinutes(4) }),
        ["tampered"] = forgery => forgery.Tampered(),
        ["cut short"] = forgery => forgery.Genuine(new())[..^20],
        ["no token"] = _ => "not.a.token",
    };

    [Fact]
    public async Task The_genuine_one_is_taken()
    {
        using var forgery = Forge();
        (await StatusAsync(forgery.Genuine(new()))).ShouldBe(200);
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forged_token_opens_nothing(string kind)
    {
        using var forgery = Forge();
        (await StatusAsync(Table[kind](forgery))).ShouldBe(401);
    }

    private Forgery Forge() => new(installation.Identity.Services.GetRequiredService<SigningKeyRing>());

    private async Task<int> StatusAsync(string token)
    {
        using var http = new HttpClient { BaseAddress = new Uri(installation.Service.Urls.First()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/echo/v1/caller");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Barnahus-Role", "auditor");
        request.Headers.Add("Barnahus-Purpose", "oversight");
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
