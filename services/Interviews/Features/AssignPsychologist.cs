using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>An investigative psychologist of the roster is assigned to an interview.</summary>
public static class AssignPsychologist
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/psychologist", HandleAsync)
        .Allow(Roles.Interviewer, Roles.Psychologist, Roles.Prosecutor, Roles.ExaminingJudge)
        .WithSummary("Assigns the investigative psychologist, by the code of the roster.");

    private static Task<Answer<InterviewShort>> HandleAsync(
        Guid childId, Guid interviewId, Request request, ChildDesk desk, CurrentRoster roster, CancellationToken cancellationToken)
    {
        var known = roster.Image.People.TryGetValue(request.PsychologistId, out var person) && person.Role == StaffRoles.Psychologist;
        new Fields().Check("psychologistId", known, "There is no such psychologist on the roster.").Require();
        return desk.ChangeAsync(childId, new InterviewsCommand.AssignPsychologist(interviewId, request.PsychologistId), cancellationToken);
    }

    /// <param name="PsychologistId">Code of the roster.</param>
    public sealed record Request(string PsychologistId);
}
