using System.Text.Json;
using Barnahus.Gateway.Pages;
using Barnahus.Gateway.Protection;
using Barnahus.Gateway.Sessions;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace Barnahus.Gateway.Features;

/// <summary>Signing in: the page, its form, and the same as JSON for clients that keep cookies themselves (they send <c>X-CSRF: 1</c>).</summary>
public static class SignIn
{
    public const string Path = "/account/sign-in";

    private const int LongestField = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext context, IAntiforgery antiforgery) => SignInPage.Show(context, antiforgery, failed: false));
        routes.MapPost(Path, HandleAsync).DisableAntiforgery().RequireRateLimiting(Limits.Guessing);
    }

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
        return await StartAsync(
            context, form["loginName"].ToString(), form["password"].ToString(), form["code"].ToString(), provider, sessions, cancellationToken) is null
            ? SignInPage.Show(context, antiforgery, failed: true, StatusCodes.Status401Unauthorized)
            : Results.Redirect(HomePage.Path);
    }

    private static async Task<IResult> FromJsonAsync(
        HttpContext context, IdentityProvider provider, SessionStore sessions, SessionTokens tokens, CancellationToken cancellationToken)
    {
        if (!CrossSiteGuard.HasHeader(context.Request))
        {
            return Results.Problem(Problems.New(403, "csrf", "Not allowed", $"Send the header {CrossSiteGuard.Header}: 1."));
        }

        if (!context.Request.HasJsonContentType())
        {
            return Results.Problem(Problems.Of(StatusCodes.Status415UnsupportedMediaType));
        }

        if (await ReadAsync(context.Request, cancellationToken) is not { } request)
        {
            throw new InvalidException("body", "Send an object with loginName and password.");
        }

        if (await StartAsync(context, request.LoginName, request.Password, request.Code, provider, sessions, cancellationToken) is not { } session)
        {
            return Results.Problem(Problems.New(401, "sign-in", "Not signed in", "Name, password or code is not right."));
        }

        if (request.Role is null && request.Purpose is null)
        {
            return Results.Ok(Me.Of(session));
        }

        var answer = await ChoosePurpose.ChooseAsync(session, request.Role, request.Purpose, tokens, cancellationToken);
        if (session.Stated is null)
        {
            // Asked for at once and not possible: then not signed in either.
            await sessions.EndAsync(session, "signed-out", cancellationToken);
            await context.SignOutAsync();
        }

        return answer;
    }

    /// <exception cref="BadHttpRequestException">It is no JSON, or a field is missing or of another type.</exception>
    private static async Task<JsonRequest?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFromJsonAsync<JsonRequest>(cancellationToken);
        }
        catch (JsonException unreadable)
        {
            throw new BadHttpRequestException("Not as it should be.", StatusCodes.Status400BadRequest, unreadable);
        }
    }

    /// <returns>Null: not let in.</returns>
    private static async Task<Session?> StartAsync(
        HttpContext context, string loginName, string password, string? code, IdentityProvider provider, SessionStore sessions, CancellationToken cancellationToken)
    {
        if (loginName.Length is 0 or > LongestField || password.Length is 0 or > LongestField || code is { Length: > LongestField })
        {
            return null;
        }

        var key = SessionStore.NewKey();
        return await provider.SignInAsync(new(loginName, password, code, sessions.Start(key, context)), cancellationToken) is { } reply
            ? await sessions.SignInAsync(context, key, reply, cancellationToken)
            : null;
    }

    internal sealed record JsonRequest(string LoginName, string Password, string? Code = null, string? Role = null, string? Purpose = null);
}
