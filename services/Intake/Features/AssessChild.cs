using Barnahus.Intake.Children;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Intake.Features;

/// <summary>The individual assessment (Besluit slachtoffers art. 10): at or soon after first contact, with the victim's wishes, kept up to date by new versions.</summary>
public static class AssessChild
{
    /// <param name="Circumstances">Personal circumstances, the kind and the circumstances of the offence.</param>
    /// <param name="Wishes">The victim's own wishes.</param>
    public sealed record AssessmentRequest(
        string? Circumstances = null, IReadOnlyList<string>? ProtectionNeeds = null, IReadOnlyList<string>? Measures = null, string? Wishes = null);

    public static void Map(RouteGroupBuilder routes) =>
        routes.MapPost("/children/{childId:guid}/individual-assessments", HandleAsync)
            .Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator, Roles.Psychologist)
            .WithSummary("Make the individual assessment, or a new version of it.");

    private static Task<Answer<FileShort>> HandleAsync(Guid childId, AssessmentRequest request, FileDesk desk, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Circumstances))
        {
            throw new InvalidException("circumstances", "is required: an assessment is of this child, not of a form");
        }

        var assessment = new IndividualAssessment(request.Circumstances, request.ProtectionNeeds ?? [], request.Measures ?? [], request.Wishes);
        return desk.ChangeAsync(
            childId,
            [request.Circumstances, .. assessment.ProtectionNeeds, .. assessment.Measures],
            (_, opened, context) => new MakeAssessment(assessment, opened.Identity().IsMinorOn(context.Now.DutchDate())) { Now = context.Now },
            cancellationToken);
    }
}
