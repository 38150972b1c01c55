using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Children;

/// <summary>A parent, guardian, lawyer or other representative was recorded, or what is known of them changed.</summary>
[EventType("intake.child-representative-recorded.v1")]
public sealed record RepresentativeRecorded(
    DateTimeOffset At, Guid PersonId, [property: Personal(Regime.Police)] Personal<Representative> Representative) : ChildEvent;

/// <summary>A representative was told something.</summary>
/// <param name="Means">How: <c>talk</c>, <c>phone</c>, <c>letter</c>, <c>portal</c>.</param>
[EventType("intake.child-representative-informed.v1")]
public sealed record RepresentativeInformed(
    DateTimeOffset At, Guid PersonId, string Means, [property: Personal(Regime.Police)] Personal<string> What) : ChildEvent;

/// <summary>A person's part in what happened. Of a suspect only the reference stands here; the rest has a stream of its own (Wpg art. 6b).</summary>
[EventType("intake.child-involvement-recorded.v1")]
public sealed record InvolvementRecorded(
    DateTimeOffset At, Guid InvolvementId, [property: Personal(Regime.Police)] Personal<Involvement> Involvement) : ChildEvent;

/// <summary>What the child needs, as rules read it and as people say it.</summary>
[EventType("intake.child-needs-recorded.v1")]
public sealed record NeedsRecorded(DateTimeOffset At, [property: Personal(Regime.Police)] Personal<NeedsContent> Needs) : ChildEvent;

/// <summary>What the child wishes, in the child's own words.</summary>
[EventType("intake.child-wishes-recorded.v1")]
public sealed record WishesRecorded(DateTimeOffset At, [property: Personal(Regime.Police)] Personal<string> Words) : ChildEvent;

/// <summary>The individual assessment (Besluit slachtoffers art. 10), a new version.</summary>
[EventType("intake.child-individual-assessment-made.v1")]
public sealed record AssessmentMade(
    DateTimeOffset At, int Version, [property: Personal(Regime.Police)] Personal<IndividualAssessment> Assessment) : ChildEvent;

/// <summary>Another safety coordinator looks after the child from now on.</summary>
/// <param name="AccountId">Account of the coordinator.</param>
/// <param name="Reason">Why; null when nobody said.</param>
[EventType("intake.child-safety-coordinator-named.v2")]
public sealed record SafetyCoordinatorNamed(
    DateTimeOffset At, Guid AccountId, [property: Personal(Regime.Police)] Personal<string>? Reason) : ChildEvent;

/// <summary>Somebody has to do something.</summary>
/// <param name="Kind">
/// One of <see cref="TaskKinds"/>; a file has at most one open task of a kind. Sealed: asking for a special guardian says that a parent is suspected.
/// </param>
/// <param name="DueOn">Day before which, when there is one; sealed, as it may tell a birthday.</param>
[EventType("intake.child-task-arisen.v2")]
public sealed record TaskArisen(
    DateTimeOffset At,
    [property: Personal(Regime.Police)] Personal<string> Kind,
    [property: Personal(Regime.Police)] Personal<DateOnly>? DueOn) : ChildEvent;

/// <summary>A task was done, by a person or because what it asked for is now so.</summary>
/// <param name="Kind">One of <see cref="TaskKinds"/>.</param>
/// <param name="Note">How it was done.</param>
[EventType("intake.child-task-done.v2")]
public sealed record TaskDone(
    DateTimeOffset At,
    [property: Personal(Regime.Police)] Personal<string> Kind,
    [property: Personal(Regime.Police)] Personal<string>? Note) : ChildEvent;

/// <summary>A task is no longer called for: what it followed from was set right or left the file. Were it called for again, it arises again.</summary>
/// <param name="Kind">One of <see cref="TaskKinds"/>; sealed like the kind of what arose.</param>
[EventType("intake.child-task-withdrawn.v1")]
public sealed record TaskWithdrawn(DateTimeOffset At, [property: Personal(Regime.Police)] Personal<string> Kind) : ChildEvent;

/// <summary>An officer kept words that the terminology list warns against.</summary>
/// <param name="Terms">Which: sealed, as they say what was written of the child.</param>
[EventType("intake.child-wording-kept.v2")]
public sealed record ChildWordingKept([property: Personal(Regime.Police)] Personal<IReadOnlyList<string>> Terms) : ChildEvent;
