using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>A default is set aside for this interview: which rule, why, by whom (Besluit slachtoffers art. 16).</summary>
public static class GrantWaiver
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/waivers", HandleAsync)
        .Allow(Roles.Prosecutor, Roles.ExaminingJudge)
        .WithSummary("Sets a rule aside for this interview, with the reason. What protects the child most cannot be waived (rule-not-waivable).");

    private static async Task<Answer<InterviewShort>> HandleAsync(
        Guid childId, Guid interviewId, Request request, ChildDesk desk, CancellationToken cancellationToken)
    {
        new Fields().Text("rule", request.Rule, 100).Text("why", request.Why).Require();
        var waiver = new Waiver(Personal.Of(request.Rule), desk.Context.Now, desk.Caller.AccountId, desk.Caller.Role, Personal.Of(request.Why));
        var (file, _) = await desk.OpenAsync(childId, interviewId, cancellationToken);
        var result = await desk.SendAsync(
            childId, new InterviewsCommand.GrantWaiver(interviewId, waiver, request.Rule, file.Child), cancellationToken);
        return Reply.Changed(result, desk.Short(result.State, childId, interviewId));
    }

    /// <param name="Rule">Name of the rule, as a refusal or a rejected slot gives it.</param>
    /// <param name="Why">Why it cannot be kept.</param>
    public sealed record Request(string Rule, string Why);
}
