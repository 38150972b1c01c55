using Barnahus.Interviews.Roster;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>A planner loads a whole roster as one document; loading it again changes only what differs.</summary>
public static class ImportRoster
{
    /// <summary>How many of each the document named.</summary>
    public sealed record Loaded(int Studios, int Rooms, int People);

    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost("/rosters", HandleAsync)
        .Allow(Roles.Planner, Roles.Administrator)
        .WithSummary("Loads a roster: studios with rooms, people, absences. Repeatable.");

    private static async Task<Answer<Loaded>> HandleAsync(
        RosterDocument request, Caller caller, RosterImport import, CancellationToken cancellationToken)
    {
        var position = await import.LoadAsync(request, caller.Command(), cancellationToken);
        return Reply.Changed(position, new Loaded(request.Studios.Count, request.Studios.Sum(s => s.Rooms.Count), request.People.Count));
    }
}
