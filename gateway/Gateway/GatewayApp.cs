using System.Text.Json.Serialization;
using Barnahus.Gateway.Documents;
using Barnahus.Gateway.Features;
using Barnahus.Gateway.Pages;
using Barnahus.Gateway.Protection;
using Barnahus.Gateway.Routing;
using Barnahus.Gateway.Sessions;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Caching.Memory;

namespace Barnahus.Gateway;

/// <summary>The gateway as a web application: a process of its own, or one more application in a process.</summary>
public static class GatewayApp
{
    /// <summary>Builds it; the caller runs it.</summary>
    /// <param name="args">Configuration as <c>--Name=value</c>; see <see cref="GatewaySettings"/>. It listens on <c>--urls</c>.</param>
    /// <param name="key">What it proves itself with; its public half is <c>Identity:GatewayKey</c>. Disposed of by the caller.</param>
    /// <param name="configure">What a host or a test adds or replaces, last.</param>
    public static WebApplication Build(string[] args, GatewayKey key, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var settings = GatewaySettings.From(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Bound(settings.MaxBody);
            kestrel.Limits.MaxConcurrentConnections = settings.MaxConnections;
        });
        builder.Services.AddSingleton(settings).AddSingleton(key).AddSingleton(TimeProvider.System);
        builder.Services.AddSessions(settings).AddLimits(settings).AddRequestTime(settings).AddProxyRoutes(settings);
        builder.Services.AddSingleton(provider => new IdentityProvider(
            Client(settings.Identity, settings),
            key,
            settings,
            provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(provider => new JoinedOpenApi(
            Client(settings.Identity, settings), settings, provider.GetRequiredKeyedService<IOpenApiDocumentProvider>(JoinedOpenApi.Own), provider.GetRequiredService<IMemoryCache>(), provider.GetRequiredService<ILogger<JoinedOpenApi>>()));
        builder.Services.AddOpenApi(JoinedOpenApi.Own, options =>
        {
            options.ShouldInclude = description => description.RelativePath?.StartsWith("api/account/", StringComparison.Ordinal) == true;
            options.CreateSchemaReferenceId = SchemaNames.Of;
            options.LeaveOutWhatIsUnknown();
        });
        builder.Services.AddMemoryCache().AddSingleton<IProblemDetailsWriter, ProblemPage>().AddProblems();
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        if (settings.SignInAtProvider)
        {
            builder.Services.AddProviderReturn(settings);
        }
        builder.Services.AddExceptionHandler<ProviderOutOfReach>().AddExceptionHandler<UnreadableForm>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseExceptionHandler();
        app.UseHeaderLimit();
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseCrossSiteGuard();
        app.UseFormInTime();
        Map(app, settings);
        SessionForwarding.Map(app);
        return app;
    }

    private static void Map(WebApplication app, GatewaySettings settings)
    {
        HomePage.Map(app);
        if (settings.SignInAtProvider)
        {
            ProviderReturn.Map(app);
        }
        else
        {
            SignIn.Map(app);
        }

        SignOut.Map(app);
        Activate.Map(app);
        Me.Map(app);
        ChoosePurpose.Map(app);
        OwnSessions.Map(app);
        Confirm.Map(app);
        Passkeys.Map(app);
        Proposals.Map(app);
        ApiPage.Map(app);
        StyleSheet.Map(app);
        PasskeyScript.Map(app);
        app.MapGet("/health/live", () => Results.Ok(new { status = "live" }));
        app.MapGet("/health/ready", (IdentityProvider provider, CancellationToken cancellationToken) => ReadyAsync(provider, cancellationToken));
    }

    private static async Task<IResult> ReadyAsync(IdentityProvider provider, CancellationToken cancellationToken) =>
        await provider.IsReadyAsync(cancellationToken)
            ? Results.Ok(new { status = "ready" })
            : Results.Json(new { status = "not-ready", why = "The identity provider does not answer." }, statusCode: StatusCodes.Status503ServiceUnavailable);

    private static HttpClient Client(Uri address, GatewaySettings settings) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        BaseAddress = address,
        Timeout = settings.Timeout,
    };
}
