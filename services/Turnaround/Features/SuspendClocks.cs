using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Cases;

namespace Barnahus.Turnaround.Features;

/// <summary>Lets a clock stand still, or all clocks of a case that can, e.g. while the suspect cannot be found.</summary>
public static class SuspendClocks
{
    public static void Map(RouteGroupBuilder routes) => routes.MapPost("/cases/{caseId:guid}/suspensions", HandleAsync)
        .Allow(Roles.Prosecutor)
        .WithSummary("Suspend a clock of a case, or all that can be");

    private static Task<Answer<CaseShort>> HandleAsync(Guid caseId, Request request, CaseDesk desk, CancellationToken cancellationToken)
    {
        new Fields().Time("from", request.From).Text("reason", request.Reason).Require();
        return desk.DecideAsync(
            caseId, now => new CaseCommand.Suspend(request.ClockId, request.From?.ToUniversalTime() ?? now, request.Reason.Trim(), now), cancellationToken);
    }

    /// <param name="Reason">Why.</param>
    /// <param name="ClockId">The clock; all that can be suspended when it is left out.</param>
    /// <param name="From">From when, UTC; now when it is left out.</param>
    public sealed record Request(string Reason, Guid? ClockId = null, DateTimeOffset? From = null);
}
