using Barnahus.Interviews.Roster;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>A planner records when somebody or something is (not) there: an absence or the working hours of a person, a closing of a building or room.</summary>
public static class RecordAvailability
{
    /// <param name="AvailabilityId">For its withdrawal.</param>
    public sealed record Made(Guid AvailabilityId);

    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost("/availabilities", HandleAsync)
        .Allow(Roles.Planner)
        .WithSummary("Records an absence, working hours or a closing, or withdraws one.")
        .WithDescription("kind: absence (personId, from, to), working-hours (personId, hours), closing (studioId or roomId or neither, from, to), "
            + "withdrawal (availabilityId, and personId for an absence). Why somebody is away is not asked.");

    private static async Task<CreatedAnswer<Made>> HandleAsync(Request request, Caller caller, CommandHandler handler, RosterImport roster, CancellationToken cancellationToken)
    {
        request.Check();
        var context = caller.Command();
        var id = request.AvailabilityId ?? DerivedId.From(context.CommandId, "availability");
        if (request.PersonId is { } person)
        {
            var changed = request.Kind switch
            {
                "working-hours" => await roster.SetHoursAsync(person, request.Hours!, context, cancellationToken),
                "absence" => await SendAsync(new StaffMemberCommand.RecordAbsence(id, request.Period)),
                _ => await SendAsync(new StaffMemberCommand.WithdrawAbsence(id)),
            };
            return Reply.Created("/interviews/v1/roster", changed, new Made(id));
        }

        PremisesCommand closing = request.Kind == "closing"
            ? new PremisesCommand.PlanClosing(new Closing(id, request.StudioId, request.RoomId, request.Period.From, request.Period.To))
            : new PremisesCommand.WithdrawClosing(id);
        var result = await handler.HandleAsync(PremisesDecider.Decider, Premises.Stream, closing, context, cancellationToken);
        return Reply.Created("/interviews/v1/roster", result, new Made(id));

        Task<CommandResult<StaffMember>> SendAsync(StaffMemberCommand command) => handler.HandleAsync(
            StaffMemberDecider.Decider, StaffMember.StreamOf(request.PersonId!), command, context, cancellationToken);
    }

    /// <param name="Kind"><c>absence</c>, <c>working-hours</c>, <c>closing</c> or <c>withdrawal</c>.</param>
    /// <param name="AvailabilityId">Which, for a withdrawal; else a new one is made.</param>
    /// <param name="PersonId">Person it is about.</param>
    /// <param name="StudioId">Building to close.</param>
    /// <param name="RoomId">Room to close.</param>
    /// <param name="From">From, UTC.</param>
    /// <param name="To">To, UTC, exclusive.</param>
    /// <param name="Hours">Working hours by day of the week, Dutch wall-clock time; none: whenever the building is open.</param>
    public sealed record Request(
        string Kind,
        Guid? AvailabilityId = null,
        string? PersonId = null,
        string? StudioId = null,
        string? RoomId = null,
        DateTimeOffset? From = null,
        DateTimeOffset? To = null,
        IReadOnlyList<WorkingHours>? Hours = null)
    {
        internal Period Period => new(From!.Value.ToUniversalTime(), To!.Value.ToUniversalTime());

        internal void Check()
        {
            var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
            Need(Kind is "absence" or "working-hours" or "closing" or "withdrawal", "kind", "One of: absence, working-hours, closing, withdrawal.");
            Need(Kind is not ("absence" or "working-hours") || PersonId is not null, "personId", "Whose it is.");
            Need(Kind != "closing" || PersonId is null, "personId", "A closing is of a building or a room; record an absence for a person.");
            Need(Kind is not ("absence" or "closing") || From is not null, "from", "When it begins.");
            Need(Kind is not ("absence" or "closing") || To is not null, "to", "When it ends.");
            Need(Kind != "working-hours" || Hours is not null, "hours", "The hours, possibly none.");
            Need(Hours is null || Hours.All(h => h is not null && Enum.IsDefined(h.Day)), "hours", "Each names a day of the week, from and to.");
            Need(Kind != "withdrawal" || AvailabilityId is not null, "availabilityId", "Which one is withdrawn.");
            RosterRules.Throw(errors);

            void Need(bool met, string field, string error)
            {
                if (!met)
                {
                    errors[field] = [error];
                }
            }
        }
    }
}
