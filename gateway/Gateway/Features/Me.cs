using Barnahus.Gateway.Pages;
using Barnahus.Gateway.Sessions;
using Barnahus.Identity.Features;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Antiforgery;

namespace Barnahus.Gateway.Features;

/// <summary><c>GET /api/account/me</c>: who this session is, and what it may state.</summary>
public static class Me
{
    /// <summary>Form of the page that tells of a recovery.</summary>
    public const string RecoverySeenPath = "/account/recovery-seen";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/account/me", HandleAsync).WithSummary("Who this session is: account, roles, what it may state, and what it stated.").Produces<OwnSession>().ProducesProblem(401);
        routes.MapPost($"/api{RecoverySeenPath}", async (HttpContext context, SessionStore sessions, IdentityProvider provider, CancellationToken cancellationToken) =>
            await SeenAsync(context, sessions, provider, cancellationToken) ? Results.NoContent() : SignedOut())
            .WithSummary("The notice of a recovery was seen.").Produces(204).ProducesProblem(401);
        routes.MapPost(RecoverySeenPath, async (HttpContext context, IAntiforgery antiforgery, SessionStore sessions, IdentityProvider provider, CancellationToken cancellationToken) =>
        {
            if (context.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(context))
            {
                await SeenAsync(context, sessions, provider, cancellationToken);
            }

            return Results.Redirect(HomePage.Path);
        }).DisableAntiforgery();
    }

    /// <summary>The session's own as JSON.</summary>
    public static OwnSession Of(Session session) => Of(session, session.Token.Account);

    private static OwnSession Of(Session session, Holder holder) => new(
        holder.AccountId,
        holder.Name,
        holder.Roles,
        holder.Organisation,
        holder.Regions,
        session.Stated?.Role,
        session.Stated?.Purpose,
        holder.Roles.ToDictionary(role => role, Purposes.For, StringComparer.Ordinal),
        holder.Recovered,
        session.StartedAt,
        session.Token.Session.AuthenticatedAt);

    internal static IResult SignedOut() =>
        Results.Problem(Problems.New(StatusCodes.Status401Unauthorized, "signed-out", "Signed out", "There is no session. Sign in first."));

    private static async Task<bool> SeenAsync(HttpContext context, SessionStore sessions, IdentityProvider provider, CancellationToken cancellationToken)
    {
        if (sessions.Of(context) is not { } session || !await provider.RecoverySeenAsync(session.Id, cancellationToken))
        {
            return false;
        }

        sessions.Renew(session.Id);
        return true;
    }

    private static async Task<IResult> HandleAsync(HttpContext context, SessionStore sessions, SessionTokens tokens, CancellationToken cancellationToken) =>
        sessions.Of(context) is { } session && await tokens.ForAsync(session, cancellationToken) is not null
            ? Results.Ok(Of(session))
            : SignedOut();
}

/// <summary>Who a session is.</summary>
/// <param name="Organisation">OIN.</param>
/// <param name="Role">Role that was stated.</param>
/// <param name="Purpose">Purpose that was stated.</param>
/// <param name="Purposes">Of each role what it may state.</param>
/// <param name="Recovered">A recovery that the holder is to be told of.</param>
/// <param name="AuthenticatedAt">When the holder last proved who they are.</param>
public sealed record OwnSession(
    Guid AccountId,
    string Name,
    IReadOnlyList<string> Roles,
    string Organisation,
    IReadOnlyList<string> Regions,
    string? Role,
    string? Purpose,
    IReadOnlyDictionary<string, IReadOnlyList<Purpose>> Purposes,
    RecoveryNotice? Recovered,
    DateTimeOffset StartedAt,
    DateTimeOffset AuthenticatedAt);
