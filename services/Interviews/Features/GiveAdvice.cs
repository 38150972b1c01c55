using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>The psychologist advises how to hear this child. Each advice is a new version; the latest counts.</summary>
public static class GiveAdvice
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/advice", HandleAsync)
        .Allow(Roles.Psychologist)
        .WithSummary("Gives advice, as a new version: the interviewer acknowledges the latest before the start.");

    private static Task<Answer<InterviewShort>> HandleAsync(
        Guid childId, Guid interviewId, Request request, ChildDesk desk, CancellationToken cancellationToken)
    {
        new Fields()
            .Text("setting", request.Setting)
            .Text("pace", request.Pace)
            .Optional("trauma", request.Trauma)
            .Texts("triggers", request.Triggers)
            .Texts("wording", request.Wording)
            .Optional("breaks", request.Breaks)
            .Texts("contraIndications", request.ContraIndications)
            .Require();
        var advice = new Advice(
            request.Setting, request.Pace, request.Trauma, request.Triggers ?? [], request.Wording ?? [], request.Breaks, request.ContraIndications ?? []);
        var command = new InterviewsCommand.GiveAdvice(interviewId, desk.Context.Now, desk.Caller.AccountId, Personal.Of(advice));
        return desk.ChangeAsync(childId, command, cancellationToken);
    }

    /// <param name="Setting">Room, people, what helps the child feel safe.</param>
    /// <param name="Pace">How fast.</param>
    /// <param name="Trauma">What is known, and its influence on the interview.</param>
    /// <param name="Triggers">What to avoid.</param>
    /// <param name="Wording">Words to use and not to use.</param>
    /// <param name="Breaks">When and how.</param>
    /// <param name="ContraIndications">What speaks against an interview.</param>
    public sealed record Request(
        string Setting,
        string Pace,
        string? Trauma = null,
        IReadOnlyList<string>? Triggers = null,
        IReadOnlyList<string>? Wording = null,
        string? Breaks = null,
        IReadOnlyList<string>? ContraIndications = null);
}
