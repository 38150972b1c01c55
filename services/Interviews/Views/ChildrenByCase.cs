using System.Collections.Concurrent;
using System.Collections.Immutable;
using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Views;

namespace Barnahus.Interviews.Views;

/// <summary>
/// Which children are part of a case, as far as this service knows: each child of its own case from the moment its file is known, and of every other
/// case from the moment Turnaround tells of it, or that an interview of it was asked for. And which ids are one child's, after merges of its files.
/// </summary>
public sealed class ChildrenByCase : View
{
    private readonly ConcurrentDictionary<Guid, ImmutableHashSet<Guid>> _children = new();
    private readonly ConcurrentDictionary<Guid, ImmutableSortedSet<Guid>> _cases = new();
    private readonly ConcurrentDictionary<Guid, ImmutableSortedSet<Guid>> _merged = new();

    public ChildrenByCase()
    {
        On<ChildLearned>(e =>
        {
            Add(OwnOf(e.ChildId), e.ChildId);
            if (e is { Status: "merged", MergedInto: { } into })
            {
                Merge(e.ChildId, into);
            }
        });
        On<CaseLearned>(e => Add(e.CaseId, e.ChildId));
        On<InterviewRequested>(e => AddAll(e.Request, e.ChildId));
        On<InterviewCarriedOver>(e => AddAll(e.Interview.Request, e.ChildId));
    }

    /// <summary>The case that Turnaround opens by itself for a child: its id follows from the child's.</summary>
    public static Guid OwnOf(Guid childId) => DerivedId.From(childId, "case");

    /// <summary>None for a case that nobody named yet.</summary>
    public IReadOnlyCollection<Guid> Of(Guid caseId) => _children.GetValueOrDefault(caseId) ?? [];

    /// <summary>The cases that the child is part of, under whatever id.</summary>
    public IEnumerable<Guid> CasesOf(Guid childId) => IdsOf(childId).SelectMany(id => _cases.GetValueOrDefault(id) ?? []);

    /// <summary>Whether the child is part of a case, under whatever id.</summary>
    public bool IsPart(Guid childId, Guid caseId) => Of(caseId).Intersect(IdsOf(childId)).Any();

    /// <summary>
    /// The same cases, and beside the own case of a child those under its other ids: before a merge and after it people name different ones, and mean one child.
    /// </summary>
    public IReadOnlyList<Guid> UnderAllIds(IReadOnlyCollection<Guid> caseIds) =>
        [.. caseIds.Concat(caseIds.SelectMany(caseId => Of(caseId).Where(child => OwnOf(child) == caseId)).SelectMany(IdsOf).Select(OwnOf)).Distinct()];

    /// <summary>The same cases and, under all their ids, the own cases of all their children: who is suspected in one of them meets none of those.</summary>
    public IReadOnlyList<Guid> WithOwnOfAllChildren(IReadOnlyCollection<Guid> caseIds) =>
        [.. caseIds.Concat(caseIds.SelectMany(Of).SelectMany(IdsOf).Select(OwnOf)).Distinct()];

    private ImmutableSortedSet<Guid> IdsOf(Guid childId) => _merged.GetValueOrDefault(childId) ?? [childId];

    private void Merge(Guid one, Guid other)
    {
        var ids = IdsOf(one).Union(IdsOf(other));
        foreach (var id in ids)
        {
            _merged[id] = ids;
        }
    }

    private void AddAll(InterviewRequest request, Guid childId)
    {
        foreach (var caseId in request.CaseIds)
        {
            Add(caseId, childId);
        }
    }

    private void Add(Guid caseId, Guid childId)
    {
        _children[caseId] = (_children.GetValueOrDefault(caseId) ?? []).Add(childId);
        _cases[childId] = (_cases.GetValueOrDefault(childId) ?? []).Add(caseId);
    }
}
