using Barnahus.Interviews.Roster;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>A planner adds a building, or changes what is known of it.</summary>
public static class AddStudio
{
    /// <param name="StudioId">Code.</param>
    public sealed record Made(string StudioId);

    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost("/studios", HandleAsync)
        .Allow(Roles.Planner)
        .WithSummary("Adds a studio, or changes its region, name or opening hours.");

    private static async Task<CreatedAnswer<Made>> HandleAsync(Request request, Caller caller, CommandHandler handler, CancellationToken cancellationToken)
    {
        request.Check();
        var studio = new Studio(request.Id, request.Region, request.Name, request.OpeningHours is { } hours ? RosterDocument.HoursOf(hours) : null);
        var result = await handler.HandleAsync(
            PremisesDecider.Decider, Premises.Stream, new PremisesCommand.OpenStudio(studio), caller.Command(), cancellationToken);
        return Reply.Created("/interviews/v1/roster", result, new Made(studio.Id));
    }

    /// <param name="Id">Code.</param>
    /// <param name="Region">Police unit's region.</param>
    /// <param name="Name">Name on the door.</param>
    /// <param name="OpeningHours">Opening hours of its own; without them those of the installation hold.</param>
    public sealed record Request(string Id, string Region, string Name, RosterDocument.HoursPart? OpeningHours = null)
    {
        internal void Check()
        {
            var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
            RosterRules.Code(Id, "id", errors);
            RosterRules.Text(Region, "region", errors);
            RosterRules.Text(Name, "name", errors);
            RosterRules.Hours(OpeningHours, "openingHours", errors);
            RosterRules.Throw(errors);
        }
    }
}
