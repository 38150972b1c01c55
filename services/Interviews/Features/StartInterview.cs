using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>The interview starts.</summary>
public static class StartInterview
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/start", HandleAsync)
        .Allow(Roles.Interviewer, Roles.ExaminingJudge)
        .WithSummary("Starts the interview.")
        .WithDescription("Refused without acknowledgement of the latest advice by the caller (advice-not-acknowledged), without pre-visit "
            + "(pre-visit-first; preparatory-talk-first for a hearing), and without booking (not-booked).");

    private static async Task<IResult> HandleAsync(Guid childId, Guid interviewId, ChildDesk desk, CancellationToken cancellationToken)
    {
        var (file, _) = await desk.OpenAsync(childId, interviewId, cancellationToken);
        var command = new InterviewsCommand.Start(
            interviewId, desk.Context.Now, desk.Caller.AccountId!.Value, desk.Caller.Role, file.Child);
        var result = await desk.SendAsync(childId, command, cancellationToken);
        return Reply.Changed(result, ChildDesk.Short(result.State, childId, interviewId));
    }
}
