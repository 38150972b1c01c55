using Microsoft.AspNetCore.Http;

namespace Barnahus.Platform.Hosting;

/// <summary>
/// Secure behind a proxy and on loopback too. Antiforgery refuses to work over plain HTTP when its policy says Always;
/// browsers and curl take Secure cookies on loopback, and elsewhere TLS ends before us.
/// </summary>
public sealed class AlwaysSecureCookie : CookieBuilder
{
    /// <param name="name">With <c>__Host-</c> in front, so that no other host of the domain can set it.</param>
    public AlwaysSecureCookie(string name)
    {
        Name = name;
        Path = "/";
        HttpOnly = true;
        SameSite = SameSiteMode.Strict;
        IsEssential = true;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = true;
        return options;
    }
}
