using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Interviews;

/// <summary>Turnaround said that a child is in a case beside its own.</summary>
[EventType("interviews.case-learned.v1")]
public sealed record CaseLearned(Guid CaseId, Guid ChildId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>A child is in a case.</summary>
public sealed record LearnCase(Guid CaseId, Guid ChildId);

/// <summary>The children of a case beside their own, each learned once.</summary>
public static class CaseChildren
{
    public static readonly Decider<LearnCase, ImmutableHashSet<Guid>> Decider = new([], Decide, Evolve);

    public static string StreamOf(Guid caseId) => $"interviews.case-{caseId:D}";

    private static Decision Decide(LearnCase command, ImmutableHashSet<Guid> children) =>
        children.Contains(command.ChildId) ? Decision.Nothing : Decision.Accept(new CaseLearned(command.CaseId, command.ChildId));

    private static ImmutableHashSet<Guid> Evolve(ImmutableHashSet<Guid> children, IEvent happened) => children.Add(((CaseLearned)happened).ChildId);
}
