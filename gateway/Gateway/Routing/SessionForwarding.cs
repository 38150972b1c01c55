using Barnahus.Gateway.Sessions;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;

namespace Barnahus.Gateway.Routing;

/// <summary>
/// From the session to what a service takes: an access token, the stated role and purpose. What came under these names from outside is dropped first.
/// A machine's own bearer token passes; the service judges it.
/// </summary>
public sealed class SessionForwarding(SessionStore sessions, SessionTokens tokens)
{
    private const string MinPosition = "Min-Log-Position";
    private const string EventStream = "text/event-stream";

    /// <summary>Maps YARP's routes, with this on the way of each request.</summary>
    public static void Map(WebApplication app)
    {
        var forwarding = ActivatorUtilities.CreateInstance<SessionForwarding>(app.Services);
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(forwarding.ForwardAsync);
            proxy.Use(ExplainAsync);
            proxy.Use(OtherReplica.TryAsync);
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
    }

    private async Task ForwardAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        foreach (var name in headers.Keys.Where(ProxyRoutes.IsOurs).ToArray())
        {
            headers.Remove(name);
        }

        // After the cookie handler has read it: no service ever sees the session's cookie.
        headers.Remove("Cookie");
        if (headers.Authorization.Count == 0 && sessions.Of(context) is { } session)
        {
            if (await tokens.ForAsync(session, context.RequestAborted) is not { } token)
            {
                await Results.Problem(Problems.New(
                    StatusCodes.Status401Unauthorized, "session-ended", "Signed out", "This session has ended. Sign in again.")).ExecuteAsync(context);
                return;
            }

            headers.Authorization = $"Bearer {token.AccessToken}";
            if (session.Stated is { } stated)
            {
                headers[Caller.RoleHeader] = stated.Role;
                headers[Caller.PurposeHeader] = stated.Purpose;
            }

            ReadOwnWrites(context, session);
            EndWithSession(context, session);
        }

        await next(context);
    }

    /// <summary>Replicas follow the log each at its own pace: none may show less than this person has seen.</summary>
    private static void ReadOwnWrites(HttpContext context, Session session)
    {
        if (context.Request.Headers[MinPosition].Count == 0 && session.Position is { } position)
        {
            context.Request.Headers[MinPosition] = position.ToString();
        }

        context.Response.OnStarting(() =>
        {
            if (LogPosition.TryParse(context.Response.Headers["Log-Position"], out var answered))
            {
                session.Saw(answered);
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>A stream does not come to an end by itself, as another answer does: it is cut off when its session ends.</summary>
    private static void EndWithSession(HttpContext context, Session session) => context.Response.OnStarting(() =>
    {
        if (context.Response.ContentType?.StartsWith(EventStream, StringComparison.OrdinalIgnoreCase) == true)
        {
            context.Response.RegisterForDispose(session.Ended.Token.Register(context.Abort));
        }

        return Task.CompletedTask;
    });

    /// <summary>A service that does not answer is said so, with what to do.</summary>
    private static async Task ExplainAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.GetForwarderErrorFeature() is not { } failure || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var problem = context.Response.StatusCode switch
        {
            StatusCodes.Status504GatewayTimeout => Problems.New(504, "timeout", "No answer in time", "The service took too long. Look whether it was done before you send it again."),
            StatusCodes.Status503ServiceUnavailable => Problems.New(503, "unavailable", "Out of reach", "The service is not there now. Try again in a moment."),
            StatusCodes.Status502BadGateway => Problems.New(502, "unreachable", "Out of reach", "The service does not answer. Try again in a moment."),
            StatusCodes.Status413PayloadTooLarge => Problems.New(413, "too-large", "Too much at once", "The body is larger than the gateway takes. Send less."),
            StatusCodes.Status400BadRequest => Problems.New(400, "invalid", "The request has errors", "The request could not be read to its end."),
            _ => null,
        };
        if (problem is not null)
        {
            await Results.Problem(problem).ExecuteAsync(context);
        }
    }
}
