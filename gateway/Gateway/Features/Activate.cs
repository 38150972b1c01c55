using System.Security.Cryptography;
using Barnahus.Gateway.Pages;
using Barnahus.Gateway.Protection;
using Barnahus.Gateway.Sessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;

namespace Barnahus.Gateway.Features;

/// <summary>Taking up an invitation, in two steps on one address: first the code, then a password and the second factor.</summary>
public static class Activate
{
    public const string Path = "/account/activation";

    /// <summary>Hidden field with the key of the second factor that the form shows, sealed.</summary>
    public const string SealedKey = "sealedKey";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Page);
        routes.MapPost(Path, HandleAsync).DisableAntiforgery().RequireRateLimiting(Limits.Guessing);
    }

    private static IResult Page(HttpContext context, IAntiforgery antiforgery) => ActivationPage.AskCode(context, antiforgery, null);

    private static async Task<IResult> HandleAsync(
        HttpContext context, IAntiforgery antiforgery, IdentityProvider provider, IDataProtectionProvider protection, CancellationToken cancellationToken)
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

        // The key is the form's own until it is taken up: nothing of it is kept, and another form shows another.
        var seal = protection.CreateProtector("Barnahus.Gateway.Activation", loginName, code).ToTimeLimitedDataProtector();
        IResult AskPassword(string? key, string? error, int status = StatusCodes.Status200OK) =>
            ActivationPage.AskPassword(context, antiforgery, loginName, code, key is null ? null : new(key, seal.Protect(key, Life)), error, status);

        if (password.Length == 0)
        {
            return AskPassword(invitation.AuthenticatorKey, null);
        }

        var shown = invitation.AuthenticatorKey is null ? null : Open(form[SealedKey].ToString(), seal);
        if (invitation.AuthenticatorKey is not null && shown is null)
        {
            return AskPassword(invitation.AuthenticatorKey, "De pagina was te oud. Hier is een nieuwe sleutel: voeg die toe.", StatusCodes.Status400BadRequest);
        }

        var error = await provider.ActivateAsync(new(loginName, code, password, shown, form["authenticatorCode"].ToString()), cancellationToken);
        return error is null ? Results.Redirect(SignIn.Path) : AskPassword(shown, error, StatusCodes.Status400BadRequest);
    }

    private static string? Open(string sealedKey, ITimeLimitedDataProtector seal)
    {
        try
        {
            return seal.Unprotect(sealedKey);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
