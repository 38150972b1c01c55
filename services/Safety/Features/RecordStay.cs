using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Safety.Surroundings;

namespace Barnahus.Safety.Features;

/// <summary>Record where the child stays: the most secret fact in the system. The answer does not repeat it.</summary>
public static class RecordStay
{
    /// <param name="RecordId">The record.</param>
    /// <param name="Since">Since when the child stays there, UTC.</param>
    public sealed record Made(Guid RecordId, DateTimeOffset Since);

    public static void Map(RouteGroupBuilder child) => child.MapPost("/whereabouts", HandleAsync)
        .Allow(Roles.SafetyCoordinator)
        .WithSummary("Record where the child stays");

    private static async Task<CreatedAnswer<Made>> HandleAsync(Guid childId, Request body, ChildRequest request, CancellationToken cancellationToken)
    {
        var (context, id) = request.Begin(childId);
        new Fields()
            .Text("place", body.Place, Fields.MaxLine)
            .Optional("with", body.With, Fields.MaxLine)
            .Optional("reachable", body.Reachable, Fields.MaxLine)
            .Time("since", body.Since)
            .Require();
        var since = (body.Since ?? context.Now).ToUniversalTime();
        var command = new RecordWhereabouts(childId, context.Now, id, since, new WhereaboutsContent(body.Place, body.With, body.Reachable));
        var result = await request.SendAsync(command, context, cancellationToken);
        return Reply.Created(ChildRequest.PlanPath(childId), result, new Made(id, result.State.Whereabouts!.Since));
    }

    /// <param name="Place">Address or place.</param>
    /// <param name="With">With whom.</param>
    /// <param name="Reachable">How the child is reached without giving the place away.</param>
    /// <param name="Since">From when; left out: now.</param>
    public sealed record Request(string Place, string? With = null, string? Reachable = null, DateTimeOffset? Since = null);
}
