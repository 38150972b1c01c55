using System.Collections.Concurrent;
using Barnahus.Intake.Children;
using Barnahus.Intake.Matching;
using Barnahus.Platform.Views;

namespace Barnahus.Intake.Views;

/// <summary>A file with the revision it was read at.</summary>
/// <param name="HandoverFrom">Day from which the handover at 18 must be arranged: kept open, as age is, because a timer compares it.</param>
/// <param name="HandoverRaised">Such a day for which its task arose and was not withdrawn; null: for none. Kept open likewise.</param>
public sealed record FileRow(ChildFile State, long Revision, DateOnly? HandoverFrom, DateOnly? HandoverRaised);

/// <summary>All child files, by id; personal fields sealed. Keeps the match index up to date as it folds.</summary>
public sealed class FilesView : View
{
    private readonly ConcurrentDictionary<Guid, FileRow> _rows = new();
    private readonly FileOpener _opener;
    private readonly MatchIndex _index;

    public FilesView(FileOpener opener, MatchIndex index)
    {
        _opener = opener;
        _index = index;
        Fold<FileOpened>(identityMayChange: true);
        Fold<ReferralJoined>(identityMayChange: true);
        Fold<ReferralTakenOut>(identityMayChange: true);
        Fold<IdentityCompleted>(identityMayChange: true);
        Fold<IdentityCorrected>(identityMayChange: true);
        Fold<FileMerged>(identityMayChange: true);
        Fold<ReferralCorrected>();
        Fold<PartRestricted>();
        Fold<RestrictionLifted>();
        Fold<ChildInterviewed>();
        Fold<FileClosed>();
        Fold<FileReopened>();
        Fold<ChildHandedOver>();
        Fold<MergePrepared>();
        Fold<MergeAbandoned>();
        Fold<MergeDeclined>();
        Fold<FileAbsorbed>();
        Fold<RepresentativeRecorded>();
        Fold<RepresentativeInformed>();
        Fold<InvolvementRecorded>();
        Fold<NeedsRecorded>();
        Fold<WishesRecorded>();
        Fold<AssessmentMade>();
        Fold<SafetyCoordinatorNamed>();
        Fold<TaskArisen>();
        Fold<TaskDone>();
        Fold<TaskWithdrawn>();
        Fold<ChildWordingKept>();
    }

    public FileRow? Find(Guid childId) => _rows.GetValueOrDefault(childId);

    public IEnumerable<FileRow> Unordered => _rows.Values;

    /// <summary>Oldest first; ids decide between equal times, so pages are stable.</summary>
    public IEnumerable<FileRow> All => _rows.Values.OrderBy(row => row.State.OpenedAt).ThenBy(row => row.State.Id);

    private void Fold<TEvent>(bool identityMayChange = false)
        where TEvent : ChildEvent => OnLogged<TEvent>((e, logged) =>
        {
            var before = Find(e.ChildId);
            var state = ChildFile.Evolve(before?.State ?? ChildFile.Initial, e);
            _rows[e.ChildId] = new(state, logged.Revision, identityMayChange ? Index(e.ChildId, state) : before?.HandoverFrom, Raised(e, before?.HandoverRaised));
        });

    private DateOnly? Raised(ChildEvent happened, DateOnly? before) => happened switch
    {
        TaskArisen arisen when _opener.IsOf(arisen.Kind, TaskKinds.Handover) => _opener.Day(arisen.DueOn) is { } day ? FileTasks.HandoverFrom(day) : null,
        TaskWithdrawn withdrawn when _opener.IsOf(withdrawn.Kind, TaskKinds.Handover) => null,
        _ => before,
    };

    /// <summary>What was destroyed or merged away can no longer be found.</summary>
    private DateOnly? Index(Guid childId, ChildFile state)
    {
        if (state.Status == FileStatus.Merged || _opener.Open(state) is not { } opened)
        {
            _index.Remove(childId);
            return null;
        }

        _index.Put(childId, opened);
        return FileTasks.HandoverFrom(opened.Identity());
    }
}
