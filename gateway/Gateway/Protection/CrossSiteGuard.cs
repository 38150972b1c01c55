using Barnahus.Gateway.Routing;
using Barnahus.Gateway.Sessions;
using Barnahus.Platform.Hosting;

namespace Barnahus.Gateway.Protection;

/// <summary>
/// API calls with the session's cookie carry <c>X-CSRF: 1</c>: another site can make a browser send the cookie, but not this header
/// (it takes a preflight, and we answer none).
/// </summary>
public static class CrossSiteGuard
{
    public const string Header = "X-CSRF";

    public static void UseCrossSiteGuard(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && request.Cookies.ContainsKey(SessionCookie.Name)
            && !SpeaksForItself(context)
            && !HasHeader(request))
        {
            await Refused().ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    /// <summary>A machine's own token is passed on, and the cookie beside it looked at by nobody. The gateway's own addresses look at nothing but the cookie.</summary>
    private static bool SpeaksForItself(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } authorization] && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && context.GetEndpoint() is { } endpoint && ProxyRoutes.IsProxied(endpoint);

    public static bool HasHeader(HttpRequest request) => request.Headers[Header] == "1";

    public static IResult Refused() => Results.Problem(Problems.New(
        StatusCodes.Status403Forbidden, "csrf", "Not allowed", $"Calls with the session's cookie carry the header {Header}: 1."));
}
