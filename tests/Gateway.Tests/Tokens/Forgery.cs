using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Barnahus.Identity.Keys;
using Barnahus.Platform.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Gateway.Tests.Tokens;

/// <summary>Makes access tokens as an attacker would, from what is public: the real token's shape, the public key, the issuer's name.</summary>
/// <param name="provider">The provider's key.</param>
internal sealed class Forgery(RsaSecurityKey provider, string issuer = Installation.Issuer) : IDisposable
{
    private readonly RSA _own = RSA.Create(2048);

    public Forgery(SigningKeyRing keys)
        : this((RsaSecurityKey)keys.Credentials.Key)
    {
    }

    /// <summary>What the real provider would sign, unless it is changed.</summary>
    public sealed record Claims
    {
        /// <summary>Null: the real one.</summary>
        public string? Issuer { get; init; }

        public string Audience { get; init; } = ServiceTokens.Audience;

        public string? Type { get; init; } = ServiceTokens.Type;

        public DateTime From { get; init; } = DateTime.UtcNow.AddSeconds(-1);

        public DateTime? Until { get; init; } = DateTime.UtcNow.AddMinutes(5);
    }

    /// <summary>Signed by the provider's own key: only the claims are wrong.</summary>
    public string Genuine(Claims claims, string algorithm = SecurityAlgorithms.RsaSsaPssSha256) =>
        Write(claims, new SigningCredentials(provider, algorithm));

    /// <summary>Signed by a key of the attacker.</summary>
    /// <param name="keyId">Null: that of the provider's key.</param>
    public string Own(string? keyId = null, Action<JwtHeader>? header = null) => Write(
        new(), new SigningCredentials(new RsaSecurityKey(_own) { KeyId = keyId ?? provider.KeyId, CryptoProviderFactory = Uncached }, SecurityAlgorithms.RsaSsaPssSha256), header);

    /// <summary>The attacker's public key, as a token may carry it.</summary>
    public Dictionary<string, object> OwnPublicKey()
    {
        var key = _own.ExportParameters(includePrivateParameters: false);
        return new(StringComparer.Ordinal)
        {
            ["kty"] = "RSA",
            ["n"] = Base64UrlEncoder.Encode(key.Modulus),
            ["e"] = Base64UrlEncoder.Encode(key.Exponent),
        };
    }

    /// <summary>HS256, with the provider's public key as the shared secret.</summary>
    public string SignedWithPublicKey()
    {
        var secret = new SymmetricSecurityKey(Encoding.ASCII.GetBytes(provider.Rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = provider.KeyId };
        return Write(new(), new SigningCredentials(secret, SecurityAlgorithms.HmacSha256));
    }

    /// <summary>No signature at all.</summary>
    public string Unsigned()
    {
        var parts = Genuine(new()).Split('.');
        return $"{Encode("""{"alg":"none","typ":"at+jwt"}""")}.{parts[1]}.";
    }

    /// <summary>A genuine token in which one role was put in place of another.</summary>
    public string Tampered()
    {
        var parts = Genuine(new()).Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]).Replace("\"auditor\"", "\"prosecutor\"", StringComparison.Ordinal);
        return $"{parts[0]}.{Encode(payload)}.{parts[2]}";
    }

    public void Dispose() => _own.Dispose();

    private static CryptoProviderFactory Uncached => new() { CacheSignatureProviders = false };

    private static string Encode(string text) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(text));

    private string Write(Claims claims, SigningCredentials credentials, Action<JwtHeader>? change = null)
    {
        var header = new JwtHeader(credentials);
        header.Remove("typ");
        if (claims.Type is not null)
        {
            header["typ"] = claims.Type;
        }

        change?.Invoke(header);
        Claim[] identity =
        [
            new("sub", Guid.CreateVersion7().ToString("D")), new("name", "Nobody"), new("role", "auditor"), new("org", "00000000000099900107"),
            new("client_id", "gateway"),
        ];
        var payload = new JwtPayload(claims.Issuer ?? issuer, claims.Audience, identity, claims.From, claims.Until);
        return new JwtSecurityTokenHandler { MapInboundClaims = false }.WriteToken(new JwtSecurityToken(header, payload));
    }
}
