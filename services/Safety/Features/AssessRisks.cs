using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Safety.Risk;

namespace Barnahus.Safety.Features;

/// <summary>Make a new version of the risk assessment; it answers the re-assessments that are open.</summary>
public static class AssessRisks
{
    private static readonly string[] Levels = ["low", "moderate", "high", "acute"];

    public static void Map(RouteGroupBuilder child) => child.MapPost("/risk-assessments", HandleAsync)
        .Allow(Roles.SafetyCoordinator)
        .WithSummary("Assess the risk anew; answers all open re-assessments, or those named");

    private static async Task<IResult> HandleAsync(Guid childId, Request body, ChildRequest request, CancellationToken cancellationToken)
    {
        var (context, id) = request.Begin(childId);
        var factors = body.Factors ?? [];
        var protective = body.ProtectiveFactors ?? [];
        var check = new Fields(context.Now)
            .Code("level", body.Level, Levels)
            .Lines("factors", factors, required: true)
            .Lines("protectiveFactors", protective)
            .Text("reasoning", body.Reasoning)
            .Text("childsView", body.ChildsView, required: false)
            .Moment("reviewAt", body.ReviewAt);
        check.Entries("answers", body.Answers?.Count ?? 0, required: false, max: 100);
        check.Done();
        var content = new RiskContent(body.Level, factors, protective, body.Reasoning, body.ChildsView);
        var command = new AssessRisk(
            childId, context.Now, id, content, body.ReviewAt?.ToUniversalTime(), body.Answers is { } answers ? [.. answers] : null);
        var result = await request.SendAsync(command, context, cancellationToken);
        return Reply.Created(ChildRequest.PlanPath(childId), result, new
        {
            assessmentId = id,
            version = result.State.Assessments.Single(assessment => assessment.AssessmentId == id).Version,
            openReassessments = result.State.Reassessments.Values.Count(reassessment => reassessment.IsOpen),
        });
    }

    /// <param name="Level"><c>low</c>, <c>moderate</c>, <c>high</c> or <c>acute</c>.</param>
    /// <param name="Factors">What makes it dangerous.</param>
    /// <param name="ProtectiveFactors">What protects.</param>
    /// <param name="Reasoning">Why this level.</param>
    /// <param name="ChildsView">The child's view, in its own words.</param>
    /// <param name="ReviewAt">When it must be looked at again.</param>
    /// <param name="Answers">Re-assessments it answers; left out: all that are open.</param>
    public sealed record Request(
        string Level,
        IReadOnlyList<string>? Factors,
        string Reasoning,
        IReadOnlyList<string>? ProtectiveFactors = null,
        string? ChildsView = null,
        DateTimeOffset? ReviewAt = null,
        IReadOnlyList<Guid>? Answers = null);
}
