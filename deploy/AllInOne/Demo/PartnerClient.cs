using System.IdentityModel.Tokens.Jwt;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.AllInOne.Demo;

/// <summary>A partner organisation's system, as it would call Barnahus: client credentials with <c>private_key_jwt</c>, then CloudEvents.</summary>
public sealed class PartnerClient(Uri gateway, string clientId, string privateKeyPem) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = gateway };
    private string? _token;

    /// <summary>The demonstration's partner with an OIN, from the files that <c>--demo</c> leaves in the data folder.</summary>
    public static PartnerClient OfDemo(Uri gateway, string dataFolder, string oin)
    {
        var folder = Path.Combine(dataFolder, "demo", "partners");
        var clientId = File.ReadLines(Path.Combine(folder, "partners.tsv")).Select(line => line.Split('\t')).First(fields => fields[0] == oin)[1];
        return new PartnerClient(gateway, clientId, File.ReadAllText(Path.Combine(folder, $"{clientId}.pem")));
    }

    /// <summary>Submits a referral; 201 the first time, 200 with the first receipt after that.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string cloudEvent, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/intake/v1/referrals") { Content = new StringContent(cloudEvent, Encoding.UTF8, "application/cloudevents+json") };
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Sends with this client's token.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        _token ??= await TokenAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return await _http.SendAsync(request, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        using var discovery = JsonDocument.Parse(await _http.GetStringAsync("/.well-known/openid-configuration", cancellationToken));
        var issuer = discovery.RootElement.GetProperty("issuer").GetString()!;
        using var key = ECDsa.Create();
        key.ImportFromPem(privateKeyPem);
        var now = DateTime.UtcNow;
        var header = new JwtHeader(new SigningCredentials(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256)
        {
            // Else the library remembers the key, which is gone after this token.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        });
        Claim[] claims = [new("sub", clientId), new("jti", Guid.NewGuid().ToString("N"))];
        var payload = new JwtPayload(clientId, issuer, claims, now, now.AddMinutes(1), issuedAt: now);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(header, payload)),
            ["scope"] = "referrals.submit referrals.receipts",
        });
        using var response = await _http.PostAsync(new Uri("/connect/token", UriKind.Relative), form, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonDocument.Parse(body).RootElement.GetProperty("access_token").GetString()!
            : throw new HttpRequestException($"No token for {clientId}: {(int)response.StatusCode} {body}");
    }
}
