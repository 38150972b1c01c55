using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Safety.Risk;

namespace Barnahus.Safety.Features;

/// <summary>Make a new version of the risk assessment; it answers the re-assessments that are open.</summary>
public static class AssessRisks
{
    private static readonly string[] Levels = ["low", "moderate", "high", "acute"];

    /// <param name="AssessmentId">The assessment.</param>
    /// <param name="Version">Its number.</param>
    /// <param name="OpenReassessments">Number of re-assessments that still wait for an answer.</param>
    public sealed record Made(Guid AssessmentId, int Version, int OpenReassessments);

    public static void Map(RouteGroupBuilder child) => child.MapPost("/risk-assessments", HandleAsync)
        .Allow(Roles.SafetyCoordinator)
        .WithSummary("Assess the risk anew; answers all open re-assessments, or those named");

    private static async Task<CreatedAnswer<Made>> HandleAsync(Guid childId, Request body, ChildRequest request, CancellationToken cancellationToken)
    {
        var (context, id) = request.Begin(childId);
        var factors = body.Factors ?? [];
        var protective = body.ProtectiveFactors ?? [];
        var check = new Fields()
            .OneOf("level", body.Level, Levels)
            .Texts("factors", factors, atLeast: 1)
            .Texts("protectiveFactors", protective)
            .Text("reasoning", body.Reasoning)
            .Optional("childsView", body.ChildsView)
            .Time("reviewAt", body.ReviewAt);
        check.Count("answers", body.Answers?.Count ?? 0, most: 100);
        check.Require();
        var content = new RiskContent(body.Level, factors, protective, body.Reasoning, body.ChildsView);
        var command = new AssessRisk(
            childId, context.Now, id, content, body.ReviewAt?.ToUniversalTime(), body.Answers is { } answers ? [.. answers] : null);
        var result = await request.SendAsync(command, context, cancellationToken);
        return Reply.Created(ChildRequest.PlanPath(childId), result, new Made(
            id,
            result.State.Assessments.Single(assessment => assessment.AssessmentId == id).Version,
            result.State.Reassessments.Values.Count(reassessment => reassessment.IsOpen)));
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
