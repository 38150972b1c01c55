using Barnahus.Gateway.Pages;
using Barnahus.Gateway.Sessions;
using Barnahus.Identity.Features;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Antiforgery;

namespace Barnahus.Gateway.Features;

/// <summary>Where a person is signed in, and ending it: <c>/api/account/sessions</c>, and the same as a page.</summary>
public static class OwnSessions
{
    public const string Path = "/account/sessions";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/account/sessions", ListAsync).WithSummary("The person's own sessions that are open.").Produces<IReadOnlyList<SessionReply>>().ProducesProblem(401);
        routes.MapPost("/api/account/sessions/ending", (HttpContext context, SessionStore sessions, IdentityProvider provider, CancellationToken cancellationToken) =>
            EndAsync(null, context, sessions, provider, cancellationToken)).WithSummary("Ends all of the person's sessions but this one.").Produces(204).ProducesProblem(401);
        routes.MapPost("/api/account/sessions/{sessionId:guid}/ending",
            (Guid sessionId, HttpContext context, SessionStore sessions, IdentityProvider provider, CancellationToken cancellationToken) =>
            EndAsync(sessionId, context, sessions, provider, cancellationToken)).WithSummary("Ends one of the person's sessions.").Produces(204).ProducesProblem(401).ProducesProblem(404);
        routes.MapGet(Path, PageAsync);
        routes.MapPost(Path, FromFormAsync).DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(HttpContext context, SessionStore sessions, IdentityProvider provider, CancellationToken cancellationToken) =>
        sessions.Of(context) is { } session && await provider.SessionsAsync(session.Id, cancellationToken) is { } open
            ? Results.Ok(open)
            : Me.SignedOut();

    /// <summary>One of the person's sessions, or all but this one.</summary>
    private static async Task<IResult> EndAsync(
        Guid? sessionId, HttpContext context, SessionStore sessions, IdentityProvider provider, CancellationToken cancellationToken)
    {
        if (sessions.Of(context) is not { } session)
        {
            return Me.SignedOut();
        }

        var ended = await provider.EndAsync(new(session.Id, sessionId, "by-owner"), cancellationToken);
        if (ended && sessionId is { } one)
        {
            sessions.Drop(one);
        }

        return ended ? Results.NoContent() : Results.Problem(Problems.New(404, "unknown", "Not found", "You have no such session."));
    }

    private static async Task<IResult> PageAsync(
        HttpContext context, IAntiforgery antiforgery, SessionStore sessions, IdentityProvider provider, CancellationToken cancellationToken) =>
        sessions.Of(context) is { } session && await provider.SessionsAsync(session.Id, cancellationToken) is { } open
            ? SessionsPage.Show(context, antiforgery, open)
            : Results.Redirect(SignIn.Path);

    private static async Task<IResult> FromFormAsync(
        HttpContext context, IAntiforgery antiforgery, SessionStore sessions, IdentityProvider provider, CancellationToken cancellationToken)
    {
        if (context.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(context))
        {
            var form = await context.Request.ReadFormAsync(cancellationToken);
            await EndAsync(Guid.TryParse(form["sessionId"], out var one) ? one : null, context, sessions, provider, cancellationToken);
        }

        return Results.Redirect(Path);
    }
}
