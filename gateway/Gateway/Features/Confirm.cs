using Barnahus.Gateway.Pages;
using Barnahus.Gateway.Protection;
using Barnahus.Gateway.Sessions;
using Barnahus.Identity.Accounts;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;

namespace Barnahus.Gateway.Features;

/// <summary>
/// Proving once more who you are, within the session: with the password, a code of the second factor or a passkey. What takes a recent proof
/// (a grant, breaking the glass, what an account may do, a key that others trust) names this address when it refuses.
/// </summary>
public static class Confirm
{
    private const int LongestField = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost($"/api{RecentSignIn.ConfirmationPath}", FromJsonAsync).RequireRateLimiting(Limits.Guessing)
            .WithSummary("Proves anew who the person is, for what weighs heavily.").Produces<OwnSession>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        routes.MapGet(RecentSignIn.ConfirmationPath, Page);
        routes.MapPost(RecentSignIn.ConfirmationPath, FromFormAsync).DisableAntiforgery().RequireRateLimiting(Limits.Guessing);
    }

    private static IResult Page(HttpContext context, IAntiforgery antiforgery, SessionStore sessions) => sessions.Of(context) is null
        ? Results.Redirect(SignIn.Path)
        : ConfirmationPage.Show(context, antiforgery, failed: false);

    private static async Task<IResult> FromJsonAsync(
        Request request, HttpContext context, SessionStore sessions, SessionTokens tokens, IDataProtectionProvider protection, CancellationToken cancellationToken) =>
        sessions.Of(context) is not { } session ? Me.SignedOut()
        : await TryAsync(session, request.Password, request.Code, Passkeys.Open(request.Passkey, protection), tokens, cancellationToken) ? Results.Ok(Me.Of(session))
        : Results.Problem(Problems.New(403, "not-confirmed", "Not confirmed", "Password or code is not right. After five wrong ones in a row the session ends."));

    private static async Task<IResult> FromFormAsync(
        HttpContext context, IAntiforgery antiforgery, SessionStore sessions, SessionTokens tokens, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context) || sessions.Of(context) is not { } session)
        {
            return Page(context, antiforgery, sessions);
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        return await TryAsync(session, form["password"].ToString(), form["code"].ToString(), null, tokens, cancellationToken)
            ? Results.Redirect(HomePage.Path)
            : ConfirmationPage.Show(context, antiforgery, failed: true);
    }

    private static async Task<bool> TryAsync(
        Session session, string? password, string? code, PasskeyAnswer? passkey, SessionTokens tokens, CancellationToken cancellationToken) =>
        password is null or { Length: <= LongestField }
        && code is null or { Length: <= LongestField }
        && await tokens.ConfirmAsync(new(session.Id, password, code, passkey), session, cancellationToken);

    internal sealed record Request(string? Password = null, string? Code = null, Passkeys.Answer? Passkey = null);
}
