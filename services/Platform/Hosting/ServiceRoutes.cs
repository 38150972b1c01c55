using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Hosting;

/// <summary>Who may call an endpoint. An endpoint without it is closed to all.</summary>
/// <param name="Roles">Roles of persons.</param>
/// <param name="Scopes">Scopes of machine clients.</param>
public sealed record AllowedCallers(IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes);

/// <summary>What all endpoints of a service have in common.</summary>
public static class ServiceRoutes
{
    private static readonly TimeSpan PositionWait = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The service's routes at <c>/{service}/v1</c>: signed in, allowed role or scope, purpose stated, problems as problem+json,
    /// looks recorded durably before the body leaves, <c>Min-Log-Position</c> honoured; with its OpenAPI document.
    /// </summary>
    public static RouteGroupBuilder MapService(this IEndpointRouteBuilder routes, string service)
    {
        routes.MapOpenApi($"/{{documentName:regex(^{service}$)}}/v1/openapi.json").AllowAnonymous();
        var group = routes.MapGroup($"/{service}/v1").RequireAuthorization().LimitCallers().WithGroupName(service).WithTags(service);
        group.AddEndpointFilter(FilterAsync);
        return group;
    }

    /// <summary>Opens an endpoint to persons acting in one of these roles.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder endpoint, params string[] roles)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AllowedCallers(roles, []));

    /// <summary>Opens an endpoint to machine clients with a scope, and to persons acting in one of these roles.</summary>
    public static TBuilder AllowScope<TBuilder>(this TBuilder endpoint, string scope, params string[] roles)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AllowedCallers(roles, [scope]));

    /// <summary>
    /// Asks persons for a proof of who they are of the last five minutes. Without it: 403 <c>urn:barnahus:problem:recent-sign-in</c>,
    /// which names where to give it.
    /// </summary>
    public static TBuilder RequireRecentSignIn<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RecentSignIn());

    private static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers["API-Version"] = "1.0.0";
        http.Response.Headers.CacheControl = "no-store";
        if (http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null)
        {
            return await next(context);
        }

        try
        {
            var caller = http.RequestServices.GetRequiredService<Caller>();
            Check(caller, http.GetEndpoint()?.Metadata.GetMetadata<AllowedCallers>());
            if (caller.IsPerson && IsTooLongAgo(http))
            {
                return Results.Problem(RecentSignIn.Problem());
            }

            await WaitForPositionAsync(http);
            var result = await next(context);
            await http.RequestServices.GetRequiredService<AccessRecord>().CloseAsync();
            return result;
        }
        catch (Exception refused) when (Problems.RuleOf(refused) is { } rule)
        {
            // The rule that stood in the way tells something of the child: who asked for it has seen that.
            await http.RequestServices.GetRequiredService<AccessRecord>().RefuseAsync(rule);
            return Results.Problem(Problems.From(refused)!);
        }
        catch (Exception expected) when (Problems.From(expected) is { } problem)
        {
            // Cheaper than the outer handler. What was looked up does not leave with these problems, so there is no look to record.
            return Results.Problem(problem);
        }
    }

    private static void Check(Caller caller, AllowedCallers? allowed)
    {
        if (!caller.IsPerson)
        {
            if (allowed is null || !allowed.Scopes.Any(caller.Scopes.Contains))
            {
                throw new ForbiddenException("scope", "This client's token does not cover this address.");
            }

            return;
        }

        if (caller.Role.Length == 0 || !caller.Roles.Contains(caller.Role))
        {
            throw new ForbiddenException("role", "State the role you act in; it must be one of yours.");
        }

        if (allowed is null || !allowed.Roles.Contains(caller.Role))
        {
            throw new ForbiddenException("role", $"The role {caller.Role} cannot do this.");
        }

        if (caller.Purpose is null || !Purposes.For(caller.Role).Any(purpose => purpose.Code == caller.Purpose))
        {
            throw new ForbiddenException("purpose", "State the purpose of this session first; it must be one of those of your role.");
        }
    }

    private static bool IsTooLongAgo(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<RecentSignIn>() is not null
        && !RecentSignIn.Has(http.User.FindFirst("auth_time")?.Value, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());

    private static async Task WaitForPositionAsync(HttpContext http)
    {
        var text = http.Request.Headers["Min-Log-Position"].ToString();
        if (text.Length == 0)
        {
            return;
        }

        if (!LogPosition.TryParse(text, out var position))
        {
            throw new InvalidException("Min-Log-Position", "Send the Log-Position you were given.");
        }

        await http.RequestServices.GetRequiredService<ViewHost>().WaitForAsync(position, PositionWait, http.RequestAborted);
    }
}
