using Barnahus.Gateway.Features;
using Barnahus.Gateway.Pages;
using Barnahus.Identity.Clients;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Gateway.Sessions;

/// <summary>
/// The gateway as an OpenID client of a provider where people sign in: code with PKCE, proved by <c>private_key_jwt</c>. What comes back is an identity
/// token; the session is started over the back channel as ever, and no token of the provider is kept.
/// </summary>
internal static class ProviderReturn
{
    /// <summary>From here the browser goes to the provider.</summary>
    public const string Path = "/account/provider";

    private const string Scheme = "provider";
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>In place of <see cref="SignIn"/>: no password is taken here.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SignIn.Path, SignInPage.ShowProvider);
        routes.MapGet(Path, SendAsync);
    }

    public static IServiceCollection AddProviderReturn(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddAuthentication().AddOpenIdConnect(Scheme, options =>
        {
            options.Authority = settings.Issuer;
            options.RequireHttpsMetadata = !new Uri(settings.Issuer).IsLoopback;
            options.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];
            options.ClientId = GatewayClient.Id;
            options.ResponseType = OpenIdConnectResponseType.Code;
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.CallbackPath = GatewayClient.ReturnPath;
            options.MapInboundClaims = false;
            options.SaveTokens = false;
            options.DisableTelemetry = true;
            options.Scope.Clear();
            options.Scope.Add("openid");

            // Lax: the browser comes back from another site, and these two must come with it. The session's own cookie stays Strict.
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.Always;
            options.NonceCookie.SameSite = SameSiteMode.Lax;
            options.NonceCookie.SecurePolicy = CookieSecurePolicy.Always;
            options.Events = new OpenIdConnectEvents
            {
                // What is asked goes to the provider past the browser where it takes that (RFC 9126), and is proved like the exchange of the code.
                OnPushAuthorization = context =>
                {
                    context.HandleClientAuthentication();
                    return ProveAsync(context.ProtocolMessage, context.HttpContext);
                },
                OnAuthorizationCodeReceived = context => ProveAsync(context.TokenEndpointRequest!, context.HttpContext),
                // Not when the token is validated: its nonce is judged after that.
                OnTicketReceived = StartAsync,
                OnRemoteFailure = context =>
                {
                    context.HandleResponse();
                    return RefuseAsync(context.HttpContext);
                },
            };
        });
        return services;
    }

    /// <exception cref="HttpRequestException">The provider does not answer, or takes nothing from this gateway.</exception>
    private static async Task SendAsync(HttpContext http)
    {
        try
        {
            await http.ChallengeAsync(Scheme);
        }
        catch (Exception error) when (error is InvalidOperationException or OpenIdConnectProtocolException)
        {
            throw new HttpRequestException("Nobody can be sent to the provider to sign in.", error);
        }
    }

    private static Task ProveAsync(OpenIdConnectMessage request, HttpContext http)
    {
        var services = http.RequestServices;
        var issuer = services.GetRequiredService<GatewaySettings>().Issuer;
        request.ClientAssertionType = AssertionType;
        request.ClientAssertion = services.GetRequiredService<GatewayKey>().Assert(issuer, services.GetRequiredService<TimeProvider>().GetUtcNow());
        return Task.CompletedTask;
    }

    private static async Task StartAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<SessionStore>();
        var provider = http.RequestServices.GetRequiredService<IdentityProvider>();
        var key = SessionStore.NewKey();
        if (!Guid.TryParse(context.Principal?.FindFirst("sub")?.Value, out var accountId)
            || await provider.StartAsync(new(accountId, sessions.Start(key, http)), http.RequestAborted) is not { } reply)
        {
            await RefuseAsync(http);
            return;
        }

        await sessions.SignInAsync(http, key, reply, http.RequestAborted);

        // A redirect would still count as coming from the other site, and the Strict cookie would stay behind: the page takes the step from here.
        http.Response.Headers["Refresh"] = $"0; url={HomePage.Path}";
        await Html.Page("Ingelogd", Html.Of($"""<p><a href="{HomePage.Path}">Verder</a></p>""")).ExecuteAsync(http);
    }

    private static Task RefuseAsync(HttpContext http) => Html.Page(
        "Niet ingelogd",
        Html.Of($"""<p role="alert">Het inloggen is niet gelukt. <a href="{SignIn.Path}">Probeer het nog eens.</a></p>"""),
        StatusCodes.Status401Unauthorized).ExecuteAsync(http);
}
