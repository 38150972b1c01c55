using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Hosting;

/// <summary>
/// Requests a minute of one account, over all its sessions (<c>Limits:PerAccount</c>), and of one machine client, from wherever it calls
/// (<c>Limits:PerClient</c>). Counted where the token was judged, so that nobody spends what is another's. Beyond it: 429 with Retry-After.
/// </summary>
public static class CallerLimits
{
    /// <summary>A sliding window does not say when it is worth trying again; its next segment begins within this many seconds.</summary>
    public const int NextSegment = 60 / Segments;

    private const int Segments = 6;
    private const string Policy = "caller";
    private const int PerAccount = 6000;
    private const int PerClient = 600;

    public static IServiceCollection AddCallerLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var (account, client) = (configuration.GetValue("Limits:PerAccount", PerAccount), configuration.GetValue("Limits:PerClient", PerClient));
        return services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) => RetryAfter(context);
            options.AddPolicy(Policy, http => http.User.FindFirstValue("sub") is not { } caller ? RateLimitPartition.GetNoLimiter("")
                : http.User.FindFirst("role") is not null ? PerMinute($"account:{caller}", account)
                : PerMinute($"client:{caller}", client));
        });
    }

    /// <summary>Counts the requests to this address.</summary>
    public static TBuilder LimitCallers<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireRateLimiting(Policy);

    /// <param name="key">Whose allowance it is.</param>
    /// <param name="requests">How many in any minute.</param>
    public static RateLimitPartition<string> PerMinute(string key, int requests) => RateLimitPartition.GetSlidingWindowLimiter(key, _ => new()
    {
        PermitLimit = requests,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = Segments,
        QueueLimit = 0,
    });

    /// <summary>Says when it is worth trying again.</summary>
    public static ValueTask RetryAfter(OnRejectedContext context)
    {
        var after = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : TimeSpan.FromSeconds(NextSegment);
        context.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    }
}
