using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Barnahus.Gateway.Sessions;

/// <summary>
/// All sessions, in memory: a restart ends them, and people sign in again. The cookie handler keeps only a sealed name of the session in the browser
/// and asks here whether it still lives.
/// </summary>
public sealed class SessionStore(GatewaySettings settings, TimeProvider time) : ITicketStore
{
    /// <summary>Claim that names the session within this process; it never leaves it.</summary>
    public const string KeyClaim = "session";

    /// <summary>Claim for the moment of signing in at the provider.</summary>
    public const string SignedInClaim = "signed-in";

    private const int SweepEvery = 256;
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private int _starts;

    /// <summary>The session of a request; null without one.</summary>
    public Session? Of(HttpContext http) =>
        http.User.FindFirstValue(KeyClaim) is { } key && _sessions.TryGetValue(key, out var session) ? session : null;

    /// <summary>Starts a session: the cookie handler stores it here and sets the cookie.</summary>
    public async Task<Session> SignInAsync(HttpContext http, ClaimsPrincipal user)
    {
        var properties = new AuthenticationProperties();
        await http.SignInAsync(user, properties);
        return _sessions[properties.GetString(KeyClaim)!];
    }

    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        if (Interlocked.Increment(ref _starts) % SweepEvery == 0)
        {
            Sweep();
        }

        var user = ticket.Principal;
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var signedIn = DateTimeOffset.Parse(user.FindFirstValue(SignedInClaim)!, System.Globalization.CultureInfo.InvariantCulture);
        _sessions[key] = new Session(key, Guid.Parse(user.FindFirstValue("sub")!), signedIn, time.GetUtcNow());
        ticket.Properties.SetString(KeyClaim, key);
        return Task.FromResult(key);
    }

    // The cookie handler renews what slides; our sessions slide here instead, to the second.
    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    public Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var now = time.GetUtcNow();
        if (!_sessions.TryGetValue(key, out var session))
        {
            return Task.FromResult<AuthenticationTicket?>(null);
        }

        if (IsOver(session, now))
        {
            _sessions.TryRemove(key, out _);
            return Task.FromResult<AuthenticationTicket?>(null);
        }

        session.Seen(now);
        var identity = new ClaimsIdentity(
            [new("sub", session.AccountId.ToString("D")), new(KeyClaim, key)], CookieAuthenticationDefaults.AuthenticationScheme);
        var properties = new AuthenticationProperties { IssuedUtc = session.StartedAt, ExpiresUtc = session.StartedAt + settings.Absolute };
        return Task.FromResult<AuthenticationTicket?>(new(new ClaimsPrincipal(identity), properties, CookieAuthenticationDefaults.AuthenticationScheme));
    }

    public Task RemoveAsync(string key)
    {
        _sessions.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    private bool IsOver(Session session, DateTimeOffset now) =>
        now - session.SeenAt > settings.Idle || now - session.StartedAt > settings.Absolute;

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var session in _sessions.Values.Where(session => IsOver(session, now)))
        {
            _sessions.TryRemove(session.Key, out _);
        }
    }
}
