using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Cases;

namespace Barnahus.Turnaround.Features;

/// <summary>Gives a clock that is not over yet more time: who, why, until when.</summary>
public static class ExtendClock
{
    public static void Map(RouteGroupBuilder routes) => routes.MapPost("/cases/{caseId:guid}/extensions", HandleAsync)
        .Allow(Roles.Prosecutor)
        .WithSummary("Extend a clock of a case");

    private static Task<Answer<CaseShort>> HandleAsync(Guid caseId, Request request, CaseDesk desk, CancellationToken cancellationToken)
    {
        new Fields().Time("due", request.Due).Text("reason", request.Reason).Require();
        return desk.DecideAsync(
            caseId, now => new CaseCommand.Extend(request.ClockId, request.Due.ToUniversalTime(), request.Reason.Trim(), now), cancellationToken);
    }

    /// <param name="ClockId">The clock.</param>
    /// <param name="Due">The new date, UTC; later than the present one.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Request(Guid ClockId, DateTimeOffset Due, string Reason);
}
