using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Barnahus.Gateway.Pages;
using Barnahus.Gateway.Protection;
using Barnahus.Gateway.Sessions;
using Barnahus.Identity.Accounts;
using Barnahus.Identity.Features;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace Barnahus.Gateway.Features;

/// <summary>
/// Passkeys: signing in with one, and a person's own ones. The browser's script (<c>/account/passkeys.js</c>) asks for the question, lets the device
/// answer it, and sends the answer back with the sealed state it came with.
/// </summary>
public static class Passkeys
{
    public const string Path = "/account/passkeys";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/account/passkey-sign-in/question", AskAsync).RequireRateLimiting(Limits.Guessing);
        routes.MapPost("/account/passkey-sign-in", SignInAsync).RequireRateLimiting(Limits.Guessing);
        routes.MapPost($"/api{Path}/question", AskNewAsync).WithSummary("What a device is asked to make a passkey.").Produces<AskedPasskey>().ProducesProblem(401).ProducesProblem(403);
        routes.MapPost($"/api{Path}", AddAsync).WithSummary("Adds the passkey that a device made.").Produces(204).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        routes.MapGet($"/api{Path}", async (HttpContext context, SessionStore sessions, IdentityProvider provider, CancellationToken cancellationToken) =>
            sessions.Of(context) is { } session && await provider.PasskeysAsync(session.Id, cancellationToken) is { } own ? Results.Ok(own) : Me.SignedOut())
            .WithSummary("The person's passkeys.").Produces<IReadOnlyList<PasskeyReply>>().ProducesProblem(401);
        routes.MapPost($"/api{Path}/{{passkeyId:guid}}/removal", RemoveAsync).WithSummary("Removes a passkey.").Produces(204).ProducesProblem(401).ProducesProblem(403);
        routes.MapGet(Path, async (HttpContext context, SessionStore sessions, IdentityProvider provider, CancellationToken cancellationToken) =>
            sessions.Of(context) is { } session && await provider.PasskeysAsync(session.Id, cancellationToken) is { } own
                ? PasskeysPage.Show(own)
                : Results.Redirect(SignIn.Path));
    }

    /// <summary>The state of a question as it goes through the browser: sealed, and good for a few minutes.</summary>
    public static ITimeLimitedDataProtector Seal(IDataProtectionProvider protection) =>
        protection.CreateProtector("Barnahus.Gateway.Passkeys").ToTimeLimitedDataProtector();

    /// <returns>Null: the answer is not to a question of ours, or too late.</returns>
    public static PasskeyAnswer? Open(Answer? answer, IDataProtectionProvider protection)
    {
        try
        {
            return answer is null ? null : new(answer.Credential.GetRawText(), Seal(protection).Unprotect(answer.State));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static async Task<IResult> AskAsync(HttpContext context, IdentityProvider provider, IDataProtectionProvider protection, CancellationToken cancellationToken) =>
        CrossSiteGuard.HasHeader(context.Request) ? Question(await provider.AskPasskeyAsync(cancellationToken), protection) : CrossSiteGuard.Refused();

    private static async Task<IResult> SignInAsync(
        Answer answer, HttpContext context, IdentityProvider provider, IDataProtectionProvider protection, SessionStore sessions, CancellationToken cancellationToken)
    {
        if (!CrossSiteGuard.HasHeader(context.Request))
        {
            return CrossSiteGuard.Refused();
        }

        var key = SessionStore.NewKey();
        return Open(answer, protection) is { } opened
            && await provider.SignInWithPasskeyAsync(new(opened, sessions.Start(key, context)), cancellationToken) is { } reply
            ? Results.Ok(Me.Of(await sessions.SignInAsync(context, key, reply, cancellationToken)))
            : Results.Problem(Problems.New(401, "sign-in", "Not signed in", "This passkey opens no account here."));
    }

    private static async Task<IResult> AskNewAsync(
        HttpContext context, SessionStore sessions, IdentityProvider provider, IDataProtectionProvider protection, CancellationToken cancellationToken)
    {
        if (sessions.Of(context) is not { } session)
        {
            return Me.SignedOut();
        }

        var (question, problem) = await provider.AskNewPasskeyAsync(session.Id, cancellationToken);
        return question is null ? Results.Problem(problem!) : Question(question, protection);
    }

    private static async Task<IResult> AddAsync(
        NewPasskey request, HttpContext context, SessionStore sessions, IdentityProvider provider, IDataProtectionProvider protection, CancellationToken cancellationToken)
    {
        if (sessions.Of(context) is not { } session)
        {
            return Me.SignedOut();
        }

        return Open(request.Answer, protection) is not { } answer
            ? Results.Problem(Problems.New(400, "invalid", "The request has errors", "This took too long. Try again."))
            : Done(await provider.AddPasskeyAsync(new(session.Id, answer, request.Name), cancellationToken));
    }

    private static async Task<IResult> RemoveAsync(
        Guid passkeyId, HttpContext context, SessionStore sessions, IdentityProvider provider, CancellationToken cancellationToken) =>
        sessions.Of(context) is { } session ? Done(await provider.RemovePasskeyAsync(new(session.Id, passkeyId), cancellationToken)) : Me.SignedOut();

    private static IResult Done(Microsoft.AspNetCore.Mvc.ProblemDetails? problem) => problem is null ? Results.NoContent() : Results.Problem(problem);

    private static IResult Question(PasskeyQuestion question, IDataProtectionProvider protection) =>
        Results.Json(new AskedPasskey(JsonNode.Parse(question.Options)!.AsObject(), Seal(protection).Protect(question.State, Life)));

    /// <param name="Options"><c>publicKey</c> of WebAuthn, as JSON.</param>
    /// <param name="State">To be sent back with the answer.</param>
    private sealed record AskedPasskey(JsonObject Options, string State);

    /// <param name="Credential">What <c>PublicKeyCredential.toJSON()</c> gave.</param>
    /// <param name="State">As it came with the question.</param>
    public sealed record Answer(JsonElement Credential, string State);

    internal sealed record NewPasskey(Answer Answer, string? Name = null);
}
