using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Cases;

namespace Barnahus.Turnaround.Features;

/// <summary>Lets a clock run again, or all of a case that stand still; their dates move by what they stood still.</summary>
public static class ResumeClocks
{
    public static void Map(RouteGroupBuilder routes) => routes.MapPost("/cases/{caseId:guid}/resumptions", HandleAsync)
        .Allow(Roles.Prosecutor)
        .WithSummary("Resume a clock of a case, or all that stand still");

    private static Task<Answer<CaseShort>> HandleAsync(Guid caseId, Request request, CaseDesk desk, CancellationToken cancellationToken)
    {
        new Fields().Time("at", request.At).Require();
        return desk.DecideAsync(caseId, now => new CaseCommand.Resume(request.ClockId, request.At?.ToUniversalTime() ?? now, now), cancellationToken);
    }

    /// <param name="ClockId">The clock; all that stand still when it is left out.</param>
    /// <param name="At">From when it runs again, UTC; now when it is left out.</param>
    public sealed record Request(Guid? ClockId = null, DateTimeOffset? At = null);
}
