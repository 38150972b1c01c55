using System.Globalization;
using Barnahus.Platform.Access;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Transforms;

namespace Barnahus.Gateway.Routing;

/// <summary>Which address goes to which service, from the configuration: <c>/api/{service}/v1/**</c>, and the provider's public addresses.</summary>
public static class ProxyRoutes
{
    private const string IdentityCluster = "identity-provider";

    /// <summary>A replica that is busy is not ill.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddProxyRoutes(this IServiceCollection services, GatewaySettings settings)
    {
        var routes = settings.Services.Keys.Select(Service)
            .Append(Public("token", "/connect/token", HttpMethods.Post))
            .Append(Public("discovery", "/.well-known/{**rest}", HttpMethods.Get));
        var clusters = settings.Services.Select(service => Cluster(service.Key, service.Value, settings))
            .Append(Cluster(IdentityCluster, [settings.Identity], settings));
        services.AddReverseProxy()
            .LoadFromMemory([.. routes], [.. clusters])
            .AddTransforms(builder => builder.AddResponseTransform(KeepOwnCookies));

        // The library counts failures of a whole minute, by which a replica that was restarted in a second would stay away for the rest of it.
        services.Configure<TransportFailureRateHealthPolicyOptions>(options => options.DetectionWindowSize = settings.HealthEvery * 2);
        return services;
    }

    private static RouteConfig Service(string service) => new RouteConfig
    {
        RouteId = service,
        ClusterId = service,
        Match = new() { Path = $"/api/{service}/{{**rest}}" },
    }.WithTransformPathRemovePrefix("/api");

    // The host as the outside wrote it: the provider answers discovery with the public address then.
    private static RouteConfig Public(string name, string path, string method) => new RouteConfig
    {
        RouteId = $"identity-provider-{name}",
        ClusterId = IdentityCluster,
        Match = new() { Path = path, Methods = [method] },
    }.WithTransformUseOriginalHostHeader();

    private static ClusterConfig Cluster(string name, IReadOnlyList<Uri> addresses, GatewaySettings settings) => new()
    {
        ClusterId = name,
        Destinations = addresses.Index().ToDictionary(
            pair => pair.Index.ToString(CultureInfo.InvariantCulture), pair => new DestinationConfig { Address = pair.Item.AbsoluteUri }, StringComparer.Ordinal),
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        HealthCheck = new()
        {
            // When all look ill, the answer of one of them says more than ours could.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            Active = new()
            {
                // A single address has no other to turn to.
                Enabled = addresses.Count > 1,
                Interval = settings.HealthEvery,
                Timeout = ProbeTimeout,
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                Path = "/health/ready",
            },
            Passive = new()
            {
                Enabled = addresses.Count > 1,
                Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
                ReactivationPeriod = settings.HealthEvery * 2,
            },
        },

        // One refusal to be asked again is enough; the active check brings it back.
        Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ConsecutiveFailuresHealthPolicyOptions.ThresholdMetadataName] = "1",
            [TransportFailureRateHealthPolicyOptions.FailureRateLimitMetadataName] = "0.1",
        },
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = settings.Timeout },
    };

    /// <summary>Cookies are the gateway's own business: no service sets one.</summary>
    private static ValueTask KeepOwnCookies(ResponseTransformContext context)
    {
        context.HttpContext.Response.Headers.SetCookie = default;
        context.HttpContext.Response.Headers.Server = default;
        return ValueTask.CompletedTask;
    }

    /// <summary>Names of headers that only the gateway sets.</summary>
    internal static bool IsOurs(string header) =>
        header.StartsWith("Barnahus-", StringComparison.OrdinalIgnoreCase)
        || header.Equals(Caller.RoleHeader, StringComparison.OrdinalIgnoreCase)
        || header.Equals(Caller.PurposeHeader, StringComparison.OrdinalIgnoreCase);
}
