using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Barnahus.Gateway.Sessions;

/// <summary>The cookie of a session, by access.md: <c>__Host-</c>, HttpOnly, Secure, SameSite=Strict, gone when the browser closes.</summary>
public static class SessionCookie
{
    public const string Name = "__Host-barnahus";

    /// <summary>Antiforgery of the forms.</summary>
    public const string FormsName = "__Host-barnahus-forms";

    public static IServiceCollection AddSessions(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionTokens>();
        services.AddHostedService<SessionNews>();
        var protection = services.AddDataProtection().SetApplicationName("Barnahus.Gateway");
        if (settings.KeyFolder is { } folder)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(folder));
        }
        else
        {
            protection.UseEphemeralDataProtectionProvider();
        }

        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<SessionStore, TimeProvider>((options, store, time) =>
            {
                options.SessionStore = store;
                options.TicketDataFormat = new SessionTicket();
                options.TimeProvider = time;
                options.ExpireTimeSpan = settings.Absolute;
                options.SlidingExpiration = false;
                options.Cookie = new AlwaysSecureCookie(Name);
            });
        services.AddAntiforgery(options =>
        {
            options.Cookie = new AlwaysSecureCookie(FormsName);
            options.SuppressXFrameOptionsHeader = true;
        });
        return services;
    }

    /// <summary>Gives the browser its secret.</summary>
    public static void Append(HttpContext http, string key)
    {
        var options = http.RequestServices.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme);
        options.CookieManager.AppendResponseCookie(http, Name, key, options.Cookie.Build(http));
    }
}
