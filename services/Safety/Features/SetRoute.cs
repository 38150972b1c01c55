using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Safety.Surroundings;

namespace Barnahus.Safety.Features;

/// <summary>Set the report route: whom to call when.</summary>
public static class SetRoute
{
    /// <param name="Steps">Number of steps.</param>
    public sealed record RouteSet(int Steps);

    public static void Map(RouteGroupBuilder child) => child.MapPost("/report-route", HandleAsync)
        .Allow(Roles.SafetyCoordinator)
        .WithSummary("Set whom to call when");

    private static async Task<Answer<RouteSet>> HandleAsync(Guid childId, Request body, ChildRequest request, CancellationToken cancellationToken)
    {
        var (context, _) = request.Begin(childId);
        var check = new Fields();
        check.Count("steps", body.Steps.Count, atLeast: 1);
        foreach (var step in body.Steps)
        {
            check.Text("steps.when", step.When, Fields.MaxLine).Text("steps.who", step.Who, Fields.MaxLine).Text("steps.phone", step.Phone, 50);
        }

        check.Require();
        var result = await request.SendAsync(new SetReportRoute(childId, context.Now, new ReportRouteContent(body.Steps)), context, cancellationToken);
        return Reply.Changed(result, new RouteSet(body.Steps.Count));
    }

    /// <param name="Steps">In the order in which to call.</param>
    public sealed record Request(IReadOnlyList<ReportStep> Steps);
}
