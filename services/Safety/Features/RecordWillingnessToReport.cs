using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Safety.Willingness;

namespace Barnahus.Safety.Features;

/// <summary>Record how the child stands towards talking to the police, and what was done so that it chooses freely.</summary>
public static class RecordWillingnessToReport
{
    /// <param name="RecordId">The record.</param>
    public sealed record Made(Guid RecordId);

    public static void Map(RouteGroupBuilder child) => child.MapPost("/willingness", HandleAsync)
        .Allow(Roles.SafetyCoordinator)
        .WithSummary("Record the willingness to report: explained, time to reflect, support offered");

    private static async Task<CreatedAnswer<Made>> HandleAsync(Guid childId, Request body, ChildRequest request, CancellationToken cancellationToken)
    {
        var (context, id) = request.Begin(childId);
        var explained = body.Explained ?? [];
        new Fields()
            .OneOf("standing", body.Standing, Standings.All)
            .Texts("explained", explained)
            .Optional("childsWords", body.ChildsWords)
            .Time("reflectionUntil", body.ReflectionUntil)
            .Require();
        var content = new WillingnessContent(body.Standing, explained, body.PeerSupport, body.Lawyer, body.VictimSupport, body.ChildsWords);
        var command = new RecordWillingness(childId, context.Now, id, body.ReflectionUntil?.ToUniversalTime(), content);
        var result = await request.SendAsync(command, context, cancellationToken);
        return Reply.Created(ChildRequest.PlanPath(childId), result, new Made(id));
    }

    /// <param name="Standing"><c>undecided</c>, <c>reflecting</c>, <c>willing</c> or <c>unwilling</c>.</param>
    /// <param name="Explained">What was explained.</param>
    /// <param name="PeerSupport">Support by an expert by experience.</param>
    /// <param name="Lawyer">The child's own lawyer.</param>
    /// <param name="VictimSupport">Slachtofferhulp.</param>
    /// <param name="ReflectionUntil">Until when the child takes time.</param>
    /// <param name="ChildsWords">What the child says.</param>
    public sealed record Request(
        string Standing,
        IReadOnlyList<string>? Explained = null,
        Offer PeerSupport = Offer.NotYet,
        Offer Lawyer = Offer.NotYet,
        Offer VictimSupport = Offer.NotYet,
        DateTimeOffset? ReflectionUntil = null,
        string? ChildsWords = null);
}
