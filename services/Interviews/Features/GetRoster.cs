using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>The roster as it is now. When people are away, only the planner sees.</summary>
public static class GetRoster
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapGet("/roster", Handle)
        .Allow(Roles.Planner, Roles.Administrator, Roles.Interviewer, Roles.Psychologist, Roles.Prosecutor, Roles.ExaminingJudge, Roles.IntakeOfficer)
        .WithSummary("Studios, rooms, people and opening hours. Absences, working hours and closings for the planner only.");

    private static IResult Handle(string? region, Caller caller, CurrentRoster roster, PersonalData personal)
    {
        var image = roster.Image;
        var planner = caller.Role == Roles.Planner;
        var studios = image.Premises.Studios.Values.Where(s => region is null || s.Region == region).ToList();
        return Reply.Read(new
        {
            openingHours = image.Premises.Hours,
            travelMinutes = image.Premises.Travel.DefaultMinutes,
            studios = studios.Select(s => new
            {
                s.Id,
                s.Region,
                s.Name,
                openingHours = s.Hours,
                rooms = image.Premises.Rooms.Values.Where(r => r.StudioId == s.Id),
            }),
            people = image.People.Values
                .Where(p => region is null || p.Entry.Regions.Contains(region, StringComparer.Ordinal))
                .Select(p => Show(p, planner, personal)),
            closings = planner ? image.Premises.Closings.Values.OrderBy(c => c.From).ThenBy(c => c.Id) : null,
        });
    }

    private static object Show(RosterPerson person, bool planner, PersonalData personal) => new
    {
        person.Id,
        person.Role,
        name = person.Identity is { } identity ? personal.Open(identity).ValueOrDefault?.Name : null,
        person.Gender,
        person.Entry.Regions,
        person.Languages,
        person.Entry.Certified,
        workingHours = planner ? person.Hours : null,
        absences = planner ? person.Absences.OrderBy(a => a.From).ThenBy(a => a.Id) : null,
    };
}
