using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Children;

/// <summary>As help was handed over before the organisation was sealed.</summary>
[EventType("intake.child-handed-over.v1", Retired = true)]
public sealed record ChildHandedOverV1(
    DateTimeOffset At, string To, [property: Personal(Regime.Police)] Personal<string> Arrangement) : ChildEvent;

/// <summary>As words were kept before they were sealed.</summary>
[EventType("intake.child-wording-kept.v1", Retired = true)]
public sealed record ChildWordingKeptV1(IReadOnlyList<string> Terms) : ChildEvent;

/// <summary>As tasks arose before their kind was sealed.</summary>
[EventType("intake.child-task-arisen.v1", Retired = true)]
public sealed record TaskArisenV1(
    DateTimeOffset At, string Kind, [property: Personal(Regime.Police)] Personal<DateOnly>? DueOn) : ChildEvent;

/// <summary>As tasks were done before their kind was sealed.</summary>
[EventType("intake.child-task-done.v1", Retired = true)]
public sealed record TaskDoneV1(DateTimeOffset At, string Kind, [property: Personal(Regime.Police)] Personal<string>? Note) : ChildEvent;

/// <summary>As a safety coordinator was named before anybody said why.</summary>
[EventType("intake.child-safety-coordinator-named.v1", Retired = true)]
public sealed record SafetyCoordinatorNamedV1(DateTimeOffset At, Guid AccountId) : ChildEvent;

/// <summary>What stood in clear is personal from here on; what was written stays as it was.</summary>
internal sealed class ChildUpcaster
    : IUpcaster<ChildHandedOverV1, ChildHandedOver>, IUpcaster<ChildWordingKeptV1, ChildWordingKept>,
      IUpcaster<TaskArisenV1, TaskArisen>, IUpcaster<TaskDoneV1, TaskDone>, IUpcaster<SafetyCoordinatorNamedV1, SafetyCoordinatorNamed>
{
    public SafetyCoordinatorNamed Upcast(SafetyCoordinatorNamedV1 old) => new(old.At, old.AccountId, null) { ChildId = old.ChildId, Facts = old.Facts };

    public TaskArisen Upcast(TaskArisenV1 old) => new(old.At, Personal.Of(old.Kind), old.DueOn) { ChildId = old.ChildId, Facts = old.Facts };

    public TaskDone Upcast(TaskDoneV1 old) => new(old.At, Personal.Of(old.Kind), old.Note) { ChildId = old.ChildId, Facts = old.Facts };

    public ChildHandedOver Upcast(ChildHandedOverV1 old) => new(old.At, Personal.Of(old.To), old.Arrangement) { ChildId = old.ChildId, Facts = old.Facts };

    public ChildWordingKept Upcast(ChildWordingKeptV1 old) => new(Personal.Of(old.Terms)) { ChildId = old.ChildId, Facts = old.Facts };
}
