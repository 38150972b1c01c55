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
            && request.Headers.Authorization.Count == 0
            && !HasHeader(request))
        {
            await Refused().ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    public static bool HasHeader(HttpRequest request) => request.Headers[Header] == "1";

    public static IResult Refused() => Results.Problem(Problems.New(
        StatusCodes.Status403Forbidden, "csrf", "Not allowed", $"Calls with the session's cookie carry the header {Header}: 1."));
}
