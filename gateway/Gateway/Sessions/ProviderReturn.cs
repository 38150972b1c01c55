using Barnahus.Gateway.Features;
using Barnahus.Gateway.Pages;
using Barnahus.Identity.Clients;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Barnahus.Gateway.Sessions;

/// <summary>
/// The gateway as an OpenID client of a provider where people sign in: code with PKCE, proved by <c>private_key_jwt</c>. What comes back is an identity
/// token; the session is started over the back channel as ever, and no token of the provider is kept.
/// </summary>
internal static class ProviderReturn
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public static IServiceCollection AddProviderReturn(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddAuthentication().AddOpenIdConnect(SignIn.ProviderScheme, options =>
        {
            options.Authority = settings.Issuer;
            options.ClientId = GatewayClient.Id;
            options.ResponseType = OpenIdConnectResponseType.Code;
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.CallbackPath = "/account/provider/return";
            options.MapInboundClaims = false;
            options.SaveTokens = false;
            options.Scope.Clear();
            options.Scope.Add("openid");

            // Lax: the browser comes back from another site, and these two must come with it. The session's own cookie stays Strict.
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.Always;
            options.NonceCookie.SameSite = SameSiteMode.Lax;
            options.NonceCookie.SecurePolicy = CookieSecurePolicy.Always;
            options.Events = new OpenIdConnectEvents
            {
                OnAuthorizationCodeReceived = Prove,
                OnTokenValidated = StartAsync,
                OnRemoteFailure = Explain,
            };
        });
        return services;
    }

    private static Task Prove(AuthorizationCodeReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var issuer = services.GetRequiredService<GatewaySettings>().Issuer;
        context.TokenEndpointRequest!.ClientAssertionType = AssertionType;
        context.TokenEndpointRequest.ClientAssertion =
            services.GetRequiredService<GatewayKey>().Assert(issuer, services.GetRequiredService<TimeProvider>().GetUtcNow());
        return Task.CompletedTask;
    }

    private static async Task StartAsync(TokenValidatedContext context)
    {
        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<SessionStore>();
        var provider = http.RequestServices.GetRequiredService<IdentityProvider>();
        var key = SessionStore.NewKey();
        if (!Guid.TryParse(context.Principal?.FindFirst("sub")?.Value, out var accountId)
            || await provider.StartAsync(new(accountId, sessions.Start(key, http)), http.RequestAborted) is not { } reply)
        {
            context.Fail("The account is not in use.");
            return;
        }

        await sessions.SignInAsync(http, key, reply, http.RequestAborted);

        // A redirect would still count as coming from the other site, and the Strict cookie would stay behind: the page takes the step from here.
        context.HandleResponse();
        http.Response.Headers["Refresh"] = $"0; url={HomePage.Path}";
        await Html.Page("Ingelogd", Html.Of($"""<p><a href="{HomePage.Path}">Verder</a></p>""")).ExecuteAsync(http);
    }

    private static async Task Explain(Microsoft.AspNetCore.Authentication.RemoteFailureContext context)
    {
        context.HandleResponse();
        await Html.Page(
            "Niet ingelogd",
            Html.Of($"""<p role="alert">Het inloggen is niet gelukt. <a href="{SignIn.Path}">Probeer het nog eens.</a></p>"""),
            StatusCodes.Status401Unauthorized).ExecuteAsync(context.HttpContext);
    }
}
