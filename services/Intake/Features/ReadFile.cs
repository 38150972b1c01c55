using Barnahus.Intake.Children;
using Barnahus.Intake.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Features;

/// <summary>A child's file as this role may see it: all of it, all but what is restricted, or what one needs to receive the child well.</summary>
public static class ReadFile
{
    public static void Map(RouteGroupBuilder routes) =>
        routes.MapGet("/children/{childId:guid}", Handle)
            .Allow([.. Roles.All.Except([Roles.Auditor, Roles.Planner, Roles.Administrator])])
            .WithSummary("The file of a child, as far as your role and the team let you.");

    private static IResult Handle(
        Guid childId, Caller caller, AccessGate gate, FilesView files, FileOpener opener, PersonalData personal, ChildAccess access, DomainClock clock)
    {
        var sight = gate.Require(childId, DataGroup.File);
        var row = files.Find(childId) ?? throw new UnknownException();
        var file = row.State;
        if (file.Status == FileStatus.Merged)
        {
            return Reply.Read(new { childId, status = file.Status.Code(), mergedInto = file.MergedInto }, row.Revision);
        }

        if (opener.Open(file) is not { } opened)
        {
            return Reply.Read(new { childId, status = file.Status.Code(), destroyed = "police" }, row.Revision);
        }

        var identity = gate.Look(childId, DataGroup.Identity) == Sight.Full ? opened.Identity() : null;
        var today = clock.Now.DutchDate();
        var body = new FileBody(file, sight, caller.Role);
        return Reply.Read(
            new
            {
                childId,
                status = file.Status.Code(),
                region = body.All(file.Region),
                openedAt = body.All(file.OpenedAt),
                reportedAt = body.All(file.ReportedAt),
                handedOverAt = body.All(file.HandedOverAt),
                safetyCoordinatorId = body.All(file.SafetyCoordinatorId),
                identity = body.Part(FileParts.Identity, identity is null ? null : Shown(identity, today)),
                needs = body.Part(FileParts.Needs, body.Needs(opened.Needs()), forNeeds: true),
                wishes = body.Part(FileParts.Wishes, Wishes(file, opened, personal)),
                referrals = body.Part(FileParts.Referrals, opened.Referrals.Select(FileBody.Referral)),
                representatives = body.Part(FileParts.Representatives, opened.Representatives().Select(FileBody.Representative)),
                involvements = body.Part(FileParts.Involvements, opened.Involvements),
                assessments = body.Part(FileParts.Assessments, file.Assessments.Select(made => new
                {
                    made.Version,
                    made.At,
                    content = personal.Open(made.Content),
                })),
                alsoSuspect = body.Following([FileParts.Referrals, FileParts.Involvements], opened.AlsoSuspect),
                tasks = body.Following(FileParts.All, opener.WithTasks(file).Tasks.Values.OrderBy(task => task.Kind, StringComparer.Ordinal).Select(task => new
                {
                    task.Kind,
                    task.ArisenAt,
                    task.DoneAt,
                    dueOn = task.DueOn is null ? (DateOnly?)null : personal.Open(task.DueOn).ValueOrDefault,
                })),
                team = body.All(access.Team(childId).Select(member => new { member.AccountId, member.Role }).OrderBy(member => member.Role, StringComparer.Ordinal)),
                restrictions = body.All(file.Restrictions.Where(one => !body.Hides(one.Key)).Select(one => new { part = one.Key, kind = one.Value.Kind })),
                interviewedAt = body.All(file.InterviewedAt),
            },
            row.Revision);
    }

    private static object Shown(ChildIdentity identity, DateOnly today) => new
    {
        identity.GivenName,
        identity.FamilyName,
        identity.BirthDate,
        identity.EstimatedAge,
        identity.EstimatedOn,
        age = identity.AgeOn(today),
        minor = identity.IsMinorOn(today),
        identity.Gender,
        identity.Language,
        identity.Bsn,
    };

    private static IEnumerable<object> Wishes(ChildFile file, OpenedFile opened, PersonalData personal) =>
    [
        .. opened.Referrals.Where(referral => referral.Content.ChildWishes is not null)
            .Select(referral => new { at = referral.ReportedAt, words = referral.Content.ChildWishes }),
        .. file.Wishes.Select(wish => new { at = wish.At, words = personal.Open(wish.Words).ValueOrDefault }),
    ];
}

/// <summary>Which parts of a file one reader gets.</summary>
internal sealed class FileBody(ChildFile file, Sight sight, string role)
{
    private bool SeesAll => sight is Sight.Full or Sight.UntilInterview;

    /// <summary>For those who see the file, not for those who see needs only: they get who the child is and how to receive it.</summary>
    public object? All(object? value) => SeesAll ? value : null;

    /// <summary>Who receives the child only gets the structured needs: the text beside them may tell what happened.</summary>
    public object Needs(NeedsContent needs) => SeesAll ? needs : new { needs.Structured };

    /// <summary>A part that can be restricted.</summary>
    /// <param name="forNeeds">Also for those who receive the child and see nothing of what happened; identity has a cell of its own in the matrix.</param>
    public object? Part(string part, object? value, bool forNeeds = false)
    {
        if (!SeesAll && !forNeeds && part != FileParts.Identity)
        {
            return null;
        }

        // AVG art. 18: it is kept and not used, and whoever works with the file must know that.
        return Hides(part) ? null
            : file.RestrictionOf(part) == RestrictionKinds.Processing ? new { restricted = RestrictionKinds.Processing }
            : value;
    }

    /// <summary>The part is kept from this interviewer until the interview was held: it is absent, and nothing beside it says that there is something.</summary>
    public bool Hides(string part) =>
        sight == Sight.UntilInterview && role == Roles.Interviewer && file.InterviewedAt is null
        && file.RestrictionOf(part) == RestrictionKinds.UntilInterviewed;

    /// <summary>What follows from some parts, for who sees all of them: a task to ask for a special guardian says that a parent is suspected.</summary>
    public object? Following(IReadOnlyList<string> parts, object value) => parts.Any(Hides) ? null : All(value);

    /// <summary>A referral in the file: the child itself stands in the identity, where it may have been corrected.</summary>
    public static object Referral(OpenedReferral referral) => new
    {
        referralId = referral.Id,
        referral.ReportedAt,
        referral.Content.Reporter,
        referral.Content.Facts,
        referral.Content.Opinions,
        referral.Content.Suspicions,
        referral.Content.Municipalities,
        referral.Content.DisclosureByChild,
        referral.Content.AcuteUnsafety,
        referral.Content.StructuralUnsafety,
        referral.Content.LastEventAt,
        referral.Content.ReportingCode,
    };

    public static object Representative(Representative one) => new
    {
        one.PersonId,
        one.Name,
        one.Relation,
        one.Custody,
        one.Suspected,
        one.ConflictOfInterest,
        one.ChildAllows,
        one.Contact,
        one.MayBeInformed,
        one.WhyNotInformed,
    };
}
