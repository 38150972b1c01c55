using System.Globalization;
using Barnahus.Platform.Access;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;

namespace Barnahus.Gateway.Routing;

/// <summary>Which address goes to which service, from the configuration: <c>/api/{service}/v1/**</c>, and the provider's public addresses.</summary>
public static class ProxyRoutes
{
    private const string IdentityCluster = "identity-provider";

    /// <summary>What is passed on has a time of its own (<see cref="GatewaySettings.Timeout"/>, between one sign of life and the next).</summary>
    private const string OwnTime = "Disable";

    /// <summary>A replica that is busy is not ill.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddProxyRoutes(this IServiceCollection services, GatewaySettings settings)
    {
        var routes = settings.Services.Keys.Select(Service)
            .Append(Public("token", "/connect/token", HttpMethods.Post))
            .Append(Public("discovery", "/.well-known/{**rest}", HttpMethods.Get));
        var clusters = settings.Services.Select(service => Cluster(service.Key, service.Value, settings))
            // Discovery answers whoever asks from outside with the public address, and that is the issuer's, whatever host was asked for.
            .Append(Cluster(IdentityCluster, [settings.Identity], settings, new Uri(settings.Issuer).Authority));
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
        TimeoutPolicy = OwnTime,
        Match = new() { Path = $"/api/{service}/{{**rest}}" },
    }.WithTransformPathRemovePrefix("/api");

    private static RouteConfig Public(string name, string path, string method) => new()
    {
        RouteId = $"identity-provider-{name}",
        ClusterId = IdentityCluster,
        TimeoutPolicy = OwnTime,
        Match = new() { Path = path, Methods = [method] },
    };

    /// <param name="host">The Host header that the destination gets; null: its own address.</param>
    private static ClusterConfig Cluster(string name, IReadOnlyList<Uri> addresses, GatewaySettings settings, string? host = null) => new()
    {
        ClusterId = name,
        Destinations = addresses.Index().ToDictionary(
            pair => pair.Index.ToString(CultureInfo.InvariantCulture), pair => new DestinationConfig { Address = pair.Item.AbsoluteUri, Host = host }, StringComparer.Ordinal),
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

    /// <summary>It goes to a service or the provider, and is not the gateway's own.</summary>
    public static bool IsProxied(Endpoint endpoint) => endpoint.Metadata.GetMetadata<RouteModel>() is not null;

    /// <summary>Names of headers that only the gateway sets.</summary>
    internal static bool IsOurs(string header) =>
        header.StartsWith("Barnahus-", StringComparison.OrdinalIgnoreCase)
        || header.Equals(Caller.RoleHeader, StringComparison.OrdinalIgnoreCase)
        || header.Equals(Caller.PurposeHeader, StringComparison.OrdinalIgnoreCase);
}
