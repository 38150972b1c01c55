using System.Globalization;
using System.IdentityModel.Tokens.Jwt;
using System.Threading.RateLimiting;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Identity.Clients;

/// <summary>
/// Proves who a machine client is: <c>private_key_jwt</c> (RFC 7523), PS256 or ES256, at most five minutes long, each used once, and no more of them in a
/// minute than <see cref="IdentitySettings.TokensPerClient"/>.
/// </summary>
public sealed class ClientAssertions(CommandHandler handler, GatewayClient gateway, OneTimeProofs proofs, IdentitySettings settings, TimeProvider time) : IDisposable
{
    /// <summary>The reason when the client is who it says, and has had its tokens of this minute.</summary>
    public const string TooMany = "too many";

    /// <summary>Longest life of an assertion.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);
    private const int LongestJti = 200;

    private readonly PartitionedRateLimiter<string> _allowances =
        PartitionedRateLimiter.Create<string, string>(client => CallerLimits.PerMinute(client, settings.TokensPerClient));

    /// <summary>The client, or null with the reason for the log; the caller is told no more than that it failed.</summary>
    public async Task<(Client? Client, string Reason)> VerifyAsync(string assertion, CancellationToken cancellationToken)
    {
        var tokens = new JwtSecurityTokenHandler { MapInboundClaims = false };
        JwtSecurityToken claimed;
        try
        {
            claimed = tokens.ReadJwtToken(assertion);
        }
        catch (ArgumentException)
        {
            return (null, "not a JWT");
        }

        if (claimed.Header.Alg is not (SecurityAlgorithms.RsaSsaPssSha256 or SecurityAlgorithms.EcdsaSha256))
        {
            return (null, "algorithm");
        }

        // The name is only claimed so far; it says which keys to try.
        var client = await FindAsync(claimed.Subject, cancellationToken);
        if (client is null or { Disabled: true } || claimed.Issuer != claimed.Subject)
        {
            return (null, "client");
        }

        try
        {
            tokens.ValidateToken(assertion, Parameters(client), out _);
        }
        catch (Exception error) when (error is SecurityTokenException or ArgumentException)
        {
            return (null, error.GetType().Name);
        }

        // Counted once the signature was judged, so that nobody spends what is another's; and before the proof is noted, which takes a place in the log.
        // The gateway asks for everybody: what it may do is limited at its own doors.
        return Fresh(claimed) is { } stale ? (null, stale)
            : client.ClientId != GatewayClient.Id && !_allowances.AttemptAcquire(client.ClientId!).IsAcquired ? (null, TooMany)
            : await proofs.TakeAsync($"{client.ClientId}/{claimed.Id}", new DateTimeOffset(claimed.ValidTo, TimeSpan.Zero) + Skew, cancellationToken) ? (client, "")
            : (null, "used before");
    }

    public void Dispose() => _allowances.Dispose();

    private async Task<Client?> FindAsync(string? clientId, CancellationToken cancellationToken)
    {
        if (clientId is null || !ClientId.IsValid(clientId))
        {
            return null;
        }

        if (clientId == GatewayClient.Id)
        {
            return gateway.Client;
        }

        var (client, _) = await handler.StateAsync(ClientDecider.Decider, Client.Stream(clientId), cancellationToken);
        return client.ClientId is null ? null : client;
    }

    private TokenValidationParameters Parameters(Client client) => new()
    {
        ValidIssuer = client.ClientId,
        ValidAudiences = [settings.Issuer, settings.Issuer + "/connect/token"],
        IssuerSigningKeys = [.. client.Keys.Select(key => PublicKeys.Read(key.Value, key.Key))],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidateIssuerSigningKey = true,
        ClockSkew = Skew,
    };

    private string? Fresh(JwtSecurityToken token)
    {
        var now = time.GetUtcNow();
        var iat = token.Claims.FirstOrDefault(claim => claim.Type == JwtRegisteredClaimNames.Iat)?.Value;
        if (!long.TryParse(iat, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return "iat missing";
        }

        // That there is an expiry was validated before.
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var expiresAt = new DateTimeOffset(token.ValidTo, TimeSpan.Zero);
        if (expiresAt - issuedAt > LongestLife || issuedAt > now + Skew)
        {
            return "lives too long";
        }

        return token.Id is not { Length: > 0 and <= LongestJti } ? "jti missing" : null;
    }
}
