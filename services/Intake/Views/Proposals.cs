using System.Collections.Concurrent;
using Barnahus.Intake.Features;
using Barnahus.Platform.Access;
using Barnahus.Platform.Views;

namespace Barnahus.Intake.Views;

/// <summary>What takes an administrator's yes: grants that a prosecutor asked for, and conflicts of auditors that the team named.</summary>
public sealed class ProposalsView : View
{
    private readonly ConcurrentDictionary<Guid, GrantSight.Proposal> _asked = new();
    private readonly ConcurrentDictionary<Guid, GrantSight.Proposal> _open = new();

    public ProposalsView()
    {
        // Said once more in the file that goes on after a merge: it was asked when it was asked first.
        On<GrantProposed>((e, envelope) => Ask(new(e.GrantId, e.ChildId, e.AccountId, e.ProposedBy, e.Group, AskedAt(e.GrantId) ?? envelope.OccurredAt, e.Until)));
        On<GrantGiven>(e => _open.TryRemove(e.GrantId, out _));
        On<GrantWithdrawn>(e => _open.TryRemove(e.GrantId, out _));
        On<ConflictProposed>((e, envelope) =>
            Ask(new(e.ProposalId, e.ChildId, e.AccountId, e.ProposedBy, null, AskedAt(e.ProposalId) ?? envelope.OccurredAt, null)));
        On<ConflictMarked>(e => Close(one => one.ChildId == e.ChildId && one.AccountId == e.AccountId));
        On<ConflictLifted>(e => Close(one => one.ChildId == e.ChildId && one.AccountId == e.AccountId));
        On<ChildMerged>(e => Close(one => one.ChildId == e.ChildId));
    }

    /// <summary>What was asked under this id, decided or not.</summary>
    public GrantSight.Proposal? Find(Guid grantId) => _asked.GetValueOrDefault(grantId);

    /// <summary>What can still be decided at a moment of domain time, oldest first.</summary>
    public IEnumerable<GrantSight.Proposal> Open(DateTimeOffset now) =>
        _open.Values.Where(one => one.Until is null || now < one.Until).OrderBy(one => one.ProposedAt).ThenBy(one => one.GrantId);

    private DateTimeOffset? AskedAt(Guid grantId) => Find(grantId)?.ProposedAt;

    private void Ask(GrantSight.Proposal proposal) => _asked[proposal.GrantId] = _open[proposal.GrantId] = proposal;

    /// <summary>A conflict goes by the account, not by an id.</summary>
    private void Close(Func<GrantSight.Proposal, bool> which)
    {
        foreach (var one in _open.Values.Where(one => one.Group is null && which(one)))
        {
            _open.TryRemove(one.GrantId, out _);
        }
    }
}
