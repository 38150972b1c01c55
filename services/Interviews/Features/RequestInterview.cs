using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>An interview of a child is asked for. The lawyers' and the defence's wishes come through the prosecutor or the examining judge.</summary>
public static class RequestInterview
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost(InterviewRoutes.Interviews, (Guid childId, Request request, ChildDesk desk, CaseSight cases, CancellationToken cancellationToken) =>
            ChildDesk.OnFileAsync(() => HandleAsync(childId, request, desk, cases, cancellationToken)))
        .Allow(Roles.IntakeOfficer, Roles.Interviewer, Roles.Prosecutor, Roles.ExaminingJudge)
        .WithSummary("Requests an interview of a child.")
        .WithDescription("A child is interviewed in principle once: a second request (any kind but rc-hearing) is refused (one-interview) "
            + "unless a ground is stated, on which the prosecutor then decides. Refused for a child who is also a suspect until the prosecutor "
            + "decided on status, caution and lawyer (suspect-status-first). A case that is known is named for a child that is part of it; another is answered as one that is not there.");

    private static async Task<CreatedAnswer<InterviewShort>> HandleAsync(
        Guid childId, Request request, ChildDesk desk, CaseSight cases, CancellationToken cancellationToken)
    {
        new Fields()
            .OneOf("kind", request.Kind, InterviewKind.All)
            .Text("question", request.Question)
            .Optional("ground", request.Ground)
            .Count("caseIds", request.CaseIds?.Count ?? 0)
            .Check("kind", desk.Caller.Role != Roles.ExaminingJudge || request.Kind == InterviewKind.RcHearing, "An examining judge requests an rc-hearing.")
            .Require();
        var file = await desk.OpenAsync(childId, cancellationToken);
        cases.RequireForRequest(childId, request.CaseIds ?? []);
        var context = desk.Context;
        var interviewId = DerivedId.From(context.CommandId, "interview");
        var asked = new InterviewRequest(
            context.Now, desk.Caller.AccountId, Second: false, request.CaseIds ?? [], Personal.Of(request.Question), Personal.OfNullable(request.Ground));
        var result = await desk.SendAsync(
            childId, new InterviewsCommand.RequestInterview(interviewId, request.Kind, asked, file.Child), cancellationToken);
        return Reply.Created(InterviewRoutes.LocationOf(childId, interviewId), result, desk.Short(result.State, childId, interviewId));
    }

    /// <param name="Kind">forensic, supplementary, rc-hearing or informative-talk.</param>
    /// <param name="Question">What is to be asked, for the one who decides.</param>
    /// <param name="Ground">Why a further interview is strictly necessary, for a child who was questioned before.</param>
    /// <param name="CaseIds">Criminal cases it is for: parties to one case never meet in a building.</param>
    public sealed record Request(string Kind, string Question, string? Ground = null, IReadOnlyList<Guid>? CaseIds = null);
}
