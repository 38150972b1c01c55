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
    /// <param name="IncidentId">The incident.</param>
    /// <param name="ReassessmentId">What is to be assessed anew, with a trigger.</param>
    /// <param name="DueAt">Until when, UTC.</param>
    public sealed record Made(Guid IncidentId, Guid? ReassessmentId = null, Opened<DateTimeOffset>? DueAt = null);

    public static void Map(RouteGroupBuilder child) => child.MapPost("/incidents", HandleAsync)
        .Allow(ChildRequest.Reporters)
        .WithSummary("Record an incident; with a trigger it opens a re-assessment");

    private static async Task<CreatedAnswer<Made>> HandleAsync(
        Guid childId, Request body, ChildRequest request, SafetyTerms terms, CancellationToken cancellationToken)
    {
        var (context, id) = request.Begin(childId);
        var type = body.Trigger is { } code ? OpenTriggers.TypeOf(terms, code) : null;
        new Fields()
            .Time("happenedAt", body.HappenedAt)
            .Text("what", body.What)
            .Optional("where", body.Where)
            .Optional("taken", body.Taken)
            .Require();
        var happened = body.HappenedAt.ToUniversalTime();
        var reassessment = DerivedId.From(id, "reassessment");
        var trigger = type is null
            ? null
            : new OpenReassessment(childId, context.Now, reassessment, new TriggerContent(type.Code, body.What, happened, null), type.DueWithin);
        var command = new RecordIncident(childId, context.Now, id, new IncidentContent(happened, body.What, body.Where, body.Taken), trigger);
        var result = await request.SendAsync(command, context, cancellationToken);
        return Reply.Created(ChildRequest.PlanPath(childId), result, type is null
            ? new Made(id)
            : new Made(id, reassessment, request.Open(result.State.Reassessments[reassessment].DueAt)));
    }

    /// <param name="HappenedAt">When.</param>
    /// <param name="What">What happened: facts.</param>
    /// <param name="Where">Where.</param>
    /// <param name="Taken">What was done at once.</param>
    /// <param name="Trigger">A trigger's code, when the risk must be assessed anew.</param>
    public sealed record Request(DateTimeOffset HappenedAt, string What, string? Where = null, string? Taken = null, string? Trigger = null);
}
