using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Barnahus.Gateway.Protection;
using Barnahus.Identity.Features;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Barnahus.Gateway.Sessions;

/// <summary>
/// The sessions in hand. They live at the identity provider, so that they outlast this process and are the same at every gateway; what is kept
/// here is a copy, dropped at once when the session ends there (<see cref="SessionNews"/>).
/// </summary>
public sealed class SessionStore(IdentityProvider provider, GatewaySettings settings, TimeProvider time) : ITicketStore, IDisposable
{
    /// <summary>Claim that names the session within this process; it never leaves it.</summary>
    public const string KeyClaim = "session";

    private const int SweepEvery = 256;
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly PartitionedRateLimiter<HttpContext> _unknown = Limits.UnknownSessions(settings);
    private int _adds;

    /// <summary>The session of a request; null without one.</summary>
    public Session? Of(HttpContext http) =>
        http.User.FindFirstValue(KeyClaim) is { } key && _sessions.TryGetValue(key, out var session) ? session : null;

    /// <summary>A secret for a new session.</summary>
    public static string NewKey() => Convert.ToHexString(RandomNumberGenerator.GetBytes(SessionTicket.KeyBytes));

    /// <summary>What the provider has to know to start a session.</summary>
    /// <param name="key">Its secret, which stays here.</param>
    public SessionStart Start(string key, HttpContext http) => new(
        Session.IdOf(key),
        http.Request.Headers.UserAgent.ToString(),
        http.Connection.RemoteIpAddress?.ToString() ?? "",
        settings.Absolute,
        settings.Idle);

    /// <summary>
    /// Takes a session that the provider started into hand and gives the browser its cookie. A session of before is ended and never carried over.
    /// </summary>
    public async Task<Session> SignInAsync(HttpContext http, string key, ExchangeReply reply, CancellationToken cancellationToken)
    {
        if (Of(http) is { } before)
        {
            await EndAsync(before, "replaced", cancellationToken);
        }

        // Not by the cookie handler's own sign-in: that would renew the session the browser came with under its old secret.
        SessionCookie.Append(http, key);
        return Take(key, reply);
    }

    /// <summary>Takes a session into hand.</summary>
    public Session Take(string key, ExchangeReply reply)
    {
        var now = time.GetUtcNow();
        if (Interlocked.Increment(ref _adds) % SweepEvery == 0)
        {
            foreach (var over in _sessions.Values.Where(one => IsOver(one, now)))
            {
                Drop(over.Key);
            }
        }

        return _sessions.GetOrAdd(key, _ => new(key, reply, now));
    }

    /// <summary>Ends a session at the provider and here.</summary>
    public async Task EndAsync(Session session, string reason, CancellationToken cancellationToken)
    {
        Drop(session.Id);
        await provider.EndAsync(new(session.Id, session.Id, reason), cancellationToken);
    }

    /// <summary>Drops the copy of a session, and stops what still flows to it.</summary>
    public void Drop(Guid sessionId)
    {
        foreach (var session in _sessions.Values.Where(session => session.Id == sessionId))
        {
            Drop(session.Key);
        }
    }

    /// <summary>The session changed at the provider: read it anew before the next use.</summary>
    public void Renew(Guid sessionId)
    {
        foreach (var session in _sessions.Values.Where(session => session.Id == sessionId))
        {
            session.Stale();
        }
    }

    public Task<string> StoreAsync(AuthenticationTicket ticket) =>
        throw new NotSupportedException("Sessions start at the identity provider, with SignInAsync.");

    // The cookie handler renews what slides; our sessions slide here instead, to the second.
    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    /// <exception cref="HttpRequestException">The session is not in hand and the provider does not answer.</exception>
    public async Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        using var lease = _sessions.ContainsKey(key) ? null : _unknown.AttemptAcquire(httpContext);
        return lease is { IsAcquired: false } ? null : await RetrieveAsync(key, isUse: !IsStream(httpContext));
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => RetrieveAsync(key, isUse: true);

    private async Task<AuthenticationTicket?> RetrieveAsync(string key, bool isUse)
    {
        var now = time.GetUtcNow();
        if (!_sessions.TryGetValue(key, out var session))
        {
            // Of a gateway before a restart, or beside this one.
            if (await provider.ExchangeAsync(new(Session.IdOf(key), DateTimeOffset.MinValue), CancellationToken.None) is not { } reply)
            {
                return null;
            }

            session = Take(key, reply);
        }

        if (IsOver(session, now))
        {
            await EndAsync(session, "too-old", CancellationToken.None);
            return null;
        }

        if (isUse)
        {
            session.Seen(now);
        }

        return Ticket(session);
    }

    /// <summary>A stream is asked for again and again with nobody at the screen: that keeps no session from becoming idle.</summary>
    private static bool IsStream(HttpContext http) =>
        http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    public Task RemoveAsync(string key)
    {
        Drop(key);
        return Task.CompletedTask;
    }

    public void Dispose() => _unknown.Dispose();

    private void Drop(string key)
    {
        if (_sessions.TryRemove(key, out var session))
        {
            session.Ended.Cancel();
        }
    }

    private bool IsOver(Session session, DateTimeOffset now) =>
        now - session.SeenAt > settings.Idle || now - session.StartedAt > settings.Absolute;

    private AuthenticationTicket Ticket(Session session)
    {
        var identity = new ClaimsIdentity(
            [new("sub", session.AccountId.ToString("D")), new(KeyClaim, session.Key)], CookieAuthenticationDefaults.AuthenticationScheme);
        var properties = new AuthenticationProperties { IssuedUtc = session.StartedAt, ExpiresUtc = session.StartedAt + settings.Absolute };
        return new(new ClaimsPrincipal(identity), properties, CookieAuthenticationDefaults.AuthenticationScheme);
    }
}
