using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Safety.Files;

namespace Barnahus.Safety.Features;

/// <summary>Hand the child over to another safety coordinator.</summary>
public static class HandOverChild
{
    public static void Map(RouteGroupBuilder child) => child.MapPost("/coordinator", HandleAsync)
        .Allow(Roles.SafetyCoordinator)
        .WithSummary("Hand the child over to another safety coordinator of its team");

    private static async Task<IResult> HandleAsync(
        Guid childId, Request body, ChildRequest request, ChildAccess access, CancellationToken cancellationToken)
    {
        var (context, _) = request.Begin(childId);
        new Fields(context.Now).Text("reason", body.Reason).Done();
        var onTeam = access.IsMember(childId, body.AccountId, Roles.SafetyCoordinator);
        var result = await request.SendAsync(new HandOver(childId, context.Now, body.AccountId, body.Reason, onTeam), context, cancellationToken);
        return Reply.Changed(result, new { coordinatorId = result.State.CoordinatorId });
    }

    /// <param name="AccountId">The new coordinator.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Request(Guid AccountId, string Reason);
}
