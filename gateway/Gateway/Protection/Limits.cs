using System.Threading.RateLimiting;
using Barnahus.Platform.Hosting;

namespace Barnahus.Gateway.Protection;

/// <summary>Modest limits per account and address (a machine's own allowance is counted by the service, which judges its token); every number is a setting.</summary>
public static class Limits
{
    /// <summary>Policy of the addresses where secrets could be guessed.</summary>
    public const string Guessing = "guessing";

    public static IServiceCollection AddLimits(this IServiceCollection services, GatewaySettings settings) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            // Of the account, however many sessions it has.
            context.User.FindFirst("sub")?.Value is { } account ? CallerLimits.PerMinute($"s:{account}", settings.PerCaller)
            // By address and not by token: whoever makes tokens up would get a new allowance with each.
            : context.Request.Headers.Authorization.Count > 0 ? CallerLimits.PerMinute($"t:{Address(context)}", settings.PerCaller)
            : CallerLimits.PerMinute($"a:{Address(context)}", settings.PerAddress));
        options.AddPolicy(Guessing, context => HttpMethods.IsGet(context.Request.Method)
            ? RateLimitPartition.GetNoLimiter("")
            : CallerLimits.PerMinute($"g:{Address(context)}", settings.SignInsPerAddress));
        options.OnRejected = (context, _) => CallerLimits.RetryAfter(context);
    });

    /// <summary>Questions to the provider about cookies that nobody here knows, per address.</summary>
    public static PartitionedRateLimiter<HttpContext> UnknownSessions(GatewaySettings settings) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => CallerLimits.PerMinute(Address(context), settings.PerAddress));

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}
