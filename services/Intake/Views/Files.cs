using System.Collections.Concurrent;
using Barnahus.Intake.Children;
using Barnahus.Intake.Matching;
using Barnahus.Platform.Views;

namespace Barnahus.Intake.Views;

/// <summary>A file with the revision it was read at.</summary>
/// <param name="HandoverFrom">Day from which the handover at 18 must be arranged: kept open, as age is, because a timer compares it.</param>
/// <param name="HandoverRaised">Its task arose: kept open likewise.</param>
public sealed record FileRow(ChildFile State, long Revision, DateOnly? HandoverFrom, bool HandoverRaised);

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
        Fold<ChildWordingKept>();
    }

    public FileRow? Find(Guid childId) => _rows.GetValueOrDefault(childId);

    public IEnumerable<FileRow> Unordered => _rows.Values;

    /// <summary>Oldest first; ids decide between equal times, so pages are stable.</summary>
    public IEnumerable<FileRow> All => _rows.Values.OrderBy(row => row.State.OpenedAt).ThenBy(row => row.State.Id);

    private void Fold<TEvent>(bool identityMayChange = false)
        where TEvent : ChildEvent => On<TEvent>((e, envelope) =>
        {
            var before = Find(e.ChildId);
            var state = ChildFile.Evolve(before?.State ?? ChildFile.Initial, e);
            var raised = before?.HandoverRaised == true || (e is TaskArisen arisen && _opener.IsOf(arisen, TaskKinds.Handover));
            _rows[e.ChildId] = new(state, envelope.Revision, identityMayChange ? Index(e.ChildId, state) : before?.HandoverFrom, raised);
        });

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
