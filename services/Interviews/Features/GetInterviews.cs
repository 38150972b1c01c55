using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>The interviews of a child, each part as the caller's role may see it (access.md): a group that is not to be seen is not there.</summary>
public static class GetInterviews
{
    private static readonly string[] Readers =
    [
        Roles.IntakeOfficer, Roles.Interviewer, Roles.Psychologist, Roles.Prosecutor, Roles.ExaminingJudge, Roles.SafetyCoordinator, Roles.Medical,
        Roles.YouthCare, Roles.Lawyer, Roles.Guardian, Roles.VictimSupport,
    ];

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet(InterviewRoutes.Interviews, List)
            .Allow(Readers)
            .WithSummary("The interviews of a child in the order of their requests, the medical examination and the suspect's status, as this role may see them.");
        routes.MapGet(InterviewRoutes.Interview, One)
            .Allow(Readers)
            .WithSummary("One interview, as this role may see it: decision, advice, booking, course, and the child's account.");
    }

    private static Answer<InterviewsShown> List(
        Guid childId, int? page, int? pageSize, AccessGate gate, InterviewsByChild interviews, PersonalData personal, BookingReview review, HttpContext http)
    {
        gate.Require(childId, DataGroup.Identity);
        var row = interviews.Of(childId) ?? throw new UnknownException();
        var reader = new InterviewReader(childId, row.State, gate, personal, review);
        return Reply.Read(
            new InterviewsShown(
                childId,
                row.State.File?.MergedInto,
                [.. row.State.Interviews.Page(http, page, pageSize).Select(reader.Show)],
                reader.Medical(),
                reader.SuspectStatus(),
                reader.OwnTimes()),
            row.Revision);
    }

    private static Answer<InterviewShown> One(
        Guid childId, Guid interviewId, AccessGate gate, InterviewsByChild interviews, PersonalData personal, BookingReview review)
    {
        gate.Require(childId, DataGroup.Identity);
        var row = interviews.Of(childId) ?? throw new UnknownException();
        var interview = row.State.Find(interviewId) ?? throw new UnknownException();
        return Reply.Read(new InterviewReader(childId, row.State, gate, personal, review).Show(interview), row.Revision);
    }
}
