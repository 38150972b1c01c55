using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Microsoft.Extensions.Options;

namespace Barnahus.Interviews.Features;

/// <summary>The interview starts.</summary>
public static class StartInterview
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/start", (
            Guid childId, Guid interviewId, ChildDesk desk, CurrentRoster roster, IOptions<InterviewSettings> settings, CancellationToken cancellationToken) =>
            ChildDesk.OnFileAsync(() => HandleAsync(childId, interviewId, desk, roster, settings, cancellationToken)))
        .Allow(Roles.Interviewer, Roles.ExaminingJudge)
        .WithSummary("Starts the interview.")
        .WithDescription("By the booked interviewer (at a hearing the booked judge; booked-interviewer), from an hour before the booked start "
            + "until the booked end (booked-time). Refused without acknowledgement of the latest advice by the caller (advice-not-acknowledged), "
            + "without pre-visit (pre-visit-first; preparatory-talk-first for a hearing), and without booking (not-booked). Warnings say what is known "
            + "now: that somebody who is invited must not be there (attendance-barred), that a suspect of the case is expected in the building "
            + "(suspect-in-building), or that the booking lacks what the child needs.");

    private static async Task<Answer<InterviewShort>> HandleAsync(
        Guid childId, Guid interviewId, ChildDesk desk, CurrentRoster roster, IOptions<InterviewSettings> settings, CancellationToken cancellationToken)
    {
        var (file, interview) = await desk.OpenAsync(childId, interviewId, cancellationToken);
        var booked = interview.Booking is { } booking ? roster.Image.People.GetValueOrDefault(booking.InterviewerId)?.Entry.AccountId : null;
        var command = new InterviewsCommand.Start(
            interviewId, desk.Context.Now, desk.Caller.AccountId!.Value, desk.Caller.Role, booked, file.Child, settings.Value);
        var result = await desk.SendAsync(childId, command, cancellationToken);
        return Reply.Changed(result, desk.Short(result.State, childId, interviewId));
    }
}
