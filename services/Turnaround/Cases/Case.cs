using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Clocks;

namespace Barnahus.Turnaround.Cases;

/// <summary>One criminal case with its clocks.</summary>
public sealed record Case
{
    public static Case Initial { get; } = new();

    /// <summary>Null while nothing is known.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>Opened for children, by a person or by a child's file; until then it only remembers what it learned.</summary>
    public bool IsOpen => Children.Count > 0;

    /// <summary>The child that this is the own case of.</summary>
    public Guid? OwnChild { get; init; }

    public string Region { get; init; } = "";

    public DateTimeOffset? ReportedAt { get; init; }

    public ImmutableList<Guid> Children { get; init; } = [];

    public ImmutableSortedDictionary<string, DateTimeOffset> Milestones { get; init; } =
        ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>The last that was learned of the child's file.</summary>
    public ChildFileLearned? File { get; init; }

    /// <summary>The last that was learned from each stream of Interviews.</summary>
    public ImmutableSortedDictionary<string, InterviewsLearned> Interviews { get; init; } =
        ImmutableSortedDictionary.Create<string, InterviewsLearned>(StringComparer.Ordinal);

    /// <summary>When the child was examined, by the stream that told it; opened by <see cref="CaseOpener"/> for one decision, else none.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Examined { get; init; } =
        ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>Its clocks as the log has them.</summary>
    public ImmutableDictionary<Guid, ClockTrail> Trails { get; init; } = ImmutableDictionary<Guid, ClockTrail>.Empty;

    /// <summary>The same, opened by <see cref="CaseOpener"/> for one decision or one read; else none.</summary>
    public ImmutableDictionary<Guid, Clock> Clocks { get; init; } = ImmutableDictionary<Guid, Clock>.Empty;

    /// <summary>Numbers at police and prosecution, under each child's own key.</summary>
    public ImmutableDictionary<Guid, Personal<CaseNumbers>> Numbers { get; init; } = ImmutableDictionary<Guid, Personal<CaseNumbers>>.Empty;

    /// <summary>The case that goes on with this one.</summary>
    public CaseMerged? Merged { get; init; }

    /// <summary>Cases this one goes on with.</summary>
    public ImmutableDictionary<Guid, CaseTakenOver> TakenOver { get; init; } = ImmutableDictionary<Guid, CaseTakenOver>.Empty;

    public static string Stream(Guid caseId) => $"turnaround.case-{caseId:D}";

    /// <summary>Id of a clock of a case, by its name in the norms.</summary>
    public static Guid ClockId(Guid caseId, string clock) => DerivedId.From(caseId, $"clock/{clock}");

    /// <summary>Name of a clock in its case: one for each interview where it is about an interview.</summary>
    public static string NameOf(string clock, Guid? interviewId) => interviewId is { } about ? $"{clock}/{about:D}" : clock;

    /// <summary>The case that is opened by itself for a child.</summary>
    public static Guid OwnOf(Guid childId) => DerivedId.From(childId, "case");

    /// <summary>When a milestone was reached; what was recorded here counts over what was taken over.</summary>
    public DateTimeOffset? MilestoneAt(string milestone) =>
        Milestones.TryGetValue(milestone, out var here)
            ? here
            : TakenOver.Values
                .Select(taken => taken.Milestones.TryGetValue(milestone, out var there) ? there : (DateTimeOffset?)null)
                .Aggregate((DateTimeOffset?)null, Earliest);

    /// <summary>All milestones that were reached, recorded here or taken over.</summary>
    public IEnumerable<(string Milestone, DateTimeOffset At)> Reached() =>
        from milestone in Milestone.All.Keys
        let at = MilestoneAt(milestone)
        where at is not null
        select (milestone, at.Value);

    public static Case Evolve(Case state, IEvent happened) => happened switch
    {
        CaseOpened e => state with
        {
            CaseId = e.CaseId,
            OwnChild = e.OwnOfChild ? e.ChildId : state.OwnChild,
            Region = e.Region,
            ReportedAt = Earliest(state.ReportedAt, e.ReportedAt),
            Children = state.Children.Contains(e.ChildId) ? state.Children : state.Children.Add(e.ChildId),
        },
        ChildFileLearned e => state with { CaseId = e.CaseId, File = e, Region = e.Region, ReportedAt = Reported(e, state.TakenOver.Values) },
        InterviewsLearned e => state with { CaseId = e.CaseId, Interviews = state.Interviews.SetItem(e.SourceStream, e) },
        CaseNumbered e => state with { Numbers = state.Numbers.SetItem(e.ChildId, e.Numbers) },
        MilestoneReached e => state with { Milestones = state.Milestones.SetItem(e.Milestone, e.At) },
        CaseMerged e => state with { Merged = e },
        CaseTakenOver e => TakeOver(state, e),
        ICaseEvent e => state with { Trails = CaseClocks.Evolve(state, e) },
        _ => throw new InvalidOperationException($"A case does not know {happened.GetType().Name}."),
    };

    internal static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is { } first && other is { } second ? (first < second ? first : second) : one ?? other;

    private static DateTimeOffset? Reported(ChildFileLearned? file, IEnumerable<CaseTakenOver> takenOver) =>
        takenOver.Select(e => e.ReportedAt).Aggregate(file?.ReportedAt, Earliest);

    private static Case TakeOver(Case state, CaseTakenOver e)
    {
        var takenOver = state.TakenOver.SetItem(e.FromCaseId, e);
        return state with
        {
            CaseId = e.CaseId,
            TakenOver = takenOver,
            ReportedAt = Reported(state.File, takenOver.Values),
            Numbers = e.Numbers is null || state.Numbers.ContainsKey(e.ChildId) ? state.Numbers : state.Numbers.SetItem(e.ChildId, e.Numbers),
            Trails = CaseClocks.Inherit(
                e.CaseId, state.Trails, takenOver.Values, CaseClocks.AlertedAnew(e, state.TakenOver.GetValueOrDefault(e.FromCaseId))),
        };
    }
}
