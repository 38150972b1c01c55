using System.Text.Encodings.Web;
using Barnahus.Identity.Accounts;
using Duende.IdentityServer;
using Duende.IdentityServer.Services;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace Barnahus.Identity.Duende;

/// <summary>Where Duende sends people to say who they are: name, password and code at once, judged as everywhere, and back to where they came from.</summary>
public static class LoginPage
{
    public const string Path = "/sign-in";
    public const string ReturnUrl = "returnUrl";
    private const int LongestField = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, IAntiforgery antiforgery, string? returnUrl) => Show(http, antiforgery, returnUrl, failed: false)).ExcludeFromDescription();
        routes.MapPost(Path, HandleAsync).DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> HandleAsync(
        HttpContext http, IAntiforgery antiforgery, IIdentityServerInteractionService interaction, SignInDesk desk, CancellationToken cancellationToken)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
        var (name, password, code, returnUrl) = (form["loginName"].ToString(), form["password"].ToString(), form["code"].ToString(), form[ReturnUrl].ToString());
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

        // Only back into the authorization that Duende itself began: never to an address that somebody put into the link.
        return interaction.IsValidReturnUrl(returnUrl) ? Results.Redirect(returnUrl) : Results.BadRequest();
    }

    private static IResult Show(HttpContext http, IAntiforgery antiforgery, string? returnUrl, bool failed)
    {
        // A browser holds a form's target and every redirect after it to this list: the way back ends at the gateway.
        var gateway = http.RequestServices.GetRequiredService<DuendeSettings>().Gateway.GetLeftPart(UriPartial.Authority);
        var tokens = antiforgery.GetAndStoreTokens(http);
        http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; form-action 'self' {gateway}; base-uri 'none'; frame-ancestors 'none'";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-store";
        var html = $"""
            <!DOCTYPE html>
            <html lang="nl">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Inloggen - Barnahus</title></head>
            <body><main>
            <h1>Inloggen</h1>
            {(failed ? "<p role=\"alert\">Naam, wachtwoord of code klopt niet. Na vijf keer is een account een kwartier gesloten.</p>" : "")}
            <form method="post" action="{Path}">
            <input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">
            <input type="hidden" name="{ReturnUrl}" value="{HtmlEncoder.Default.Encode(returnUrl ?? "")}">
            <label for="loginName">Gebruikersnaam</label> <input id="loginName" name="loginName" autocomplete="username" maxlength="200" required>
            <label for="password">Wachtwoord</label> <input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required>
            <label for="code">Code uit uw authenticator-app</label> <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10">
            <button type="submit">Inloggen</button>
            </form>
            </main></body></html>
            """;
        return Results.Content(html, "text/html; charset=utf-8", statusCode: failed ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);
    }
}
