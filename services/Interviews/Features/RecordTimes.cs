using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Slots;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>When the child is at school, sleeps, takes medicine or prays, and how far it lives: once, for every search and booking.</summary>
public static class RecordTimes
{
    public sealed record Recorded(Guid ChildId, ChildTimes Times);

    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Child}/own-times", HandleAsync)
        .Allow(Roles.IntakeOfficer, Roles.Interviewer, Roles.Psychologist)
        .WithSummary("Records the child's own times and its travel time, all of them; every search and booking keeps to them (child-own-times).");

    private static async Task<Answer<Recorded>> HandleAsync(Guid childId, Request request, ChildDesk desk, CancellationToken cancellationToken)
    {
        new Fields().OwnTimes(request.OwnTimes, request.TravelMinutes).Require();
        await desk.OpenAsync(childId, cancellationToken);
        var times = new ChildTimes(request.OwnTimes ?? [], request.TravelMinutes);
        var result = await desk.SendAsync(childId, new InterviewsCommand.RecordTimes(times), cancellationToken);
        return Reply.Changed(result, new Recorded(childId, times));
    }

    /// <param name="OwnTimes">School, naps, medication, religious days: weekly (day), on one day (date), or every day.</param>
    /// <param name="TravelMinutes">Minutes the child travels each way.</param>
    public sealed record Request(IReadOnlyList<OwnTime>? OwnTimes = null, int TravelMinutes = 0);
}

internal static class OwnTimeFields
{
    public static Fields OwnTimes(this Fields fields, IReadOnlyList<OwnTime>? times, int? travelMinutes) => fields
        .Count("ownTimes", times?.Count ?? 0)
        // The wire may hold a null where the type says there is none.
        .Check("ownTimes", times?.All(time => time?.From < time?.To) ?? true, "Each of the child's own times ends after it begins.")
        .Check("travelMinutes", travelMinutes is null or (>= 0 and <= 600), "Between 0 and 600 minutes.");
}
