using System.Text.Json.Serialization;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Safety.Willingness;

/// <summary>How the child stands towards talking to the police, and what was done so that it is the child's own choice.</summary>
/// <param name="ReflectionUntil">Until when the child takes time to reflect; no fixed two weeks since 2016, so it is a date somebody chose.</param>
[EventType("safety.willingness-recorded.v1")]
public sealed record WillingnessRecorded(
    Guid ChildId,
    Guid RecordId,
    DateTimeOffset RecordedAt,
    DateTimeOffset? ReflectionUntil,
    [property: Personal(Regime.Care)] Personal<WillingnessContent> Content) : IEvent
{
    [JsonIgnore]
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <param name="Standing">A code of <see cref="Standings"/>.</param>
/// <param name="Explained">What was explained, e.g. what a formal report is, what comes after, that help does not depend on it.</param>
/// <param name="PeerSupport">Support by an expert by experience: offered, and what the child said.</param>
/// <param name="Lawyer">The child's own lawyer, likewise.</param>
/// <param name="VictimSupport">Slachtofferhulp, likewise.</param>
/// <param name="ChildsWords">What the child says, in the child's words.</param>
public sealed record WillingnessContent(
    string Standing, IReadOnlyList<string> Explained, Offer PeerSupport, Offer Lawyer, Offer VictimSupport, string? ChildsWords);

/// <summary>Where an offer stands.</summary>
public enum Offer
{
    NotYet,
    Offered,
    Accepted,
    Declined,
}

/// <summary>Standings of the child towards a formal report.</summary>
public static class Standings
{
    public const string Undecided = "undecided";

    public static IReadOnlyList<string> All { get; } = [Undecided, "reflecting", "willing", "unwilling"];

    /// <summary>Standings that are the child's decision: made only when it knows what it decides.</summary>
    public static bool IsDecision(string standing) => standing is "willing" or "unwilling";
}
