namespace Barnahus.Contracts;

/// <summary>Turnaround: a child is in a criminal case beside its own, which everybody knows: its id follows from the child's.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="CaseId">The case, of several children or a further one of this child.</param>
/// <param name="ChildId">The child.</param>
[TakenBy("interviews")]
public sealed record ChildInCase(Source Source, Guid CaseId, Guid ChildId);
