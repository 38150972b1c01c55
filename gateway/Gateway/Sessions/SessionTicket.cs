using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Barnahus.Gateway.Sessions;

/// <summary>
/// What stands in the cookie: the session's secret and nothing else. It needs no sealing, since it says nothing and nobody can guess it,
/// and so no key of the gateway has to outlive a restart.
/// </summary>
public sealed class SessionTicket : ISecureDataFormat<AuthenticationTicket>
{
    /// <summary>Length of a secret.</summary>
    public const int KeyBytes = 32;

    // The name under which the cookie handler looks for the key of its store.
    private const string HandlersClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    public string Protect(AuthenticationTicket data) =>
        throw new NotSupportedException("The cookie is given by SessionCookie.Append.");

    public string Protect(AuthenticationTicket data, string? purpose) => Protect(data);

    public AuthenticationTicket? Unprotect(string? protectedText) =>
        protectedText is { Length: 2 * KeyBytes } key && key.All(char.IsAsciiHexDigitUpper)
            ? new(new ClaimsPrincipal(new ClaimsIdentity([new(HandlersClaim, key)])), CookieAuthenticationDefaults.AuthenticationScheme)
            : null;

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => Unprotect(protectedText);
}
