using Barnahus.Interviews.Roster;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>A planner adds a room to a building, or changes what is known of it.</summary>
public static class AddRoom
{
    /// <param name="RoomId">Code.</param>
    public sealed record Made(string RoomId);

    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost("/rooms", HandleAsync)
        .Allow(Roles.Planner)
        .WithSummary("Adds a room to a studio, or changes its ages, entrance or accessibility.");

    private static async Task<CreatedAnswer<Made>> HandleAsync(Request request, Caller caller, CommandHandler handler, CancellationToken cancellationToken)
    {
        request.Check();
        var room = new Room(request.Id, request.StudioId, request.AgeFrom, request.AgeTo, request.HasSeparateEntrance, request.IsAccessible);
        var result = await handler.HandleAsync(
            PremisesDecider.Decider, Premises.Stream, new PremisesCommand.EquipRoom(room), caller.Command(), cancellationToken);
        return Reply.Created("/interviews/v1/roster", result, new Made(room.Id));
    }

    /// <param name="Id">Code, unique in the installation.</param>
    /// <param name="StudioId">Studio it is in.</param>
    /// <param name="AgeFrom">Youngest age it is furnished for.</param>
    /// <param name="AgeTo">Oldest age, inclusive.</param>
    /// <param name="HasSeparateEntrance">The child meets nobody on the way in.</param>
    /// <param name="IsAccessible">Fit for a child with a disability.</param>
    public sealed record Request(string Id, string StudioId, int AgeFrom, int AgeTo, bool HasSeparateEntrance, bool IsAccessible = false)
    {
        internal void Check()
        {
            var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
            RosterRules.Code(Id, "id", errors);
            RosterRules.Code(StudioId, "studioId", errors);
            RosterRules.Ages(AgeFrom, AgeTo, "ageTo", errors);
            RosterRules.Throw(errors);
        }
    }
}
