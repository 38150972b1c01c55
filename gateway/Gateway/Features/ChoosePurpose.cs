using Barnahus.Gateway.Pages;
using Barnahus.Gateway.Sessions;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Antiforgery;

namespace Barnahus.Gateway.Features;

/// <summary><c>POST /api/account/purpose</c>: in which role and why the person works from now on; kept with every event and every read.</summary>
public static class ChoosePurpose
{
    public const string FormPath = "/account/purpose";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/account/purpose", HandleAsync)
            .WithSummary("States in which role and for which purpose the person works from now on.").Produces<OwnSession>().ProducesProblem(400).ProducesProblem(401);
        routes.MapPost(FormPath, FromFormAsync).DisableAntiforgery();
    }

    /// <summary>States role and purpose, if the account has the role and the role the purpose. A single role or purpose need not be named.</summary>
    public static async Task<IResult> ChooseAsync(
        Session session, string? role, string? purpose, SessionTokens tokens, CancellationToken cancellationToken)
    {
        var holder = session.Token.Account;
        role ??= holder.Roles is [{ } only] ? only : "";
        var possible = holder.Roles.Contains(role, StringComparer.Ordinal) ? Purposes.For(role) : [];
        purpose ??= possible is [{ } single] ? single.Code : "";
        if (possible.Count == 0)
        {
            return Invalid("role", $"Choose one of your roles: {string.Join(", ", holder.Roles)}.");
        }

        if (possible.All(one => one.Code != purpose))
        {
            return Invalid("purpose", $"Choose a purpose of {role}: {string.Join(", ", possible.Select(one => one.Code))}.");
        }

        return await tokens.StatePurposeAsync(session, new(role, purpose), cancellationToken) ? Results.Ok(Me.Of(session)) : Me.SignedOut();
    }

    private static async Task<IResult> HandleAsync(
        Request request, HttpContext context, SessionStore sessions, SessionTokens tokens, CancellationToken cancellationToken) =>
        sessions.Of(context) is { } session && await tokens.ForAsync(session, cancellationToken) is not null
            ? await ChooseAsync(session, request.Role, request.Purpose, tokens, cancellationToken)
            : Me.SignedOut();

    private static async Task<IResult> FromFormAsync(
        HttpContext context, IAntiforgery antiforgery, SessionStore sessions, SessionTokens tokens, CancellationToken cancellationToken)
    {
        if (await antiforgery.IsRequestValidAsync(context)
            && sessions.Of(context) is { } session
            && await tokens.ForAsync(session, cancellationToken) is not null)
        {
            // The form sends both in one value: role/purpose.
            var form = await context.Request.ReadFormAsync(cancellationToken);
            if (form["stated"].ToString().Split('/') is [var role, var purpose])
            {
                await ChooseAsync(session, role, purpose, tokens, cancellationToken);
            }
        }

        return Results.Redirect(HomePage.Path);
    }

    private static IResult Invalid(string field, string error) => Results.Problem(Problems.New(
        StatusCodes.Status400BadRequest,
        "invalid",
        "The request has errors",
        "The request has errors; see the fields.",
        ("errors", new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [error] })));

    internal sealed record Request(string? Role, string? Purpose);
}
