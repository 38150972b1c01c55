using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>The physician records that the child was examined. What was found is no part of this service.</summary>
public static class RecordExamination
{
    public sealed record Recorded(Guid ChildId, Guid AppointmentId, Opened<DateTimeOffset>? ExaminedAt);

    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Child}/medical-appointments/{{appointmentId:guid}}/examination", HandleAsync)
        .Allow(Roles.Medical)
        .WithSummary("Records that the examination was done: from then on a child that must be examined first can be booked.");

    private static async Task<Answer<Recorded>> HandleAsync(
        Guid childId, Guid appointmentId, Request request, ChildDesk desk, PersonalData personal, CancellationToken cancellationToken)
    {
        var at = request.At?.ToUniversalTime() ?? desk.Context.Now;
        new Fields().Time("at", at).Check("at", at <= desk.Context.Now, "An examination that was done lies in the past.").Require();
        await desk.OpenAsync(childId, cancellationToken);
        var result = await desk.SendAsync(childId, new InterviewsCommand.RecordExamination(appointmentId, at), cancellationToken);
        return Reply.Changed(result, new Recorded(childId, appointmentId, result.State.Medical!.ExaminedAt is { } first ? personal.Open(first) : null));
    }

    /// <param name="At">When it was done; now, when left out.</param>
    public sealed record Request(DateTimeOffset? At = null);
}
