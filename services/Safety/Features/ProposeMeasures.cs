using Barnahus.Platform.Hosting;
using Barnahus.Safety.Measures;
using Barnahus.Safety.Terms;

namespace Barnahus.Safety.Features;

/// <summary>Propose a protection measure.</summary>
public static class ProposeMeasures
{
    public static void Map(RouteGroupBuilder child) => child.MapPost("/measures", HandleAsync)
        .Allow(ChildRequest.Keepers)
        .WithSummary("Propose a measure; its type is one of the terms' data");

    private static async Task<CreatedAnswer<MeasureShort>> HandleAsync(
        Guid childId, Request body, ChildRequest request, SafetyTerms terms, CancellationToken cancellationToken)
    {
        var (context, id) = request.Begin(childId);
        var type = terms.Measure(body.Type);
        new Fields()
            .Text("ground", body.Ground)
            .Text("ownerOrganisation", body.OwnerOrganisation, Fields.MaxLine)
            .Text("ownerPerson", body.OwnerPerson, Fields.MaxLine)
            .Check("details", type.Code != "other" || body.Details is not null, "Say what it is.")
            .Optional("details", body.Details)
            .Time("start", body.Start)
            .Time("end", body.End)
            .Require();
        var content = new MeasureContent(type.Code, body.Ground, body.OwnerOrganisation, body.OwnerPerson, body.Details);
        var command = new ProposeMeasure(
            childId,
            context.Now,
            id,
            content,
            (body.Start ?? context.Now).ToUniversalTime(),
            body.End?.ToUniversalTime(),
            type.ConfirmWithin,
            type.EndRequired);
        var result = await request.SendAsync(command, context, cancellationToken);
        return Reply.Created(ChildRequest.PlanPath(childId), result, MeasureShort.Of(request, result, id));
    }

    /// <param name="Type">A code of the terms, e.g. <c>phone-swap</c>.</param>
    /// <param name="Ground">Why, and on which law or order it stands.</param>
    /// <param name="OwnerOrganisation">Organisation that sees to it.</param>
    /// <param name="OwnerPerson">Person there.</param>
    /// <param name="Details">Whom or which place it concerns; needed for <c>other</c>.</param>
    /// <param name="Start">From when; left out: now.</param>
    /// <param name="End">Until when.</param>
    public sealed record Request(
        string Type,
        string Ground,
        string OwnerOrganisation,
        string OwnerPerson,
        string? Details = null,
        DateTimeOffset? Start = null,
        DateTimeOffset? End = null);
}
