using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Risk;
using Barnahus.Safety.Surroundings;
using Barnahus.Safety.Terms;

namespace Barnahus.Safety.Features;

/// <summary>Record an incident, with the re-assessment that it opens when it must.</summary>
public static class RecordIncidents
{
    public static void Map(RouteGroupBuilder child) => child.MapPost("/incidents", HandleAsync)
        .Allow(ChildRequest.Reporters)
        .WithSummary("Record an incident; with a trigger it opens a re-assessment");

    private static async Task<IResult> HandleAsync(
        Guid childId, Request body, ChildRequest request, SafetyTerms terms, CancellationToken cancellationToken)
    {
        var (context, id) = request.Begin(childId);
        var type = body.Trigger is { } code ? OpenTriggers.TypeOf(terms, code) : null;
        new Fields(context.Now)
            .Moment("happenedAt", body.HappenedAt)
            .Text("what", body.What)
            .Text("where", body.Where, required: false)
            .Text("taken", body.Taken, required: false)
            .Done();
        var happened = body.HappenedAt.ToUniversalTime();
        var reassessment = DerivedId.From(id, "reassessment");
        var trigger = type is null
            ? null
            : new OpenReassessment(childId, context.Now, reassessment, new TriggerContent(type.Code, body.What, happened, null), type.DueWithin);
        var command = new RecordIncident(childId, context.Now, id, new IncidentContent(happened, body.What, body.Where, body.Taken), trigger);
        var result = await request.SendAsync(command, context, cancellationToken);
        return Reply.Created(ChildRequest.PlanPath(childId), result, new
        {
            incidentId = id,
            reassessmentId = type is null ? (Guid?)null : reassessment,
            dueAt = type is null ? (Opened<DateTimeOffset>?)null : request.Open(result.State.Reassessments[reassessment].DueAt),
        });
    }

    /// <param name="HappenedAt">When.</param>
    /// <param name="What">What happened: facts.</param>
    /// <param name="Where">Where.</param>
    /// <param name="Taken">What was done at once.</param>
    /// <param name="Trigger">A trigger's code, when the risk must be assessed anew.</param>
    public sealed record Request(DateTimeOffset HappenedAt, string What, string? Where = null, string? Taken = null, string? Trigger = null);
}
