using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Safety.Risk;

namespace Barnahus.Safety.Features;

/// <summary>Adopt a new version of the safety plan.</summary>
public static class AdoptPlans
{
    /// <param name="PlanId">The plan.</param>
    /// <param name="Version">Its number.</param>
    public sealed record Made(Guid PlanId, int Version);

    public static void Map(RouteGroupBuilder child) => child.MapPost("/safety-plans", HandleAsync)
        .Allow(Roles.SafetyCoordinator)
        .WithSummary("Adopt a new version of the safety plan; needs a risk assessment");

    private static async Task<CreatedAnswer<Made>> HandleAsync(Guid childId, Request body, ChildRequest request, CancellationToken cancellationToken)
    {
        var (context, id) = request.Begin(childId);
        var agreements = body.Agreements ?? [];
        var check = new Fields().Texts("goals", body.Goals, atLeast: 1).Optional("childsWords", body.ChildsWords);
        check.Count("agreements", agreements.Count);
        foreach (var agreement in agreements)
        {
            check.Text("agreements.what", agreement.What, Fields.MaxLine)
                .Text("agreements.who", agreement.Who, Fields.MaxLine)
                .Optional("agreements.when", agreement.When, Fields.MaxLine);
        }

        check.Require();
        var command = new AdoptPlan(childId, context.Now, id, new PlanContent(body.Goals, agreements, body.ChildsWords));
        var result = await request.SendAsync(command, context, cancellationToken);
        return Reply.Created(
            ChildRequest.PlanPath(childId), result, new Made(id, result.State.Plans.Single(plan => plan.PlanId == id).Version));
    }

    /// <param name="Goals">What must be so for the child to be safe.</param>
    /// <param name="Agreements">Who does what, when.</param>
    /// <param name="ChildsWords">What the child says of it.</param>
    public sealed record Request(IReadOnlyList<string> Goals, IReadOnlyList<PlanAgreement>? Agreements = null, string? ChildsWords = null);
}
