using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Cases;

namespace Barnahus.Turnaround.Features;

/// <summary>The prosecutor sets a date for this case, over the norm, with a plan of approach: there is no chain norm for human trafficking.</summary>
public static class SetTarget
{
    public static void Map(RouteGroupBuilder routes) => routes.MapPost("/cases/{caseId:guid}/targets", HandleAsync)
        .Allow(Roles.Prosecutor)
        .WithSummary("Set a target date for a clock of a case");

    private static Task<Answer<CaseShort>> HandleAsync(Guid caseId, Request request, CaseDesk desk, CancellationToken cancellationToken)
    {
        new Fields().Time("due", request.Due).Text("planOfApproach", request.PlanOfApproach).Require();
        return desk.DecideAsync(
            caseId, now => new CaseCommand.SetTarget(request.ClockId, request.Due.ToUniversalTime(), request.PlanOfApproach.Trim(), now), cancellationToken);
    }

    /// <param name="ClockId">The clock.</param>
    /// <param name="Due">The target date, UTC.</param>
    /// <param name="PlanOfApproach">How it will be made.</param>
    public sealed record Request(Guid ClockId, DateTimeOffset Due, string PlanOfApproach);
}
