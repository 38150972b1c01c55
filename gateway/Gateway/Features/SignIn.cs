using System.Globalization;
using System.Security.Claims;
using Barnahus.Gateway.Pages;
using Barnahus.Gateway.Protection;
using Barnahus.Gateway.Sessions;
using Barnahus.Identity.Features;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Barnahus.Gateway.Features;

/// <summary>Signing in: the page, its form, and the same as JSON for clients that keep cookies themselves (they send <c>X-CSRF: 1</c>).</summary>
public static class SignIn
{
    public const string Path = "/account/sign-in";
    private const int LongestField = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Page);
        routes.MapPost(Path, HandleAsync).DisableAntiforgery().RequireRateLimiting(Limits.Guessing);
    }

    private static IResult Page(HttpContext context, IAntiforgery antiforgery) => SignInPage.Show(context, antiforgery, failed: false);

    private static async Task<IResult> HandleAsync(
        HttpContext context, IAntiforgery antiforgery, IdentityProvider provider, SessionStore sessions, SessionTokens tokens, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
        {
            return await FromJsonAsync(context, provider, sessions, tokens, cancellationToken);
        }

        if (!await antiforgery.IsRequestValidAsync(context))
        {
            // An old page, or another site: show a fresh one.
            return SignInPage.Show(context, antiforgery, failed: false, StatusCodes.Status400BadRequest);
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var reply = await TryAsync(new(form["loginName"].ToString(), form["password"].ToString(), form["code"].ToString()), provider, cancellationToken);
        if (reply is null)
        {
            return SignInPage.Show(context, antiforgery, failed: true, StatusCodes.Status401Unauthorized);
        }

        await StartAsync(context, reply, sessions);
        return Results.Redirect("/");
    }

    private static async Task<IResult> FromJsonAsync(
        HttpContext context, IdentityProvider provider, SessionStore sessions, SessionTokens tokens, CancellationToken cancellationToken)
    {
        if (!CrossSiteGuard.HasHeader(context.Request))
        {
            return Results.Problem(Problems.New(403, "csrf", "Not allowed", $"Send the header {CrossSiteGuard.Header}: 1."));
        }

        var request = await context.Request.ReadFromJsonAsync<JsonRequest>(cancellationToken);
        var reply = request is null ? null : await TryAsync(new(request.LoginName, request.Password, request.Code), provider, cancellationToken);
        if (request is null || reply is null)
        {
            return Results.Problem(Problems.New(401, "sign-in", "Not signed in", "Name, password or code is not right."));
        }

        var session = await StartAsync(context, reply, sessions);
        if (await tokens.ForAsync(session, cancellationToken) is not { } token)
        {
            return Results.Problem(Problems.New(401, "sign-in", "Not signed in", "Name, password or code is not right."));
        }

        if (request.Role is null && request.Purpose is null)
        {
            return Results.Ok(Me.Of(session, token.Account));
        }

        var answer = ChoosePurpose.Choose(session, token.Account, request.Role, request.Purpose);
        if (session.Stated is null)
        {
            // Asked for at once and not possible: then not signed in either.
            await context.SignOutAsync();
        }

        return answer;
    }

    private static async Task<SignInReply?> TryAsync(SignInRequest request, IdentityProvider provider, CancellationToken cancellationToken) =>
        request is { LoginName.Length: > 0 and <= LongestField, Password.Length: > 0 and <= LongestField, Code: null or { Length: <= LongestField } }
            ? await provider.SignInAsync(request, cancellationToken)
            : null;

    /// <summary>A new session under a new name, always: a session of before signing in is never carried over.</summary>
    private static async Task<Session> StartAsync(HttpContext context, SignInReply reply, SessionStore sessions)
    {
        if (sessions.Of(context) is { } before)
        {
            await sessions.RemoveAsync(before.Key);
        }

        var identity = new ClaimsIdentity(
            [
                new("sub", reply.AccountId.ToString("D")),
                new(SessionStore.SignedInClaim, reply.SignedInAt.ToString("O", CultureInfo.InvariantCulture)),
            ],
            CookieAuthenticationDefaults.AuthenticationScheme);
        return await sessions.SignInAsync(context, new ClaimsPrincipal(identity));
    }

    private sealed record JsonRequest(string LoginName, string Password, string? Code = null, string? Role = null, string? Purpose = null);
}
