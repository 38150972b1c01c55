using Barnahus.Platform.Hosting;
using Duende.IdentityServer;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Barnahus.Identity.Duende;

/// <summary>
/// How long this host knows a browser: from the form to the code, and no longer. Sessions are those of the log, which the gateway holds; a session here
/// beside them would let in whoever comes to the same machine after signing out.
/// </summary>
internal static class BrowserSession
{
    /// <summary>More than the redirect from the form to the code takes.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private const string Scheme = IdentityServerConstants.DefaultCookieAuthenticationScheme;

    // Afterwards: Duende gives the cookie a name and a SameSite of its own.
    public static void AddBrowserSession(this IServiceCollection services) =>
        services.PostConfigure<CookieAuthenticationOptions>(Scheme, options => options.Cookie = new AlwaysSecureCookie("__Host-barnahus-provider"));

    /// <summary>Before <c>UseIdentityServer</c>: what is sent back to the gateway takes the cookie along.</summary>
    public static void UseBrowserForgotten(this WebApplication app)
    {
        var gateway = app.Services.GetRequiredService<IdentitySettings>().Gateway.GetLeftPart(UriPartial.Authority) + "/";
        app.Use(async (http, next) =>
        {
            await next(http);
            if (!http.Response.HasStarted && http.Response.Headers.Location.ToString().StartsWith(gateway, StringComparison.Ordinal))
            {
                await http.SignOutAsync(Scheme);
            }
        });
    }
}
