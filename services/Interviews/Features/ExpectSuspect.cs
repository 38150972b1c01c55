using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>Police or prosecutor say that a suspect will be in a building: no child of the same case is there then.</summary>
public static class ExpectSuspect
{
    private const int MaxCases = 20;

    /// <param name="VisitId">The visit.</param>
    public sealed record Made(Guid VisitId);

    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost("/suspect-visits", HandleAsync)
        .Allow(Roles.Prosecutor, Roles.Interviewer, Roles.SafetyCoordinator)
        .WithSummary("Records that a suspect is expected in a studio. Names the case, never a person.")
        .WithDescription("You are on the team of a child of each case you name; another case is answered as one that is not there.");

    private static async Task<CreatedAnswer<Made>> HandleAsync(
        Request request, Caller caller, CurrentRoster roster, CaseSight sight, CommandHandler handler, CancellationToken cancellationToken)
    {
        request.Check(roster.Image);
        Guid[] cases = [.. request.CaseKeys.Select(Guid.Parse)];
        var keys = sight.RequireForVisit(cases);
        var context = caller.Command();
        var visit = new SuspectVisit(
            DerivedId.From(context.CommandId, "suspect-visit"), request.StudioId, request.From.ToUniversalTime(), request.To.ToUniversalTime(), keys);
        var result = await handler.HandleAsync(
            AgendaDecider.Decider, AgendaDay.StreamOf(visit.From), new AgendaCommand.ExpectSuspect(visit, context.Now), context, cancellationToken);
        return Reply.Created("/interviews/v1/agenda", result, new Made(visit.Id));
    }

    /// <param name="StudioId">Building.</param>
    /// <param name="From">From, UTC.</param>
    /// <param name="To">To, UTC, on the same Dutch day.</param>
    /// <param name="CaseKeys">Ids of the cases the suspect is part of.</param>
    public sealed record Request(string StudioId, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> CaseKeys)
    {
        internal void Check(RosterImage roster)
        {
            var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
            if (StudioId is null || !roster.Premises.Studios.ContainsKey(StudioId))
            {
                errors["studioId"] = ["There is no such studio on the roster."];
            }

            if (CaseKeys is not { Count: > 0 and <= MaxCases } || !CaseKeys.All(k => Guid.TryParse(k, out _)))
            {
                // They stand in the log in clear, so no name may pass for one; and what is no id of a case would keep no child apart.
                errors["caseKeys"] = [$"One to {MaxCases} cases, each by its id."];
            }

            RosterRules.Throw(errors);
        }
    }
}
