using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Risk;
using Barnahus.Safety.Terms;

namespace Barnahus.Safety.Features;

/// <summary>Report something after which the risk must be assessed anew.</summary>
public static class OpenTriggers
{
    /// <param name="ReassessmentId">What is to be assessed anew.</param>
    /// <param name="DueAt">Until when, UTC.</param>
    public sealed record Made(Guid ReassessmentId, Opened<DateTimeOffset> DueAt);

    public static void Map(RouteGroupBuilder child) => child.MapPost("/triggers", HandleAsync)
        .Allow(ChildRequest.Reporters)
        .WithSummary("Report a trigger; opens a re-assessment with a due time");

    /// <exception cref="InvalidException">The trigger is unknown, or follows from time or a message only.</exception>
    internal static TriggerType TypeOf(SafetyTerms terms, string code) => terms.Trigger(code) is { BySystemOnly: false } type
        ? type
        : throw new InvalidException("type", "This trigger follows from a date or from another service; it is not reported by hand.");

    private static async Task<CreatedAnswer<Made>> HandleAsync(
        Guid childId, Request body, ChildRequest request, SafetyTerms terms, CancellationToken cancellationToken)
    {
        var (context, id) = request.Begin(childId);
        var type = TypeOf(terms, body.Type);
        new Fields().Text("what", body.What).Time("eventAt", body.EventAt).Require();
        var trigger = new TriggerContent(type.Code, body.What, body.EventAt?.ToUniversalTime(), null);
        var result = await request.SendAsync(new OpenReassessment(childId, context.Now, id, trigger, type.DueWithin), context, cancellationToken);
        return Reply.Created(
            ChildRequest.PlanPath(childId), result, new Made(id, request.Open(result.State.Reassessments[id].DueAt)));
    }

    /// <param name="Type">A code of the terms, e.g. <c>runaway</c>.</param>
    /// <param name="What">What happened.</param>
    /// <param name="EventAt">When the thing itself is: the hearing, the leave; the re-assessment is due before it.</param>
    public sealed record Request(string Type, string What, DateTimeOffset? EventAt = null);
}
