using Barnahus.Platform.Bus;
using Barnahus.Platform.Timers;
using Barnahus.Platform.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Hosting;

/// <summary>What a process says of itself: <c>/health/live</c>, and <c>/health/ready</c> with all that needs a person.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Ok(new { status = "live" })).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", (ViewHost views, SubscriptionHost subscriptions, ParkedEvents parked, IEnumerable<IFollower> followers, TimerHost timers, IServiceProvider services) =>
        {
            var ready = views is { CaughtUp: true, Stopped: null, WaitingFor: null } && subscriptions.Stopped.Count == 0;
            var stopped = followers.Where(follower => follower.Stopped is not null).ToList();

            // Without the broker a service decides and answers as ever: what it has to say waits in the log.
            var bus = services.GetService<BusWatch>();
            var whole = parked.All.Count == 0 && stopped.Count == 0 && timers.Failing.Count == 0 && bus is null or { Connected: true } && (bus?.States ?? []).All(state => state is { Errors: 0, Broken: false });
            var body = new
            {
                status = ready ? whole ? "ready" : "degraded" : "not-ready",
                position = views.Position.ToString(),
                viewsStopped = views.Stopped?.Message,
                viewsWaiting = views.WaitingFor?.Message,
                subscriptionsStopped = subscriptions.Stopped.Select(pair => new { subscription = pair.Key, why = pair.Value.Message }),
                followersStopped = stopped.Select(follower => new { follower = follower.Name, why = follower.Stopped!.Message }),
                parked = parked.All.Select(one => new { one.Subscription, one.EventId, one.Failure }),
                timersFailing = timers.Failing,
                bus = bus is null ? null : new { bus.Connected, bus.Restarts, inboxes = bus.States },
            };
            return Results.Json(body, statusCode: ready ? 200 : 503);
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
