using Barnahus.Gateway.Sessions;
using Barnahus.Identity.Features;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Gateway.Features;

/// <summary><c>GET /api/account/me</c>: who this session is, and what it may state.</summary>
public static class Me
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/account/me", HandleAsync);

    /// <summary>The session's own as JSON.</summary>
    public static object Of(Session session) => Of(session, session.Token.Account);

    private static object Of(Session session, Holder holder) => new
    {
        holder.AccountId,
        holder.Name,
        holder.Roles,
        holder.Organisation,
        holder.Regions,
        session.Stated?.Role,
        session.Stated?.Purpose,
        Purposes = holder.Roles.ToDictionary(role => role, Purposes.For, StringComparer.Ordinal),
        session.StartedAt,
        session.Token.Session.AuthenticatedAt,
    };

    internal static IResult SignedOut() =>
        Results.Problem(Problems.New(StatusCodes.Status401Unauthorized, "signed-out", "Signed out", "There is no session. Sign in first."));

    private static async Task<IResult> HandleAsync(HttpContext context, SessionStore sessions, SessionTokens tokens, CancellationToken cancellationToken) =>
        sessions.Of(context) is { } session && await tokens.ForAsync(session, cancellationToken) is not null
            ? Results.Ok(Of(session))
            : SignedOut();
}
