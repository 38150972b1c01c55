using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>The prosecutor decides on an interview, the examining judge on a hearing.</summary>
public static class DecideInterview
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/decision", HandleAsync)
        .Allow(Roles.Prosecutor, Roles.ExaminingJudge)
        .WithSummary("Decides whether there is to be an interview, with what speaks against it.")
        .WithDescription("For a child that was questioned before the ground must be approved as well (groundApproved).");

    private static Task<Answer<InterviewShort>> HandleAsync(
        Guid childId, Guid interviewId, Request request, ChildDesk desk, CancellationToken cancellationToken)
    {
        new Fields().Text("reasoning", request.Reasoning).Texts("contraIndications", request.ContraIndications).Require();
        var decision = new InterviewDecision(
            desk.Context.Now,
            desk.Caller.AccountId,
            desk.Caller.Role,
            request.Approved,
            request.GroundApproved,
            Personal.Of(request.Reasoning),
            Personal.OfNullable(request.ContraIndications));
        return desk.ChangeAsync(childId, new InterviewsCommand.Decide(interviewId, decision), cancellationToken);
    }

    /// <param name="Approved">There is to be an interview.</param>
    /// <param name="Reasoning">Why, or why not.</param>
    /// <param name="ContraIndications">Fear, memory problems, ...</param>
    /// <param name="GroundApproved">The ground for a further interview is approved.</param>
    public sealed record Request(bool Approved, string Reasoning, IReadOnlyList<string>? ContraIndications = null, bool GroundApproved = false);
}
