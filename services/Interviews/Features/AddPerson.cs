using Barnahus.Interviews.Roster;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>A planner enrols an interviewer, psychologist, interpreter or support person, or changes the entry.</summary>
public static class AddPerson
{
    /// <param name="PersonId">Code of the roster.</param>
    public sealed record Made(string PersonId);

    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost("/people", HandleAsync)
        .Allow(Roles.Planner)
        .WithSummary("Enrols a person, or changes regions, languages, certificate, name or account.");

    private static async Task<CreatedAnswer<Made>> HandleAsync(
        RosterDocument.PersonPart request, Caller caller, RosterImport roster, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        RosterRules.Check(request, "", null, errors);
        RosterRules.Throw(errors);
        var result = await roster.EnrolAsync(request, caller.Command(), cancellationToken);
        return Reply.Created("/interviews/v1/roster", result, new Made(request.Id));
    }
}
