using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>The prosecutor decides how a child who is also a suspect is heard.</summary>
public static class DecideSuspectStatus
{
    private static readonly string[] HeardAs = ["victim", "suspect", "both"];

    public sealed record Decided(Guid ChildId, DateTimeOffset SuspectStatusDecidedAt);

    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Child}/suspect-status", HandleAsync)
        .Allow(Roles.Prosecutor)
        .WithSummary("Decides on status, caution and lawyer of a child who is also a suspect; without it no interview is requested, booked or started.");

    private static async Task<Answer<Decided>> HandleAsync(Guid childId, Request request, ChildDesk desk, CancellationToken cancellationToken)
    {
        new Fields()
            .OneOf("heardAs", request.HeardAs, HeardAs)
            .Text("caution", request.Caution)
            .Text("lawyer", request.Lawyer)
            .Text("reasoning", request.Reasoning)
            .Require();
        await desk.OpenAsync(childId, cancellationToken);
        var status = new SuspectStatus(request.HeardAs, request.Caution, request.Lawyer, request.Reasoning);
        var decision = new SuspectDecision(desk.Context.Now, desk.Caller.AccountId, Personal.Of(status));
        var result = await desk.SendAsync(childId, new InterviewsCommand.DecideSuspectStatus(decision), cancellationToken);
        return Reply.Changed(result, new Decided(childId, result.State.SuspectDecision!.At));
    }

    /// <param name="HeardAs">victim, suspect or both.</param>
    /// <param name="Caution">Whether and how the caution is given.</param>
    /// <param name="Lawyer">Who assists the child, or why nobody does.</param>
    /// <param name="Reasoning">Why.</param>
    public sealed record Request(string HeardAs, string Caution, string Lawyer, string Reasoning);
}
