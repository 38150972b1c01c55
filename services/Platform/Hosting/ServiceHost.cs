using System.Text.Json.Serialization;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Timers;
using Barnahus.Platform.Views;
using MassTransit;
using MassTransit.Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Hosting;

/// <summary>One web application with one or more service modules: the same modules in a process each, or all in one.</summary>
public static class ServiceHost
{
    /// <summary>Largest request body, in bytes; an address may say less or more.</summary>
    public const long MaxBody = 256 * 1024;

    /// <summary>Builds the application; the caller runs it. Consumers are fed by the mediator.</summary>
    /// <param name="args">Configuration as <c>--Name=value</c>.</param>
    /// <param name="stores">Opened before, disposed after.</param>
    /// <param name="modules">The services to host.</param>
    /// <param name="configure">What a host or a test adds or replaces, last.</param>
    public static WebApplication Build(
        string[] args, Stores stores, IReadOnlyList<ServiceModule> modules, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });
        builder.Services.AddPlatform(builder.Configuration, stores);
        builder.Services.AddMediator(bus =>
        {
            foreach (var module in modules)
            {
                module.Consumers(bus);
            }
        });
        builder.Services.AddSingleton<IMessageBus>(provider => new MediatorBus(provider.GetRequiredService<IMediator>()));
        builder.Services.AddServiceTokens(builder.Configuration.GetSection("Tokens"));
        builder.Services.AddAuthorization();
        builder.Services.AddProblems();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            // What is unknown and what is not this reader's are both absent: a null would tell the one from the other.
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.KebabCaseLower));
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        foreach (var module in modules)
        {
            builder.Services.AddOpenApi(module.Name, options => options.CreateSchemaReferenceId = SchemaNames.Of);
            module.Add(builder.Services);
        }

        configure?.Invoke(builder);
        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(BodyMark.ReadAsync);
        MapHealth(app);
        foreach (var module in modules)
        {
            module.Map(app);
        }

        return app;
    }

    /// <summary>A service in a process of its own: opens the stores, runs until SIGTERM. Secret settings may be files (<see cref="SecretFiles"/>).</summary>
    /// <exception cref="InvalidOperationException">A setting is missing that every request would need.</exception>
    public static async Task RunAsync(string[] args, ServiceModule module)
    {
        args = SecretFiles.Join(args);
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        if (configuration["Tokens:Issuer"] is not { Length: > 0 })
        {
            throw new InvalidOperationException("Tokens:Issuer is not set: without it no token can be trusted. Give the address under which Barnahus is reached.");
        }

        await using var stores = Stores.Open(configuration);
        await using var app = Build(args, stores, [module]);
        await app.RunAsync();
    }

    private static void MapHealth(WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok(new { status = "live" })).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", (ViewHost views, SubscriptionHost subscriptions, ParkedEvents parked, IEnumerable<IFollower> followers, TimerHost timers) =>
        {
            var ready = views is { CaughtUp: true, Stopped: null } && subscriptions.Stopped.Count == 0;
            var stopped = followers.Where(follower => follower.Stopped is not null).ToList();
            var body = new
            {
                status = ready ? parked.All.Count == 0 && stopped.Count == 0 && timers.Failing.Count == 0 ? "ready" : "degraded" : "not-ready",
                position = views.Position.ToString(),
                viewsStopped = views.Stopped?.Message,
                subscriptionsStopped = subscriptions.Stopped.Select(pair => new { subscription = pair.Key, why = pair.Value.Message }),
                followersStopped = stopped.Select(follower => new { follower = follower.Name, why = follower.Stopped!.Message }),
                parked = parked.All.Select(one => new { one.Subscription, one.EventId, one.Failure }),
                timersFailing = timers.Failing,
            };
            return Results.Json(body, statusCode: ready ? 200 : 503);
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
