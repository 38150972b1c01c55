using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Gateway.Tests.Clients;

/// <summary>Assertions of machine clients (<c>private_key_jwt</c>).</summary>
internal static class Assertions
{
    public static string Signed(
        string client, ECDsa key, string? keyId, string audience = Installation.Issuer, DateTime? from = null, DateTime? until = null, string? jti = null)
    {
        var issued = from ?? DateTime.UtcNow;
        var credentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = keyId }, SecurityAlgorithms.EcdsaSha256)
        {
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        Claim[] claims =
        [
            new("sub", client), new("jti", jti ?? Guid.NewGuid().ToString("N")),
            new("iat", new DateTimeOffset(issued).ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64),
        ];
        var payload = new JwtPayload(client, audience, claims, issued, until ?? issued.AddMinutes(1));
        return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(new JwtHeader(credentials), payload));
    }

    /// <summary>Of a partner of the demonstration, with the key that lies in its folder.</summary>
    /// <param name="signedBy">Null: the client itself.</param>
    public static string OfPartner(
        string dataFolder, string client, string? signedBy = null, string audience = Installation.Issuer, DateTime? from = null, DateTime? until = null, string? jti = null)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(dataFolder, "demo", "partners", $"{signedBy ?? client}.pem")));
        return Signed(client, key, null, audience, from, until, jti);
    }

    /// <summary>Asks a token endpoint for a token of the client's own.</summary>
    public static async Task<HttpResponseMessage> AskAsync(Uri tokenEndpoint, string assertion, string? scope = null)
    {
        using var http = new HttpClient();
        List<KeyValuePair<string, string>> form =
        [
            new("grant_type", "client_credentials"),
            new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            new("client_assertion", assertion),
        ];
        if (scope is not null)
        {
            form.Add(new("scope", scope));
        }

        return await http.PostAsync(tokenEndpoint, new FormUrlEncodedContent(form));
    }
}
