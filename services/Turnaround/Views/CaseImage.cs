using System.Collections.Immutable;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Cases;

namespace Barnahus.Turnaround.Views;

/// <summary>A case as a reader sees it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Notes">Who decided what, and why.</param>
public sealed record CaseImage(Case Case, long Revision, ImmutableList<CaseNote> Notes)
{
    public static CaseImage Initial { get; } = new(Case.Initial, -1, []);
}

/// <param name="Kind"><c>correction | suspension | resumption | extension | target</c>.</param>
/// <param name="ClockId">The clock it was about; null for a milestone.</param>
/// <param name="ChildId">Under whose key the reason is sealed: a decision about the whole case is noted once per child.</param>
/// <param name="At">When it was decided.</param>
/// <param name="AccountId">By whom.</param>
/// <param name="Role">In which role.</param>
/// <param name="Why">The reason or plan, sealed.</param>
public sealed record CaseNote(string Kind, Guid? ClockId, Guid ChildId, DateTimeOffset At, Guid? AccountId, string Role, Personal<string>? Why);
