using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Hosting;

/// <summary>
/// What a connection may cost before anybody knows whose it is, the same for the gateway and every service: many bytes, or a request that is
/// sent a byte at a time to keep a connection and a thread waiting.
/// </summary>
public static class RequestLimits
{
    /// <summary>Names and values of all headers together, in bytes. Beyond it: 431, as a problem up to <see cref="MostHeaderBytes"/>.</summary>
    public const int HeaderBytes = 16 * 1024;

    /// <summary>Beyond it the server answers 431 before there is a request to explain anything to.</summary>
    public const int MostHeaderBytes = 2 * HeaderBytes;

    /// <summary>Headers that are not there by then are not waited for (408).</summary>
    public static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(10);

    private const int MostHeaders = 64;
    private const int LongestRequestLine = 8 * 1024;

    /// <summary>Slower than this a body is not read, nor an answer written, any further; the first seconds are free.</summary>
    private static readonly MinDataRate Slowest = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    /// <summary>Below the gateway's 30 seconds, so that its answer is the service's own.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    /// <param name="maxBody">Largest request body, in bytes.</param>
    public static void Bound(this KestrelServerOptions kestrel, long maxBody)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = maxBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = MostHeaders;
        kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
        kestrel.Limits.RequestHeadersTimeout = HeadersWithin;
        kestrel.Limits.MinRequestBodyDataRate = Slowest;
        kestrel.Limits.MinResponseDataRate = Slowest;
    }

    /// <summary>A request that takes longer than <c>Requests:Timeout</c> (25 seconds) is given up: 504. An address that waits on purpose says so.</summary>
    public static IServiceCollection AddTimeout(this IServiceCollection services, IConfiguration configuration) =>
        services.AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = configuration.GetValue("Requests:Timeout", Longest),
            TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
        });

    /// <summary>Refuses headers that are too large in words (431). After what turns a status into a problem.</summary>
    public static void UseHeaderLimit(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.Headers.Sum(header => header.Key.Length + (long)header.Value.Sum(value => value?.Length ?? 0)) <= HeaderBytes)
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status431RequestHeaderFieldsTooLarge;
        return Task.CompletedTask;
    });
}
