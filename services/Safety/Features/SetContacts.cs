using System.Collections.Immutable;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Files;
using Barnahus.Safety.Surroundings;

namespace Barnahus.Safety.Features;

/// <summary>Set somebody's place on the contact map: what they may and may not be told.</summary>
public static class SetContacts
{
    /// <param name="ContactId">The place on the map.</param>
    public sealed record Made(Guid ContactId);

    public static void Map(RouteGroupBuilder child) => child.MapPost("/contacts", HandleAsync)
        .Allow(Roles.SafetyCoordinator)
        .WithSummary("Set who may and may not be told what; refused for whom may not be informed");

    private static async Task<CreatedAnswer<Made>> HandleAsync(
        Guid childId, Request body, ChildRequest request, PersonalData personal, CancellationToken cancellationToken)
    {
        var (context, id) = request.Begin(childId);
        var told = body.MayBeTold ?? [];
        var notTold = body.MayNotBeTold ?? [];
        new Fields()
            .Text("name", body.Name, Fields.MaxLine)
            .OneOf("relation", body.Relation, Relations.All)
            .Optional("phone", body.Phone, 50)
            .EachOf("mayBeTold", told, Topics.All)
            .EachOf("mayNotBeTold", notTold, Topics.All)
            .Optional("note", body.Note)
            .Require();
        var content = new ContactContent(body.Name, body.Relation, body.Phone, told, notTold, body.Note);
        var state = await request.StateAsync(childId, cancellationToken);
        if (body.ContactId is { } known && !state.Contacts.ContainsKey(known))
        {
            throw new InvalidException("contactId", "There is no such contact on this file. Leave it out to add one.");
        }

        var command = new SetContact(childId, context.Now, body.ContactId ?? id, body.PersonId, content, Known(state.File, personal));
        var result = await request.SendAsync(command, context, cancellationToken);
        return Reply.Created(ChildRequest.PlanPath(childId), result, new Made(command.ContactId));
    }

    /// <summary>The representatives; none when the file names none; null when nobody here can know.</summary>
    internal static ImmutableArray<LearnedRepresentative>? Known(LearnedFile? file, PersonalData personal) => file switch
    {
        null => null,
        { Facts: null } => [],
        { Facts: { } facts } => personal.Open(facts).ValueOrDefault is { } open ? [.. open.Representatives] : null,
    };

    /// <param name="Name">Who.</param>
    /// <param name="Relation">E.g. <c>mother</c>, <c>school</c>.</param>
    /// <param name="ContactId">Set to change a place that exists.</param>
    /// <param name="PersonId">Intake's id of a representative.</param>
    /// <param name="Phone">How to reach them.</param>
    /// <param name="MayBeTold">Subjects they may be told.</param>
    /// <param name="MayNotBeTold">Subjects they must not be told.</param>
    /// <param name="Note">Why, and how to approach them.</param>
    public sealed record Request(
        string Name,
        string Relation,
        Guid? ContactId = null,
        Guid? PersonId = null,
        string? Phone = null,
        IReadOnlyList<string>? MayBeTold = null,
        IReadOnlyList<string>? MayNotBeTold = null,
        string? Note = null);
}
