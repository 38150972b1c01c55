using System.Text.Json.Serialization;
using Barnahus.Platform.Bus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Hosting;

/// <summary>One web application with one or more service modules: the same modules in a process each, or all in one.</summary>
public static class ServiceHost
{
    /// <summary>Largest request body, in bytes; an address may say less or more.</summary>
    public const long MaxBody = 256 * 1024;

    /// <summary>Builds the application; the caller runs it. Consumers are fed by the bus that the configuration names (<see cref="BusSettings"/>).</summary>
    /// <param name="args">Configuration as <c>--Name=value</c>.</param>
    /// <param name="stores">Opened before, disposed after.</param>
    /// <param name="modules">The services to host.</param>
    /// <param name="configure">What a host or a test adds or replaces, last.</param>
    public static WebApplication Build(
        string[] args, Stores stores, IReadOnlyList<ServiceModule> modules, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Bound(MaxBody));
        builder.Services.AddPlatform(builder.Configuration, stores);
        builder.Services.AddBus(BusSettings.From(builder.Configuration), bus =>
        {
            foreach (var module in modules)
            {
                module.Consumers(bus);
            }
        });
        builder.Services.AddServiceTokens(builder.Configuration.GetSection("Tokens"));
        builder.Services.AddAuthorization().AddTimeout(builder.Configuration).AddCallerLimits(builder.Configuration);
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
            builder.Services.AddOpenApi(module.Name, options => options.DescribeContract().CreateSchemaReferenceId = SchemaNames.Of);
            module.Add(builder.Services);
        }

        configure?.Invoke(builder);
        var app = builder.Build();
        app.UseProblems();
        app.UseExceptionHandler();
        app.UseHeaderLimit();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.Use(BodyMark.ReadAsync);
        Health.Map(app);
        foreach (var module in modules)
        {
            module.Map(app);
        }

        return app;
    }
}
