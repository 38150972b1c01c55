using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Sessions;
using Barnahus.Platform.Deciding;

namespace Barnahus.Identity.Features;

/// <summary>
/// Over the back channel: a session for a person whose identity token the gateway has just validated. Mapped only where people sign in at a provider
/// and not at the gateway.
/// </summary>
public static class ProviderSignIn
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/back-channel/v1/provider-sign-ins", HandleAsync)
        .ExcludeFromDescription()
        .RequireAuthorization(policy => policy.RequireClaim("client_id", GatewayClient.Id).RequireClaim("scope", GatewayClient.Scope));

    private static async Task<IResult> HandleAsync(ProviderSignInRequest request, CommandHandler handler, SessionDesk sessions, CancellationToken cancellationToken)
    {
        var (account, _) = await handler.StateAsync(AccountDecider.Decider, Account.Stream(request.AccountId), cancellationToken);
        return account is { Disabled: false, PasswordHash: not null, Name: not null }
            ? Results.Json(await sessions.StartAsync(account, "provider", request.Session, cancellationToken))
            : BackChannel.Refused();
    }
}
