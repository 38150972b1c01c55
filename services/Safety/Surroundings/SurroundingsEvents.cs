using System.Text.Json.Serialization;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Safety.Surroundings;

/// <summary>What happened around the child: incidents, where it stays, who may know what, whom to call.</summary>
public abstract record SurroundingsEvent(Guid ChildId) : IEvent
{
    [JsonIgnore]
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>Something happened that touches safety.</summary>
[EventType("safety.incident-recorded.v1")]
public sealed record IncidentRecorded(
    Guid ChildId, Guid IncidentId, DateTimeOffset RecordedAt, [property: Personal(Regime.Care)] Personal<IncidentContent> Content) : SurroundingsEvent(ChildId);

/// <summary>Where the child stays. The most secret fact in the system.</summary>
/// <param name="Since">From when it stays there.</param>
[EventType("safety.whereabouts-recorded.v1")]
public sealed record WhereaboutsRecorded(
    Guid ChildId,
    Guid RecordId,
    DateTimeOffset Since,
    DateTimeOffset RecordedAt,
    [property: Personal(Regime.Care)] Personal<WhereaboutsContent> Content) : SurroundingsEvent(ChildId);

/// <summary>Somebody's place on the contact map was set, or set anew.</summary>
/// <param name="PersonId">The representative, by Intake's id; null for others.</param>
[EventType("safety.contact-set.v1")]
public sealed record ContactSet(
    Guid ChildId,
    Guid ContactId,
    Guid? PersonId,
    DateTimeOffset SetAt,
    [property: Personal(Regime.Care)] Personal<ContactContent> Content) : SurroundingsEvent(ChildId);

/// <summary>Whom to call when.</summary>
[EventType("safety.report-route-set.v1")]
public sealed record ReportRouteSet(
    Guid ChildId, DateTimeOffset SetAt, [property: Personal(Regime.Care)] Personal<ReportRouteContent> Content) : SurroundingsEvent(ChildId);

/// <param name="HappenedAt">When it happened.</param>
/// <param name="What">What happened: facts.</param>
/// <param name="Where">Where.</param>
/// <param name="Taken">What was done at once.</param>
public sealed record IncidentContent(DateTimeOffset HappenedAt, string What, string? Where, string? Taken);

/// <param name="Place">Address or place.</param>
/// <param name="With">With whom.</param>
/// <param name="Reachable">How the child can be reached without giving the place away.</param>
public sealed record WhereaboutsContent(string Place, string? With, string? Reachable);

/// <param name="Name">Who.</param>
/// <param name="Relation">A code of <see cref="Relations"/>; of a representative what Intake says.</param>
/// <param name="Phone">How to reach them.</param>
/// <param name="MayBeTold">Subjects (<see cref="Topics"/>) that they may be told.</param>
/// <param name="MayNotBeTold">Subjects that they must not be told; what stands in neither is not told either.</param>
/// <param name="Note">Why, and how to approach them.</param>
public sealed record ContactContent(
    string Name, string Relation, string? Phone, IReadOnlyList<string> MayBeTold, IReadOnlyList<string> MayNotBeTold, string? Note);

/// <param name="Steps">In the order in which to call.</param>
public sealed record ReportRouteContent(IReadOnlyList<ReportStep> Steps);

/// <param name="When">In which situation.</param>
/// <param name="Who">Whom to call.</param>
/// <param name="Phone">On which number.</param>
public sealed record ReportStep(string When, string Who, string Phone);

/// <summary>What somebody may or may not be told about.</summary>
public static class Topics
{
    public static IReadOnlyList<string> All { get; } = ["contact", "interview", "investigation", "safety-plan", "health", "whereabouts"];
}

/// <summary>How somebody stands to the child.</summary>
public static class Relations
{
    private static readonly string[] Parents = ["parent", "mother", "father", "stepmother", "stepfather", "foster-parent", "guardian"];

    public static IReadOnlyList<string> All { get; } =
        [.. Parents, "sibling", "grandparent", "relative", "friend", "neighbour", "school", "work", "club", "professional", "other"];

    /// <summary>Whoever stands in a parent's place is a representative whom Intake knows.</summary>
    public static bool StandInForParents(string relation) => Parents.Contains(relation);
}
