using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Messages;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>An interview is called off; its slot is given back.</summary>
public static class CancelInterview
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/cancellation", HandleAsync)
        .Allow(Roles.Interviewer, Roles.Prosecutor, Roles.ExaminingJudge)
        .WithSummary("Calls an interview off, with the reason. One that has started is completed as broken off instead.");

    private static async Task<Answer<InterviewShort>> HandleAsync(
        Guid childId, Guid interviewId, Request request, ChildDesk desk, SettleBooking settle, CancellationToken cancellationToken)
    {
        new Fields().OneOf("code", request.Code, CancellationReason.All).Text("reason", request.Reason).Require();
        await desk.OpenAsync(childId, interviewId, cancellationToken);
        var cancellation = new Cancellation(
            desk.Context.Now, desk.Caller.AccountId, Personal.Of(new CancellationGround(request.Code, request.Reason)));
        var result = await desk.SendAsync(childId, new InterviewsCommand.Cancel(interviewId, cancellation), cancellationToken);
        foreach (var @event in result.Events)
        {
            await settle.SettleAsync(@event, desk.Context, cancellationToken);
        }

        return Reply.Changed(result, desk.Short(result.State, childId, interviewId));
    }

    /// <param name="Code">telling-will-not-work, child-unwell, child-does-not-want, staff-unavailable, no-longer-needed or other.</param>
    /// <param name="Reason">In words.</param>
    public sealed record Request(string Code, string Reason);
}
