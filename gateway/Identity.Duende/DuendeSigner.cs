using System.Security.Claims;
using Barnahus.Identity.Tokens;
using Barnahus.Platform.Hosting;
using Duende.IdentityServer;

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
