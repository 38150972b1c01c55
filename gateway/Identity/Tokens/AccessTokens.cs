using System.Security.Claims;
using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Platform.Access;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Tokens;

/// <summary>Makes access tokens (RFC 9068): five minutes, PS256, audience <c>barnahus</c>, and only the claims that services authorise on or put on record.</summary>
public sealed class AccessTokens(ITokenSigner signer, PersonalData personal, TimeProvider time)
{
    /// <summary>Life of a token.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>For a person, through the gateway.</summary>
    /// <param name="sessionId">Session it is for: <c>sid</c>, by which an access record says from where.</param>
    /// <param name="authenticatedAt">When they last proved who they are: <c>auth_time</c>, for what takes a recent proof.</param>
    public Task<AccessToken> ForAsync(Account account, Guid sessionId, DateTimeOffset authenticatedAt, CancellationToken cancellationToken)
    {
        List<Claim> claims =
        [
            new("sub", account.Id!.Value.ToString("D")),
            new("name", personal.Open(account.Name!).ValueOrDefault ?? ""),
            new("org", account.Organisation!),
            new("client_id", GatewayClient.Id),
            new(Caller.SessionClaim, sessionId.ToString("D")),
            Seconds("auth_time", authenticatedAt),
            .. account.Roles.Select(role => new Claim("role", role)),
            .. account.Regions.Select(region => new Claim("region", region)),
        ];
        return SignAsync(claims, cancellationToken);
    }

    /// <summary>For a machine client.</summary>
    /// <param name="scopes">Asked for and allowed.</param>
    public Task<AccessToken> ForAsync(Client client, IReadOnlyCollection<string> scopes, CancellationToken cancellationToken)
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

        return SignAsync(claims, cancellationToken);
    }

    private async Task<AccessToken> SignAsync(List<Claim> claims, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        claims.Add(new("jti", Guid.CreateVersion7().ToString("N")));
        return new(await signer.SignAsync(claims, Life, cancellationToken), now + Life);
    }

    internal static Claim Seconds(string name, DateTimeOffset at) =>
        new(name, at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), ClaimValueTypes.Integer64);
}

/// <param name="Token">The signed token.</param>
/// <param name="ExpiresAt">Security time.</param>
public sealed record AccessToken(string Token, DateTimeOffset ExpiresAt);
