using System.Text.Encodings.Web;
using Barnahus.Identity.Accounts;
using Barnahus.Platform.Hosting;
using Duende.IdentityServer;
using Duende.IdentityServer.Services;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.RateLimiting;

namespace Barnahus.Identity.Duende;

/// <summary>Where Duende sends people to say who they are: name, password and code at once, judged as everywhere, and back to where they came from.</summary>
public static class LoginPage
{
    public const string Path = "/sign-in";
    public const string ReturnUrl = "returnUrl";
    public const string StoppedPath = "/sign-in/stopped";
    private const string Guessing = "sign-in";
    private const int LongestField = 200;

    public static IServiceCollection AddLoginPage(this IServiceCollection services, DuendeSettings settings) => services
        .AddAntiforgery(options =>
        {
            options.Cookie = new AlwaysSecureCookie("__Host-barnahus-provider-forms");
            options.SuppressXFrameOptionsHeader = true;
        })
        .Configure<RateLimiterOptions>(options => options.AddPolicy(
            Guessing, http => CallerLimits.PerMinute($"g:{http.Connection.RemoteIpAddress}", settings.SignInsPerAddress)));

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, IAntiforgery antiforgery, string? returnUrl) => Show(http, antiforgery, returnUrl, failed: false)).ExcludeFromDescription();
        routes.MapGet(StoppedPath, ShowStopped).ExcludeFromDescription();
        routes.MapPost(Path, HandleAsync).DisableAntiforgery().RequireRateLimiting(Guessing).ExcludeFromDescription();
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http, IAntiforgery antiforgery, IIdentityServerInteractionService interaction, SignInDesk desk, CancellationToken cancellationToken)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
        var (name, password, code, returnUrl) = (form["loginName"].ToString(), form["password"].ToString(), form["code"].ToString(), form[ReturnUrl].ToString());

        // Only back into the authorization that Duende itself began: never to an address that somebody put into the link.
        if (!interaction.IsValidReturnUrl(returnUrl))
        {
            return Results.BadRequest();
        }

        if (!await antiforgery.IsRequestValidAsync(http)
            || name.Length is 0 or > LongestField
            || password.Length is 0 or > LongestField
            || code.Length > LongestField
            || await desk.TryAsync(name, password, code, cancellationToken) is not { } account)
        {
            return Show(http, antiforgery, returnUrl, failed: true);
        }

        var user = new IdentityServerUser(account.Id!.Value.ToString("D"));
        await http.SignInAsync(IdentityServerConstants.DefaultCookieAuthenticationScheme, user.CreatePrincipal());
        return Results.Redirect(returnUrl);
    }

    private static IResult Show(HttpContext http, IAntiforgery antiforgery, string? returnUrl, bool failed)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return Page(http, failed ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK, $"""
            {(failed ? "<p role=\"alert\">Naam, wachtwoord of code klopt niet. Na vijf keer is een account een kwartier gesloten.</p>" : "")}
            <form method="post" action="{Path}">
            <input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">
            <input type="hidden" name="{ReturnUrl}" value="{HtmlEncoder.Default.Encode(returnUrl ?? "")}">
            <label for="loginName">Gebruikersnaam</label> <input id="loginName" name="loginName" autocomplete="username" maxlength="200" required>
            <label for="password">Wachtwoord</label> <input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required>
            <label for="code">Code uit uw authenticator-app</label> <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10">
            <button type="submit">Inloggen</button>
            </form>
            """);
    }

    /// <summary>What was begun cannot be ended: too old most often, or not begun at the gateway.</summary>
    private static IResult ShowStopped(HttpContext http) => Page(http, StatusCodes.Status400BadRequest, $"""
        <p role="alert">Het inloggen duurde te lang of begon niet in Barnahus. <a href="{HtmlEncoder.Default.Encode(Gateway(http).AbsoluteUri)}">Begin opnieuw.</a></p>
        """);

    private static IResult Page(HttpContext http, int status, string main)
    {
        // A browser holds a form's target and every redirect after it to this list: the way back ends at the gateway.
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; form-action 'self' {Gateway(http).GetLeftPart(UriPartial.Authority)}; base-uri 'none'; frame-ancestors 'none'";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-store";
        var html = $"""
            <!DOCTYPE html>
            <html lang="nl">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Inloggen - Barnahus</title></head>
            <body><main>
            <h1>Inloggen</h1>
            {main}
            </main></body></html>
            """;
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }

    private static Uri Gateway(HttpContext http) => http.RequestServices.GetRequiredService<IdentitySettings>().Gateway;
}
