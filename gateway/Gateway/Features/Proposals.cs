using Barnahus.Gateway.Pages;
using Barnahus.Gateway.Sessions;
using Barnahus.Identity.Clients;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Antiforgery;

namespace Barnahus.Gateway.Features;

/// <summary>
/// What waits for a second administrator, as a page: rights of accounts, recoveries, keys of partners and what is to be taken back into use. Scripts use the provider's own addresses
/// (<c>/api/identity/v1/proposals</c> and those of the accounts and clients).
/// </summary>
public static class Proposals
{
    public const string Path = "/account/proposals";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, PageAsync);
        routes.MapPost(Path, FromFormAsync).DisableAntiforgery();
    }

    private static async Task<IResult> PageAsync(
        HttpContext context, IAntiforgery antiforgery, SessionStore sessions, SessionTokens tokens, IdentityProvider provider, CancellationToken cancellationToken) =>
        sessions.Of(context) is { } session && await tokens.ForAsync(session, cancellationToken) is not null
            ? await ShowAsync(context, antiforgery, session, provider, null, null, cancellationToken)
            : Results.Redirect(SignIn.Path);

    private static async Task<IResult> FromFormAsync(
        HttpContext context, IAntiforgery antiforgery, SessionStore sessions, SessionTokens tokens, IdentityProvider provider, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType
            || !await antiforgery.IsRequestValidAsync(context)
            || sessions.Of(context) is not { } session
            || await tokens.ForAsync(session, cancellationToken) is null)
        {
            return Results.Redirect(Path);
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (code, problem) = Asked(form) is { } asked
            ? await provider.AnswerAsync(session, asked.Path, asked.Body, cancellationToken)
            : (null, Problems.Of(StatusCodes.Status404NotFound));
        return problem?.Type == RecentSignIn.Problem().Type
            ? Results.Redirect(RecentSignIn.ConfirmationPath)
            : await ShowAsync(context, antiforgery, session, provider, code, problem?.Detail, cancellationToken);
    }

    /// <summary>Where an answer is given; null when the form names nothing that can be answered.</summary>
    private static (string Path, object Body)? Asked(IFormCollection form)
    {
        var approves = form["answer"] == "approval";
        var answer = approves ? "approval" : "rejection";
        var (kind, right, client) = (form["kind"].ToString(), form["right"].ToString(), form["clientId"].ToString());
        if (kind == "key")
        {
            return ClientId.IsValid(client) && ClientId.IsValid(right)
                ? ($"clients/{client}/keys/{right}/{answer}", approves ? new { publicKey = form["publicKey"].ToString() } : (object)new { })
                : null;
        }

        var isAccount = Guid.TryParse(form["accountId"], out var account);
        if (kind == "enabling")
        {
            // Approved by asking for the same; there is nothing to reject, it lapses.
            return !approves ? null : isAccount ? ($"accounts/{account:D}/enabling", new { }) : ClientId.IsValid(client) ? ($"clients/{client}/enabling", new { }) : null;
        }

        string[] rights = [right];
        return !isAccount ? null : kind switch
        {
            "role" => ($"accounts/{account:D}/rights/{answer}", new { roles = rights }),
            "region" => ($"accounts/{account:D}/rights/{answer}", new { regions = rights }),
            _ => ($"accounts/{account:D}/recovery/{answer}", new { }),
        };
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, IAntiforgery antiforgery, Session session, IdentityProvider provider, string? code, string? error, CancellationToken cancellationToken)
    {
        if (session.Stated?.Role != Roles.Administrator)
        {
            return Results.Redirect(HomePage.Path);
        }

        var (proposals, problem) = await provider.ProposalsAsync(session, cancellationToken);
        return ProposalsPage.Show(context, antiforgery, proposals, session.AccountId, code, error ?? problem?.Detail);
    }
}
