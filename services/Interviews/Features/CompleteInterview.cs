using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>The interview is closed: what was recorded, who was where, what went otherwise, and what the child says of it.</summary>
public static class CompleteInterview
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/completion", HandleAsync)
        .Allow(Roles.Interviewer, Roles.ExaminingJudge)
        .WithSummary("Completes the interview. Every questioning of a child is recorded (Besluit slachtoffers art. 14): name the recording and its SHA-256.");

    private static Task<Answer<InterviewShort>> HandleAsync(
        Guid childId, Guid interviewId, Request request, ChildDesk desk, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Text("recording", request.Recording, 500)
            .Check("recordingSha256", request.RecordingSha256 is { Length: 64 } hash && hash.All(char.IsAsciiHexDigit), "SHA-256 as 64 hex digits.")
            .Check("present", request.Present.Count > 0, "Say who was in which room.")
            .Count("present", request.Present.Count)
            .Texts("deviations", request.Deviations, 1000)
            .Optional("remark", request.Remark);
        foreach (var person in request.Present)
        {
            // The wire may hold a null where the type says there is none.
            fields.Text("present.who", person?.Who, 200).OneOf("present.place", person?.Place, StudioPlace.All);
        }

        fields.Require();
        var completion = new Completion(
            desk.Context.Now,
            desk.Caller.AccountId,
            Personal.Of(request.BrokenOff),
            request.RecordingSha256.ToLowerInvariant(),
            Personal.Of(request.Recording),
            Personal.Of(request.Present),
            Personal.OfNullable(request.Deviations),
            Personal.OfNullable(request.Remark));
        return desk.ChangeAsync(childId, new InterviewsCommand.Complete(interviewId, completion, request.BrokenOff), cancellationToken);
    }

    /// <param name="Recording">Where the recording is kept.</param>
    /// <param name="RecordingSha256">Its SHA-256, 64 hex digits.</param>
    /// <param name="Present">Who was in which room (welcome, waiting-room, interview-room, observation-room, remote).</param>
    /// <param name="Deviations">Where it went otherwise than the plan, the advice or the protocol.</param>
    /// <param name="Remark">The child's own remark, in the child's words.</param>
    /// <param name="BrokenOff">Stopped before closure.</param>
    public sealed record Request(
        string Recording,
        string RecordingSha256,
        IReadOnlyList<Presence> Present,
        IReadOnlyList<string>? Deviations = null,
        string? Remark = null,
        bool BrokenOff = false);
}
