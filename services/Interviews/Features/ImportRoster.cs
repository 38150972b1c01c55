using Barnahus.Interviews.Roster;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>A planner loads a whole roster as one document; loading it again changes only what differs.</summary>
public static class ImportRoster
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost("/rosters", HandleAsync)
        .Allow(Roles.Planner, Roles.Administrator)
        .WithSummary("Loads a roster: studios with rooms, people, absences. Repeatable.");

    private static async Task<IResult> HandleAsync(
        RosterDocument request, Caller caller, RosterImport import, HttpContext http, CancellationToken cancellationToken)
    {
        var position = await import.LoadAsync(request, caller.Command(), cancellationToken);
        http.Response.Headers["Log-Position"] = position.ToString();
        return Results.Ok(new { studios = request.Studios.Count, rooms = request.Studios.Sum(s => s.Rooms.Count), people = request.People.Count });
    }
}
