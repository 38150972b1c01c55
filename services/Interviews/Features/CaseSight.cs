using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;

namespace Barnahus.Interviews.Features;

/// <summary>
/// Who may name a case: who looks whether a suspect or another child of it is in the building learns when its children are there. So only who is on
/// the team of a child of the case, and in conflict of interest with none of them. To anybody else there is no such case.
/// </summary>
public sealed class CaseSight(Caller caller, AccessGate gate, ChildAccess access, ChildrenByCase cases)
{
    /// <summary>The children whose team the caller is on are admitted: a rule that refuses tells something of them.</summary>
    /// <param name="caseIds">The cases that are named.</param>
    /// <param name="begins">A case that nobody named yet begins with this child, whose team the caller is on; null: there is no such case.</param>
    /// <exception cref="UnknownException">One of them is not the caller's to name, or there is no such case.</exception>
    public void Require(IReadOnlyCollection<Guid> caseIds, Guid? begins = null)
    {
        gate.RequireFresh();
        var own = caseIds.Select(caseId => OwnAmong(cases.Of(caseId) is { Count: > 0 } known ? known : begins is { } child ? [child] : [])).ToList();
        if (own.Exists(children => children.Count == 0))
        {
            throw new UnknownException();
        }

        foreach (var child in own.SelectMany(children => children).Distinct())
        {
            gate.RequireMember(child);
        }
    }

    private List<Guid> OwnAmong(IReadOnlyCollection<Guid> children) =>
        children.Any(child => access.Conflicts(child).Contains(caller.AccountId!.Value)) ? [] : [.. children.Where(gate.IsMember)];
}
