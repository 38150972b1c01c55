using Barnahus.Identity.Features;

namespace Barnahus.Gateway.Sessions;

/// <summary>Exchanges a session for a five-minute access token, and keeps it until shortly before its end. One exchange of a session at a time.</summary>
public sealed class SessionTokens(IdentityProvider provider, SessionStore sessions, TimeProvider time)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(45);

    /// <returns>Null: the session has ended, or its account may not sign in any more.</returns>
    /// <exception cref="HttpRequestException">The identity provider does not answer.</exception>
    public async Task<ExchangeReply?> ForAsync(Session session, CancellationToken cancellationToken)
    {
        if (Usable(session) is { } token)
        {
            return token;
        }

        return await AloneAsync(session, async () =>
        {
            if (Usable(session) is { } renewed)
            {
                return renewed;
            }

            if (await provider.ExchangeAsync(new(session.Id, session.SeenAt), cancellationToken) is { } reply)
            {
                return session.Take(reply);
            }

            sessions.Drop(session.Id);
            return null;
        }, cancellationToken);
    }

    /// <summary>From now on its holder works in this role and for this purpose.</summary>
    /// <returns>False: the session is over, or the role is not its holder's.</returns>
    public Task<bool> StatePurposeAsync(Session session, Stated stated, CancellationToken cancellationToken) => AloneAsync(session, async () =>
    {
        var kept = await provider.StatePurposeAsync(new(session.Id, stated.Role, stated.Purpose), cancellationToken);
        session.Stated = kept ? stated : session.Stated;
        return kept;
    }, cancellationToken);

    /// <summary>The holder proves once more who they are; the token of before, which does not say so, is dropped.</summary>
    /// <returns>False: not proved.</returns>
    public Task<bool> ConfirmAsync(ConfirmationRequest proof, Session session, CancellationToken cancellationToken) => AloneAsync(session, async () =>
        await provider.ConfirmAsync(proof, cancellationToken) is { } reply && session.Take(reply) == reply, cancellationToken);

    private static async Task<T> AloneAsync<T>(Session session, Func<Task<T>> exchange, CancellationToken cancellationToken)
    {
        await session.Exchanging.WaitAsync(cancellationToken);
        try
        {
            return await exchange();
        }
        finally
        {
            session.Exchanging.Release();
        }
    }

    private ExchangeReply? Usable(Session session) =>
        !session.IsStale && session.Token.ExpiresAt - Margin > time.GetUtcNow() ? session.Token : null;
}
