using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>Who will ask says to have read the advice.</summary>
public static class AcknowledgeAdvice
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/advice-acknowledgement", HandleAsync)
        .Allow(Roles.Interviewer, Roles.ExaminingJudge)
        .WithSummary("Acknowledges the latest advice. Who starts the interview must have done so.");

    private static Task<Answer<InterviewShort>> HandleAsync(
        Guid childId, Guid interviewId, Request request, ChildDesk desk, CancellationToken cancellationToken) =>
        desk.ChangeAsync(
            childId, new InterviewsCommand.AcknowledgeAdvice(interviewId, request.Version, desk.Caller.AccountId!.Value), cancellationToken);

    /// <param name="Version">Version that was read.</param>
    public sealed record Request(int Version);
}
