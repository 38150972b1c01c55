using System.Collections.Concurrent;
using System.Collections.Immutable;
using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Views;

namespace Barnahus.Interviews.Views;

/// <summary>
/// Which children are part of a case, as far as this service knows: each child of its own case from the moment its file is known, and of every other
/// case from the moment Turnaround tells of it, or that an interview of it was asked for.
/// </summary>
public sealed class ChildrenByCase : View
{
    private readonly ConcurrentDictionary<Guid, ImmutableHashSet<Guid>> _children = new();

    public ChildrenByCase()
    {
        On<ChildLearned>(e => Add(OwnOf(e.ChildId), e.ChildId));
        On<CaseLearned>(e => Add(e.CaseId, e.ChildId));
        On<InterviewRequested>(e => AddAll(e.Request, e.ChildId));
        On<InterviewCarriedOver>(e => AddAll(e.Interview.Request, e.ChildId));
    }

    /// <summary>The case that Turnaround opens by itself for a child: its id follows from the child's.</summary>
    public static Guid OwnOf(Guid childId) => DerivedId.From(childId, "case");

    /// <summary>None for a case that nobody named yet.</summary>
    public IReadOnlyCollection<Guid> Of(Guid caseId) => _children.GetValueOrDefault(caseId) ?? [];

    private void AddAll(InterviewRequest request, Guid childId)
    {
        foreach (var caseId in request.CaseIds)
        {
            Add(caseId, childId);
        }
    }

    private void Add(Guid caseId, Guid childId) => _children[caseId] = (_children.GetValueOrDefault(caseId) ?? []).Add(childId);
}
