using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
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

    private static Answer<FileShown> Handle(
        Guid childId, Caller caller, AccessGate gate, FilesView files, FileOpener opener, PersonalData personal, ChildAccess access, DomainClock clock)
    {
        var sight = gate.Require(childId, DataGroup.File);
        var row = files.Find(childId) ?? throw new UnknownException();
        var file = row.State;
        if (file.MergedInto is { } into)
        {
            return Reply.Read(FileShown.GoesOnAs(childId, into), row.Revision);
        }

        var shown = new FileShown(childId, file.Status.Code());
        if (opener.Open(file) is not { } opened)
        {
            return Reply.Read(shown with { Destroyed = "police" }, row.Revision);
        }

        var identity = gate.Look(childId, DataGroup.Identity) == Sight.Full ? opened.Identity() : null;
        var body = new FileBody(file, sight, caller.Role);
        shown = shown with
        {
            Identity = body.Part(FileParts.Identity, identity is null ? null : IdentityShown.Of(identity, clock.Now.DutchDate())),
            Needs = body.Part(FileParts.Needs, body.Needs(opened.Needs()), forNeeds: true),
        };
        return Reply.Read(body.SeesAll ? Whole(shown, body, file, opened, opener, personal, access) : shown, row.Revision);
    }

    /// <summary>For those who see the file, not for those who see needs only: they get who the child is and how to receive it.</summary>
    private static FileShown Whole(
        FileShown shown, FileBody body, ChildFile file, Children.OpenedFile opened, FileOpener opener, PersonalData personal, ChildAccess access) => shown with
    {
        Region = file.Region,
        OpenedAt = file.OpenedAt,
        ReportedAt = file.ReportedAt,
        HandedOverAt = file.HandedOverAt,
        SafetyCoordinatorId = file.SafetyCoordinatorId,
        Wishes = body.Part(FileParts.Wishes, Wishes(file, opened, personal)),
        Referrals = body.Part(FileParts.Referrals, opened.Referrals.Select(ReferralInFile.Of)),
        Representatives = body.Part(FileParts.Representatives, opened.Representatives()),
        Involvements = body.Part(FileParts.Involvements, opened.Involvements),
        Assessments = body.Part(FileParts.Assessments, file.Assessments.Select(made => new AssessmentShown(made.Version, made.At, personal.Open(made.Content)))),
        AlsoSuspect = body.KeepsBack(FileParts.Referrals) || body.KeepsBack(FileParts.Involvements) ? null : opened.AlsoSuspect,
        Tasks = body.HidesTasks ? null : [.. opener.WithTasks(file).Tasks.Values
            .Where(task => body.Tells(task.Kind))
            .OrderBy(task => task.Kind, StringComparer.Ordinal)
            .Select(task => new TaskShown(task.Kind, task.ArisenAt, task.DoneAt, task.DueOn))],
        Team = [.. access.Team(file.Id).Select(member => new TeamMember(member.AccountId, member.Role)).OrderBy(member => member.Role, StringComparer.Ordinal)],
        Restrictions = [.. file.Restrictions.Where(one => !body.Hides(one.Key)).Select(one => new RestrictionShown(one.Key, one.Value.Kind))],
        InterviewedAt = file.InterviewedAt,
    };

    private static IEnumerable<WishShown> Wishes(ChildFile file, Children.OpenedFile opened, PersonalData personal) =>
    [
        .. opened.Referrals.Where(referral => referral.Content.ChildWishes is not null)
            .Select(referral => new WishShown(referral.ReportedAt, referral.Content.ChildWishes)),
        .. file.Wishes.Select(wish => new WishShown(wish.At, personal.Open(wish.Words).ValueOrDefault)),
    ];
}

/// <summary>Which parts of a file one reader gets.</summary>
internal sealed class FileBody(ChildFile file, Sight sight, string role)
{
    /// <summary>For this caller as it stands to the child now; recorded as seen only by who shows something of it.</summary>
    public static FileBody Of(ChildFile file, AccessGate gate, Caller caller) => new(file, gate.SightOf(file.Id, DataGroup.File), caller.Role);

    public bool SeesAll => sight is Sight.Full or Sight.UntilInterview;

    /// <summary>Who receives the child only gets the structured needs: the text beside them may tell what happened.</summary>
    public NeedsShown Needs(NeedsContent needs) => new(needs.Structured, SeesAll ? needs.Text : null);

    /// <summary>What is to be done follows from what is written: with any part hidden, so are the tasks.</summary>
    public bool HidesTasks => FileParts.All.Any(Hides);

    /// <summary>Whether a task of this kind gives away nothing of a part that is kept back.</summary>
    public bool Tells(string task) => !FileTasks.FollowsFrom(task).Any(KeepsBack);

    /// <summary>The part is kept back from this reader, for either kind of restriction; and with it what follows from it.</summary>
    public bool KeepsBack(string part) => Hides(part) || file.RestrictionOf(part) == RestrictionKinds.Processing;

    /// <summary>A part that is a list.</summary>
    public Either<IReadOnlyList<T>, RestrictedPart>? Part<T>(string part, IEnumerable<T> value) => Part<IReadOnlyList<T>>(part, [.. value]);

    /// <summary>A part that can be restricted.</summary>
    /// <param name="forNeeds">Also for those who receive the child and see nothing of what happened; identity has a cell of its own in the matrix.</param>
    public Either<T, RestrictedPart>? Part<T>(string part, T? value, bool forNeeds = false)
        where T : class
    {
        if (!SeesAll && !forNeeds && part != FileParts.Identity)
        {
            return null;
        }

        // AVG art. 18: it is kept and not used, and whoever works with the file must know that.
        return Hides(part) ? null
            : KeepsBack(part) ? new Either<T, RestrictedPart>(RestrictedPart.Processing)
            : value is null ? null : new Either<T, RestrictedPart>(value);
    }

    /// <summary>
    /// The part is kept from this interviewer until the interview was held: it is absent, and nothing beside it says that there is something. So is
    /// what follows from it: a task to ask for a special guardian says that a parent is suspected.
    /// </summary>
    public bool Hides(string part) =>
        sight == Sight.UntilInterview && role == Roles.Interviewer && file.InterviewedAt is null
        && file.RestrictionOf(part) == RestrictionKinds.UntilInterviewed;
}
