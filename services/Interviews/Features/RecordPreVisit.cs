using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Messages;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>A colleague visited the child beforehand; for a hearing it is the preparatory talk.</summary>
public static class RecordPreVisit
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/pre-visit", HandleAsync)
        .Allow(Roles.Interviewer, Roles.Psychologist, Roles.ExaminingJudge)
        .WithSummary("Records the pre-visit (for an rc-hearing: the preparatory talk). When telling will not work the interview is cancelled.");

    private static async Task<Answer<InterviewShort>> HandleAsync(
        Guid childId, Guid interviewId, Request request, ChildDesk desk, SettleBooking settle, CancellationToken cancellationToken)
    {
        var at = request.At?.ToUniversalTime() ?? desk.Context.Now;
        new Fields()
            .Optional("impression", request.Impression)
            .Time("at", at)
            .Check("at", at <= desk.Context.Now, "A visit that was made lies in the past.")
            .Require();
        await desk.OpenAsync(childId, interviewId, cancellationToken);
        var visit = new PreVisit(at, desk.Caller.AccountId, Personal.Of(new PreVisitFinding(request.TellingWillWork, request.Impression)));
        var result = await desk.SendAsync(
            childId, new InterviewsCommand.RecordPreVisit(interviewId, visit, request.TellingWillWork), cancellationToken);
        foreach (var @event in result.Events)
        {
            await settle.SettleAsync(@event, desk.Context, cancellationToken);
        }

        return Reply.Changed(result, desk.Short(result.State, childId, interviewId));
    }

    /// <param name="TellingWillWork">False: the interview is cancelled.</param>
    /// <param name="Impression">What the visitor saw.</param>
    /// <param name="At">When the visit was; now, when left out.</param>
    public sealed record Request(bool TellingWillWork, string? Impression = null, DateTimeOffset? At = null);
}
