using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>The interview goes on to its next phase.</summary>
public static class EnterPhase
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/phases", HandleAsync)
        .Allow(Roles.Interviewer, Roles.Psychologist, Roles.ExaminingJudge)
        .WithSummary("Enters a phase: introduction, narrative-practice, free-recall, open-questions, break, relayed-questions or closure.");

    private static Task<Answer<InterviewShort>> HandleAsync(
        Guid childId, Guid interviewId, Request request, ChildDesk desk, CancellationToken cancellationToken)
    {
        new Fields().OneOf("phase", request.Phase, InterviewPhase.All).Require();
        return desk.ChangeAsync(childId, new InterviewsCommand.EnterPhase(interviewId, new(request.Phase, desk.Context.Now)), cancellationToken);
    }

    /// <param name="Phase">The phase that begins.</param>
    public sealed record Request(string Phase);
}
