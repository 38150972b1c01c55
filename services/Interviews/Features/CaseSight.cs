using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>
/// Who may name a case, or ask for a slot beside it: who looks whether a suspect or another child of it is in the building learns when its children are
/// there. So only who is on the team of a child of the case, and in conflict of interest with none of them. To anybody else there is no such case. (That a
/// suspect is expected beside a booking that stands is told to whoever sees it: <see cref="BookingReview"/>.)
/// </summary>
public sealed class CaseSight(Caller caller, AccessGate gate, ChildAccess access, ChildrenByCase cases)
{
    /// <summary>For a suspect's visit: of each case the caller is on the team of a child.</summary>
    /// <param name="caseIds">The cases that are named.</param>
    /// <returns>Keys of the cases in the agenda.</returns>
    /// <exception cref="UnknownException">One of them is not the caller's to name, or there is no such case.</exception>
    public IReadOnlyList<string> RequireForVisit(IReadOnlyCollection<Guid> caseIds) =>
        [.. cases.WithOwnOfAllChildren(Require(caseIds, caseId => cases.Of(caseId).Any(gate.IsMember))).Select(AgendaDay.KeyOf)];

    /// <summary>
    /// For a request about a child whose team the caller is on: a case that nobody named yet begins with this child, and of one that is known it is a
    /// part already. Only Turnaround brings another child into a case: else whoever is on one team could put it beside the children of another.
    /// </summary>
    /// <exception cref="UnknownException">It is not.</exception>
    public void RequireForRequest(Guid childId, IReadOnlyCollection<Guid> caseIds) =>
        Require(caseIds, caseId => cases.Of(caseId).Count == 0 || cases.IsPart(childId, caseId));

    /// <summary>
    /// For a slot of a child whose team the caller is on; of the others' team it need not be, or there would be no joint case. Every case the child is
    /// part of is one of them, named or not: whoever is suspected in it does not meet the child.
    /// </summary>
    /// <inheritdoc cref="RequireForVisit"/>
    public IReadOnlyList<string> RequireForSlot(Guid childId, IReadOnlyCollection<Guid> caseIds) =>
        [.. cases.UnderAllIds(Require([.. caseIds.Union([ChildrenByCase.OwnOf(childId), .. cases.CasesOf(childId)])], _ => true)).Select(AgendaDay.KeyOf)];

    /// <summary>All children of the cases are admitted, of whose team the caller is or not: what is answered tells something of each.</summary>
    private IReadOnlyCollection<Guid> Require(IReadOnlyCollection<Guid> caseIds, Func<Guid, bool> isOfTheCallers)
    {
        gate.RequireFresh();
        var children = new HashSet<Guid>();
        foreach (var caseId in caseIds)
        {
            if (!isOfTheCallers(caseId) || cases.Of(caseId).Any(IsInConflict))
            {
                throw new UnknownException();
            }

            children.UnionWith(cases.Of(caseId));
        }

        foreach (var child in children)
        {
            caller.Admit(SubjectId.Child(child));
        }

        return caseIds;
    }

    private bool IsInConflict(Guid child) => caller.AccountId is { } account && access.Conflicts(child).Contains(account);
}
