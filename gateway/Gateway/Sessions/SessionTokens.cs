using Barnahus.Identity.Features;

namespace Barnahus.Gateway.Sessions;

/// <summary>Exchanges a session for a five-minute access token, and keeps it until shortly before its end.</summary>
public sealed class SessionTokens(IdentityProvider provider, SessionStore sessions, TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(45);

    /// <returns>Null: the account may not sign in any more; its sessions were ended.</returns>
    /// <exception cref="HttpRequestException">The identity provider does not answer.</exception>
    public async Task<ExchangeReply?> ForAsync(Session session, CancellationToken cancellationToken)
    {
        if (Usable(session) is { } token)
        {
            return token;
        }

        await session.Exchanging.WaitAsync(cancellationToken);
        try
        {
            if (Usable(session) is { } renewed)
            {
                return renewed;
            }

            session.Token = await provider.ExchangeAsync(new(session.AccountId, session.SignedInAt), cancellationToken);
            if (session.Token is null)
            {
                await sessions.RemoveAsync(session.Key);
            }

            return session.Token;
        }
        finally
        {
            session.Exchanging.Release();
        }
    }

    private ExchangeReply? Usable(Session session) =>
        session.Token is { } token && token.ExpiresAt - Margin > time.GetUtcNow() ? token : null;
}
