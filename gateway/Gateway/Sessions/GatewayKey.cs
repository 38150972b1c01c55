using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Security.Cryptography;
using Barnahus.Identity.Clients;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Gateway.Sessions;

/// <summary>
/// What the gateway proves itself with to the identity provider (<c>private_key_jwt</c>, ES256). In one process it is made at start and never written;
/// in several it is a PEM file outside the data folder: who has it can act as anybody.
/// </summary>
public sealed class GatewayKey : IDisposable
{
    private static readonly TimeSpan AssertionLife = TimeSpan.FromMinutes(1);
    private readonly ECDsa _key;
    private readonly SigningCredentials _credentials;

    private GatewayKey(ECDsa key)
    {
        _key = key;
        _credentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = GatewayClient.Id }, SecurityAlgorithms.EcdsaSha256)
        {
            // The library caches signers by key id, and ours is the same in every installation of a test process.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
    }

    /// <summary>For the provider: <c>Identity:GatewayKey</c>.</summary>
    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>A new key that lives as long as the process.</summary>
    public static GatewayKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="pem">Private key, P-256, PEM.</param>
    public static GatewayKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return new(key);
    }

    /// <summary>An assertion for one use.</summary>
    /// <param name="audience">The provider's issuer.</param>
    public string Assert(string audience, DateTimeOffset now)
    {
        Claim[] claims =
        [
            new("sub", GatewayClient.Id),
            new("jti", Guid.NewGuid().ToString("N")),
            new("iat", now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
        ];
        var payload = new JwtPayload(GatewayClient.Id, audience, claims, now.UtcDateTime, (now + AssertionLife).UtcDateTime);
        return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(new JwtHeader(_credentials), payload));
    }

    public void Dispose() => _key.Dispose();
}
