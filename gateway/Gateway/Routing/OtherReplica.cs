using Yarp.ReverseProxy.Forwarder;

namespace Barnahus.Gateway.Routing;

/// <summary>
/// A replica that just died is found out by the first request that meets it. That request goes to another one: when no connection came about, nothing
/// of it was seen; when the connection broke before an answer, only what merely reads is asked again.
/// </summary>
internal static class OtherReplica
{
    public static async Task TryAsync(HttpContext context, RequestDelegate next)
    {
        var proxy = context.GetReverseProxyFeature();
        var replicas = proxy.AvailableDestinations;
        await next(context);
        if (replicas.Count < 2 || proxy.ProxiedDestination is not { } failed || !MayBeSentAgain(context))
        {
            return;
        }

        proxy.AvailableDestinations = [.. replicas.Where(replica => replica != failed)];
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.Clear();
        await next(context);
    }

    private static bool MayBeSentAgain(HttpContext context) =>
        context.GetForwarderErrorFeature()?.Exception is HttpRequestException failure
        && !context.Response.HasStarted
        && !context.RequestAborted.IsCancellationRequested
        && (failure.HttpRequestError == HttpRequestError.ConnectionError
            || HttpMethods.IsGet(context.Request.Method)
            || HttpMethods.IsHead(context.Request.Method));
}
