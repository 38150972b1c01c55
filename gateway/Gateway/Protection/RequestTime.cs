using Barnahus.Gateway.Routing;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Barnahus.Gateway.Protection;

/// <summary>
/// How long a request to the gateway's own addresses may take, however steadily its body drips. What is passed on has the service's time, and a stream
/// its session's.
/// </summary>
public static class RequestTime
{
    /// <summary>A provider that does not answer is said first (<see cref="GatewaySettings.Timeout"/>).</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddRequestTime(this IServiceCollection services, GatewaySettings settings) =>
        services.AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = settings.Timeout + Margin,
            TimeoutStatusCode = StatusCodes.Status408RequestTimeout,
        });

    /// <summary>Reads a form while the time of its request runs: who looks at it further on knows of no time. Cut off, there is nobody to answer.</summary>
    public static void UseFormInTime(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.Request.HasFormContentType && context.GetEndpoint() is { } endpoint && !ProxyRoutes.IsProxied(endpoint))
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
        }

        await next(context);
    });
}
