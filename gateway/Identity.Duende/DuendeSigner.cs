using System.Security.Claims;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Tokens;
using Barnahus.Platform.Hosting;
using Duende.IdentityServer;
using Duende.IdentityServer.Services;

namespace Barnahus.Identity.Duende;

/// <summary>Tokens of sessions, signed with Duende's key in use.</summary>
public sealed class DuendeSigner(IServiceScopeFactory scopes, IdentitySettings settings) : ITokenSigner
{
    public async Task<string> SignAsync(IReadOnlyCollection<Claim> claims, TimeSpan life, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var tools = scope.ServiceProvider.GetRequiredService<IIdentityServerTools>();
        return await tools.IssueJwtAsync((int)life.TotalSeconds, settings.Issuer, [.. claims, new("aud", ServiceTokens.Audience)]);
    }
}

/// <summary>An assertion counts once at every replica: what Duende asks its cache, the log answers.</summary>
public sealed class ReplayOnTheLog(OneTimeProofs proofs, TimeProvider time) : IReplayCache
{
    // An assertion may live this long at most, and Duende allows clocks five minutes on top.
    private static readonly TimeSpan Life = ClientAssertions.LongestLife + TimeSpan.FromMinutes(10);

    /// <summary>Asking takes it: between a question and a note of its own a second replica would get in.</summary>
    public async Task<bool> ExistsAsync(string purpose, string handle) =>
        !await proofs.TakeAsync($"{purpose}/{handle}", time.GetUtcNow() + Life, CancellationToken.None);

    public Task AddAsync(string purpose, string handle, DateTimeOffset expiration) => Task.CompletedTask;
}
