using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Sessions;
using Barnahus.Platform.Views;

namespace Barnahus.Identity.Features;

/// <summary>What only the gateway may ask: judge a sign-in, keep a session, take an invitation up. Not routed from outside.</summary>
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
        group.MapPost("/invitations", OpenInvitationAsync);
        group.MapPost("/activations", ActivateAsync);
        SessionChannel.Map(group);
        PasskeyChannel.Map(group);
    }

    internal static IResult Refused() => Results.Problem(
        statusCode: StatusCodes.Status403Forbidden, title: "Not let in", detail: "Name, password or code is not right.");

    private static async Task<IResult> SignInAsync(SignInRequest request, SignInDesk desk, SessionDesk sessions, CancellationToken cancellationToken) =>
        await desk.TryAsync(request.LoginName, request.Password, request.Code, cancellationToken) is { } account
            ? Results.Json(await sessions.StartAsync(account, "password", request.Session, cancellationToken))
            : Refused();

    private static async Task<IResult> OpenInvitationAsync(InvitationRequest request, Invitations invitations) =>
        await invitations.OpenAsync(request.LoginName, request.Code) is null ? Refused() : Results.Json(new InvitationReply(invitations.NewAuthenticatorKey()));

    private static async Task<IResult> ActivateAsync(ActivationRequest request, Invitations invitations, CancellationToken cancellationToken)
    {
        if (await invitations.OpenAsync(request.LoginName, request.Code) is not { } user)
        {
            return Refused();
        }

        await invitations.ActivateAsync(user, request.Password, request.AuthenticatorKey, request.AuthenticatorCode, cancellationToken);
        return Results.NoContent();
    }
}
