using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Slots;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>A booked interview moves to another slot; the old one is given back once the new one stands.</summary>
public static class RescheduleInterview
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/rescheduling", HandleAsync)
        .Allow(Roles.Interviewer, Roles.ExaminingJudge)
        .WithSummary("Moves a booked interview to another slot, with the reason; its own old slot stands in nobody's way.");

    private static Task<Answer<InterviewShort>> HandleAsync(
        Guid childId, Guid interviewId, Request request, InterviewBooking booking, ChildDesk desk, InterviewLengths lengths,
        CancellationToken cancellationToken) =>
        booking.BookAsync(
            childId,
            interviewId,
            request,
            (slot, warnings, file) => new InterviewsCommand.Reschedule(
                interviewId, slot, warnings, Personal.Of(request.Reason), desk.Context.Now, file.Child, lengths),
            cancellationToken);

    public sealed record Request : SlotRequest
    {
        /// <summary>Why it moves.</summary>
        public required string Reason { get; init; }

        internal override Fields Check(Fields fields) => base.Check(fields.Text("reason", Reason));
    }
}
