using System.Collections.Concurrent;
using Barnahus.Intake.Features;
using Barnahus.Platform.Access;
using Barnahus.Platform.Views;

namespace Barnahus.Intake.Views;

/// <summary>Grants that a prosecutor asked for and nobody decided on yet.</summary>
public sealed class ProposalsView : View
{
    private readonly ConcurrentDictionary<Guid, GrantSight.Proposal> _open = new();

    public ProposalsView()
    {
        // Said once more in the file that goes on after a merge: it was asked when it was asked first.
        On<GrantProposed>((e, envelope) => _open[e.GrantId] = new(
            e.GrantId, e.ChildId, e.AccountId, e.ProposedBy, e.Group, _open.GetValueOrDefault(e.GrantId)?.ProposedAt ?? envelope.OccurredAt, e.Until));
        On<GrantGiven>(e => _open.TryRemove(e.GrantId, out _));
        On<GrantWithdrawn>(e => _open.TryRemove(e.GrantId, out _));
    }

    public Guid? ChildOf(Guid grantId) => _open.GetValueOrDefault(grantId)?.ChildId;

    /// <summary>What can still be decided at a moment of domain time, oldest first.</summary>
    public IEnumerable<GrantSight.Proposal> Open(DateTimeOffset now) =>
        _open.Values.Where(one => now < one.Until).OrderBy(one => one.ProposedAt).ThenBy(one => one.GrantId);
}
