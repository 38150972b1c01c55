using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Tokens;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;
using Microsoft.AspNetCore.Identity;

namespace Barnahus.Identity.Features;

/// <summary>What only the gateway may ask: judge a sign-in, exchange a session for an access token, take an invitation up. Not routed from outside.</summary>
public static class BackChannel
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/back-channel/v1").ExcludeFromDescription().RequireAuthorization(policy => policy
            .RequireClaim("client_id", GatewayClient.Id)
            .RequireClaim("scope", GatewayClient.Scope));

        // Names are looked up in a view: one that lags must not look like a wrong name.
        group.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.RequestServices.GetRequiredService<ViewHost>().RequireFresh();
            return next(context);
        });
        group.MapPost("/sign-ins", SignInAsync);
        group.MapPost("/access-tokens", ExchangeAsync);
        group.MapPost("/invitations", OpenInvitationAsync);
        group.MapPost("/activations", ActivateAsync);
    }

    private static async Task<IResult> SignInAsync(SignInRequest request, SignInDesk desk, Hand hand, CancellationToken cancellationToken) =>
        await desk.TryAsync(request.LoginName, request.Password, request.Code, cancellationToken) is { } account
            ? Results.Json(new SignInReply(account.Id!.Value, hand.Now))
            : Refused();

    /// <summary>Folds the account's own stream: what was taken from an account is gone with its next token, within five minutes.</summary>
    private static async Task<IResult> ExchangeAsync(
        ExchangeRequest request, CommandHandler handler, PersonalData personal, AccessTokens tokens, CancellationToken cancellationToken)
    {
        var (account, _) = await handler.StateAsync(AccountDecider.Decider, Account.Stream(request.AccountId), cancellationToken);
        if (account is not { Disabled: false, PasswordHash: not null, Name: not null } || request.SignedInAt < account.SessionsFrom)
        {
            return Refused();
        }

        var token = tokens.For(account);
        var holder = new Holder(
            account.Id!.Value, personal.Open(account.Name).ValueOrDefault ?? "", [.. account.Roles], account.Organisation!, [.. account.Regions]);
        return Results.Json(new ExchangeReply(token.Token, token.ExpiresAt, holder));
    }

    private static async Task<IResult> OpenInvitationAsync(
        InvitationRequest request, Invitations invitations, IdentitySettings settings, UserManager<AccountUser> users)
    {
        if (await invitations.OpenAsync(request.LoginName, request.Code) is not { } user)
        {
            return Refused();
        }

        var key = settings.Demo ? null : await users.GetAuthenticatorKeyAsync(user);
        var uri = key is null ? null : $"otpauth://totp/Barnahus:{Uri.EscapeDataString(user.LoginName!)}?secret={key}&issuer=Barnahus&digits=6";
        return Results.Json(new InvitationReply(key, uri));
    }

    private static async Task<IResult> ActivateAsync(ActivationRequest request, Invitations invitations, CancellationToken cancellationToken)
    {
        if (await invitations.OpenAsync(request.LoginName, request.Code) is not { } user)
        {
            return Refused();
        }

        await invitations.ActivateAsync(user, request.Password, request.AuthenticatorCode, cancellationToken);
        return Results.NoContent();
    }

    private static IResult Refused() => Results.Problem(
        statusCode: StatusCodes.Status403Forbidden, title: "Not let in", detail: "Name, password or code is not right.");
}

/// <param name="Code">Of the second factor.</param>
public sealed record SignInRequest(string LoginName, string Password, string? Code);

/// <param name="SignedInAt">Security time at the provider: compared with its own times later.</param>
public sealed record SignInReply(Guid AccountId, DateTimeOffset SignedInAt);

public sealed record ExchangeRequest(Guid AccountId, DateTimeOffset SignedInAt);

public sealed record ExchangeReply(string AccessToken, DateTimeOffset ExpiresAt, Holder Account);

/// <summary>Whose session it is.</summary>
/// <param name="Organisation">OIN.</param>
public sealed record Holder(Guid AccountId, string Name, IReadOnlyList<string> Roles, string Organisation, IReadOnlyList<string> Regions);

/// <param name="Code">Invitation code.</param>
public sealed record InvitationRequest(string LoginName, string Code);

/// <param name="AuthenticatorKey">Base32, for the authenticator app; null in the demonstration.</param>
/// <param name="AuthenticatorUri">The same as <c>otpauth:</c> address.</param>
public sealed record InvitationReply(string? AuthenticatorKey, string? AuthenticatorUri);

public sealed record ActivationRequest(string LoginName, string Code, string Password, string? AuthenticatorCode);
