using Barnahus.Gateway.Pages;
using Barnahus.Gateway.Protection;
using Barnahus.Gateway.Sessions;
using Microsoft.AspNetCore.Antiforgery;

namespace Barnahus.Gateway.Features;

/// <summary>Taking up an invitation, in two steps on one address: first the code, then a password and the second factor.</summary>
public static class Activate
{
    public const string Path = "/account/activation";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Page);
        routes.MapPost(Path, HandleAsync).DisableAntiforgery().RequireRateLimiting(Limits.Guessing);
    }

    private static IResult Page(HttpContext context, IAntiforgery antiforgery) => ActivationPage.AskCode(context, antiforgery, null);

    private static async Task<IResult> HandleAsync(HttpContext context, IAntiforgery antiforgery, IdentityProvider provider, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
        {
            return ActivationPage.AskCode(context, antiforgery, "De pagina was te oud. Probeer het nog eens.", StatusCodes.Status400BadRequest);
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (loginName, code, password) = (form["loginName"].ToString(), form["code"].ToString(), form["password"].ToString());
        if (await provider.OpenInvitationAsync(new(loginName, code), cancellationToken) is not { } invitation)
        {
            return ActivationPage.AskCode(
                context, antiforgery, "Naam of code klopt niet, of de uitnodiging is te oud of al gebruikt.", StatusCodes.Status401Unauthorized);
        }

        if (password.Length == 0)
        {
            return ActivationPage.AskPassword(context, antiforgery, loginName, code, invitation, null);
        }

        var error = await provider.ActivateAsync(new(loginName, code, password, form["authenticatorCode"].ToString()), cancellationToken);
        return error is null
            ? Results.Redirect(SignIn.Path)
            : ActivationPage.AskPassword(context, antiforgery, loginName, code, invitation, error, StatusCodes.Status400BadRequest);
    }
}
