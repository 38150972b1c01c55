using Barnahus.Gateway.Protection;
using Barnahus.Gateway.Sessions;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace Barnahus.Gateway.Features;

/// <summary>Signing out: the session ends on the server at once, whoever still holds the cookie.</summary>
public static class SignOut
{
    public const string Path = "/account/sign-out";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, HandleAsync).DisableAntiforgery();

    private static async Task<IResult> HandleAsync(HttpContext context, IAntiforgery antiforgery, SessionStore sessions, CancellationToken cancellationToken)
    {
        var byScript = CrossSiteGuard.HasHeader(context.Request);
        var session = sessions.Of(context);
        if (!byScript && session is null)
        {
            // Ended meanwhile, here or elsewhere: its form proves nothing any more, and what was asked for is so.
            return Results.Redirect(SignIn.Path);
        }

        if (!byScript && !(context.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(context)))
        {
            return Results.Problem(Problems.New(403, "csrf", "Not allowed", "Sign out from the page, or send the header X-CSRF: 1."));
        }

        if (session is not null)
        {
            await sessions.EndAsync(session, "signed-out", cancellationToken);
        }

        await context.SignOutAsync();
        return byScript ? Results.NoContent() : Results.Redirect(SignIn.Path);
    }
}
