using System.Threading.RateLimiting;
using Barnahus.Gateway.Sessions;

namespace Barnahus.Gateway.Protection;

/// <summary>Modest limits per session, client and address; every number is a setting.</summary>
public static class Limits
{
    /// <summary>Policy of the addresses where secrets could be guessed.</summary>
    public const string Guessing = "guessing";

    private const int SegmentsPerMinute = 6;

    public static IServiceCollection AddLimits(this IServiceCollection services, GatewaySettings settings) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            context.User.FindFirst(SessionStore.KeyClaim)?.Value is { } session ? PerMinute($"s:{session}", settings.PerCaller)
            // By address and not by token: whoever makes tokens up would get a new allowance with each.
            : context.Request.Headers.Authorization.Count > 0 ? PerMinute($"t:{Address(context)}", settings.PerCaller)
            : PerMinute($"a:{Address(context)}", settings.PerAddress));
        options.AddPolicy(Guessing, context => HttpMethods.IsGet(context.Request.Method)
            ? RateLimitPartition.GetNoLimiter("")
            : PerMinute($"g:{Address(context)}", settings.SignInsPerAddress));
        options.OnRejected = (context, _) =>
        {
            if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after))
            {
                context.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(after.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            return ValueTask.CompletedTask;
        };
    });

    /// <summary>Questions to the provider about cookies that nobody here knows, per address.</summary>
    public static PartitionedRateLimiter<HttpContext> UnknownSessions(GatewaySettings settings) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => PerMinute(Address(context), settings.PerAddress));

    private static RateLimitPartition<string> PerMinute(string key, int requests) => RateLimitPartition.GetSlidingWindowLimiter(key, _ => new()
    {
        PermitLimit = requests,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = SegmentsPerMinute,
        QueueLimit = 0,
    });

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}
