using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Keys;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Tokens;

/// <summary>Makes access tokens (RFC 9068): five minutes, PS256, audience <c>barnahus</c>, and only the claims that services authorise on.</summary>
public sealed class AccessTokens(SigningKeyRing keys, PersonalData personal, IdentitySettings settings, TimeProvider time)
{
    /// <summary>Life of a token.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>For a person, through the gateway.</summary>
    /// <param name="authenticatedAt">When they last proved who they are: <c>auth_time</c>, for what takes a recent proof.</param>
    public AccessToken For(Account account, DateTimeOffset authenticatedAt)
    {
        List<Claim> claims =
        [
            new("sub", account.Id!.Value.ToString("D")),
            new("name", personal.Open(account.Name!).ValueOrDefault ?? ""),
            new("org", account.Organisation!),
            new("client_id", GatewayClient.Id),
            Seconds("auth_time", authenticatedAt),
            .. account.Roles.Select(role => new Claim("role", role)),
            .. account.Regions.Select(region => new Claim("region", region)),
        ];
        return Sign(claims);
    }

    /// <summary>For a machine client.</summary>
    /// <param name="scopes">Asked for and allowed.</param>
    public AccessToken For(Client client, IReadOnlyCollection<string> scopes)
    {
        List<Claim> claims =
        [
            new("sub", client.ClientId!),
            new("client_id", client.ClientId!),
            new("scope", string.Join(' ', scopes)),
        ];
        if (client.ClientId != GatewayClient.Id)
        {
            claims.Add(new("org", client.Organisation));
            claims.Add(new("name", client.Name));
        }

        return Sign(claims);
    }

    private AccessToken Sign(List<Claim> claims)
    {
        var now = time.GetUtcNow();
        claims.Add(new("jti", Guid.CreateVersion7().ToString("N")));
        claims.Add(Seconds("iat", now));
        var header = new JwtHeader(keys.Credentials) { ["typ"] = ServiceTokens.Type };
        var payload = new JwtPayload(settings.Issuer, ServiceTokens.Audience, claims, now.UtcDateTime, (now + Life).UtcDateTime);
        var handler = new JwtSecurityTokenHandler { MapInboundClaims = false };
        return new(handler.WriteToken(new JwtSecurityToken(header, payload)), now + Life);
    }

    private static Claim Seconds(string name, DateTimeOffset at) =>
        new(name, at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), ClaimValueTypes.Integer64);
}

/// <param name="Token">The signed token.</param>
/// <param name="ExpiresAt">Security time.</param>
public sealed record AccessToken(string Token, DateTimeOffset ExpiresAt);
