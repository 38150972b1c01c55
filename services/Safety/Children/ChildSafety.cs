using System.Collections.Immutable;
using Barnahus.Platform.EventLog;
using Barnahus.Safety.Files;
using Barnahus.Safety.Measures;
using Barnahus.Safety.Risk;
using Barnahus.Safety.Surroundings;
using Barnahus.Safety.Willingness;

namespace Barnahus.Safety.Children;

/// <summary>Everything that protects one child: folded from its stream, personal fields sealed.</summary>
public sealed record ChildSafety
{
    public static readonly ChildSafety Initial = new();

    /// <summary>What Intake told of the file; null until the first message came.</summary>
    public LearnedFile? File { get; init; }

    /// <summary>Whom the child was handed over to here, before Intake alone named coordinators; null once Intake named another.</summary>
    public Guid? HandedOverTo { get; init; }

    /// <summary>Account of the safety coordinator, whom Intake names.</summary>
    public Guid? CoordinatorId => HandedOverTo ?? File?.CoordinatorId;

    /// <summary>Files that were merged into this one and whose open matters it took over.</summary>
    public ImmutableSortedSet<Guid> TakenOver { get; init; } = [];

    /// <summary>Risk assessments, oldest first.</summary>
    public ImmutableList<RiskAssessment> Assessments { get; init; } = [];

    /// <summary>Versions of the safety plan, oldest first.</summary>
    public ImmutableList<SafetyPlan> Plans { get; init; } = [];

    public ImmutableSortedDictionary<Guid, Reassessment> Reassessments { get; init; } = ImmutableSortedDictionary<Guid, Reassessment>.Empty;

    public ImmutableSortedDictionary<Guid, Measure> Measures { get; init; } = ImmutableSortedDictionary<Guid, Measure>.Empty;

    public ImmutableSortedDictionary<Guid, Alarm> Alarms { get; init; } = ImmutableSortedDictionary<Guid, Alarm>.Empty;

    /// <summary>Incidents, in the order in which they were recorded.</summary>
    public ImmutableList<Incident> Incidents { get; init; } = [];

    /// <summary>Where the child stays: the last one recorded. The most secret fact in the system.</summary>
    public Whereabouts? Whereabouts { get; init; }

    /// <summary>The contact map: who may and may not be told what.</summary>
    public ImmutableSortedDictionary<Guid, Contact> Contacts { get; init; } = ImmutableSortedDictionary<Guid, Contact>.Empty;

    public ReportRoute? ReportRoute { get; init; }

    /// <summary>Records of the willingness to report, oldest first.</summary>
    public ImmutableList<WillingnessRecord> Willingness { get; init; } = [];

    /// <summary>The file that now holds this child; commands belong there.</summary>
    public Guid? MergedInto => File?.MergedInto;

    public static string Stream(Guid childId) => $"safety.child-{childId:D}";

    /// <exception cref="InvalidOperationException">The event is not one of this stream.</exception>
    public static ChildSafety Evolve(ChildSafety state, IEvent @event) => @event switch
    {
        FileEvent e => FileEvolution.Evolve(state, e),
        RiskEvent e => RiskEvolution.Evolve(state, e),
        MeasureEvent e => MeasureEvolution.Evolve(state, e),
        SurroundingsEvent e => SurroundingsEvolution.Evolve(state, e),
        WillingnessRecorded e => state with { Willingness = state.Willingness.Add(new(e.RecordId, e.RecordedAt, e.ReflectionUntil, e.Content)) },
        _ => throw new InvalidOperationException($"The stream of a child's safety knows no {@event.GetType().Name}."),
    };
}
