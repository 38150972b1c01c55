using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Barnahus.Identity.Keys;
using Barnahus.Platform.Hosting;

namespace Barnahus.Identity.Tokens;

/// <summary>Puts the issuer's signature under the claims of an access token: the embedded issuer's, or that of a provider in its place.</summary>
public interface ITokenSigner
{
    /// <summary>An access token (<c>at+jwt</c>) of this issuer for the audience <c>barnahus</c>, good from now on.</summary>
    /// <param name="life">How long it is good.</param>
    Task<string> SignAsync(IReadOnlyCollection<Claim> claims, TimeSpan life, CancellationToken cancellationToken);
}

/// <summary>Signs with the newest key in use of <see cref="SigningKeyRing"/>, PS256.</summary>
public sealed class EmbeddedSigner(SigningKeyRing keys, IdentitySettings settings, TimeProvider time) : ITokenSigner
{
    public Task<string> SignAsync(IReadOnlyCollection<Claim> claims, TimeSpan life, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var header = new JwtHeader(keys.Credentials) { ["typ"] = ServiceTokens.Type };
        List<Claim> all = [.. claims, AccessTokens.Seconds("iat", now)];
        var payload = new JwtPayload(settings.Issuer, ServiceTokens.Audience, all, now.UtcDateTime, (now + life).UtcDateTime);
        return Task.FromResult(new JwtSecurityTokenHandler { MapInboundClaims = false }.WriteToken(new JwtSecurityToken(header, payload)));
    }
}
