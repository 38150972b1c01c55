using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Gateway.Tests.Tokens;

/// <summary>What a service must not take, whoever the provider is.</summary>
internal static class ForgeryTable
{
    public static TheoryData<string> Names => [.. Table.Keys];

    public static IEnumerable<string> Kinds => Table.Keys;

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

    public static string Make(string kind, Forgery forgery) => Table[kind](forgery);

    /// <summary>What the service answers to a token, past the gateway.</summary>
    public static async Task<int> StatusAsync(WebApplication service, string token, string path = "/echo/v1/caller")
    {
        using var http = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Barnahus-Role", "auditor");
        request.Headers.Add("Barnahus-Purpose", "oversight");
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
