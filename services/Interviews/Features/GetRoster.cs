using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>The roster as it is now. When people are away, only the planner sees.</summary>
public static class GetRoster
{
    /// <param name="OpeningHours">Where a building has none of its own.</param>
    /// <param name="TravelMinutes">Between two buildings that nobody measured.</param>
    /// <param name="Closings">For the planner.</param>
    public sealed record RosterShown(
        OpeningHours OpeningHours, int TravelMinutes, IReadOnlyList<StudioShown> Studios, IReadOnlyList<PersonShown> People, IReadOnlyList<Closing>? Closings);

    public sealed record StudioShown(string Id, string Region, string Name, OpeningHours? OpeningHours, IReadOnlyList<Room> Rooms);

    /// <param name="WorkingHours">For the planner.</param>
    /// <param name="Absences">For the planner.</param>
    public sealed record PersonShown(
        string Id,
        string Role,
        string? Name,
        string? Gender,
        IReadOnlyList<string> Regions,
        IReadOnlyList<string> Languages,
        Certificate? Certified,
        IReadOnlyList<WorkingHours>? WorkingHours,
        IReadOnlyList<Absence>? Absences);

    public static void Map(RouteGroupBuilder routes) => routes
        .MapGet("/roster", Handle)
        .Allow(Roles.Planner, Roles.Administrator, Roles.Interviewer, Roles.Psychologist, Roles.Prosecutor, Roles.ExaminingJudge, Roles.IntakeOfficer)
        .WithSummary("Studios, rooms, people and opening hours. Absences, working hours and closings for the planner only.");

    private static Answer<RosterShown> Handle(string? region, Caller caller, CurrentRoster roster, PersonalData personal)
    {
        var image = roster.Image;
        var planner = caller.Role == Roles.Planner;
        var studios = image.Premises.Studios.Values.Where(s => region is null || s.Region == region).ToList();
        return Reply.Read(new RosterShown(
            image.Premises.Hours,
            image.Premises.Travel.DefaultMinutes,
            [.. studios.Select(s => new StudioShown(s.Id, s.Region, s.Name, s.Hours, [.. image.Premises.Rooms.Values.Where(r => r.StudioId == s.Id)]))],
            [
                .. image.People.Values
                    .Where(p => region is null || p.Entry.Regions.Contains(region, StringComparer.Ordinal))
                    .Select(p => Show(p, planner, personal)),
            ],
            planner ? [.. image.Premises.Closings.Values.OrderBy(c => c.From).ThenBy(c => c.Id)] : null));
    }

    private static PersonShown Show(RosterPerson person, bool planner, PersonalData personal) => new(
        person.Id,
        person.Role,
        person.Identity is { } identity ? personal.Open(identity).ValueOrDefault?.Name : null,
        person.Gender,
        person.Entry.Regions,
        person.Languages,
        person.Entry.Certified,
        planner ? person.Hours : null,
        planner ? [.. person.Absences.OrderBy(a => a.From).ThenBy(a => a.Id)] : null);
}
