using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Suspects;

/// <summary>What is known of a suspect: kept apart from the victim's file (Wpg art. 6b), in a stream and under a key of its own.</summary>
/// <param name="Description">When the name is unknown: appearance, car, phone number.</param>
public sealed record SuspectDetails(string? Name, DateOnly? BirthDate, string? Relation, string? Description, string? Note);

/// <summary>A suspect was recorded with a child's file.</summary>
/// <param name="RecordedWith">Child file in which this suspect has a part.</param>
/// <param name="IsAChild">The suspect is the child of that file: sealed, since it stands beside that child's id.</param>
/// <param name="Details">What is known.</param>
[EventType("intake.suspect-recorded.v2")]
public sealed record SuspectRecorded(
    Guid SuspectId,
    DateTimeOffset At,
    Guid RecordedWith,
    [property: Personal(Regime.Police)] Personal<bool> IsAChild,
    [property: Personal(Regime.Police)] Personal<SuspectDetails> Details) : IEvent
{
    public SubjectId Subject => SubjectId.Person(SuspectId);
}

/// <summary>As a suspect was recorded before it was sealed whether it is the child.</summary>
[EventType("intake.suspect-recorded.v1", Retired = true)]
public sealed record SuspectRecordedV1(
    Guid SuspectId,
    DateTimeOffset At,
    Guid RecordedWith,
    bool IsAChild,
    [property: Personal(Regime.Police)] Personal<SuspectDetails> Details) : IEvent
{
    public SubjectId Subject => SubjectId.Person(SuspectId);
}

/// <summary>What stood in clear is personal from here on; what was written stays as it was.</summary>
internal sealed class SuspectUpcaster : IUpcaster<SuspectRecordedV1, SuspectRecorded>
{
    public SuspectRecorded Upcast(SuspectRecordedV1 old) => new(old.SuspectId, old.At, old.RecordedWith, Personal.Of(old.IsAChild), old.Details);
}

/// <summary>State of a suspect.</summary>
/// <param name="RecordedWith">Child files in which this suspect has a part.</param>
public sealed record Suspect(Guid Id, Personal<bool>? IsAChild, ImmutableHashSet<Guid> RecordedWith, Personal<SuspectDetails>? Details)
{
    public static readonly Suspect Initial = new(Guid.Empty, null, [], null);

    public static string Stream(Guid suspectId) => $"intake.suspect-{suspectId:D}";

    public static Suspect Evolve(Suspect state, IEvent happened) => happened switch
    {
        SuspectRecorded e => new(e.SuspectId, e.IsAChild, state.RecordedWith.Add(e.RecordedWith), e.Details),
        _ => throw new InvalidOperationException($"A suspect does not know {happened.GetType().Name}."),
    };
}

/// <param name="ChildId">File in which this suspect has a part.</param>
/// <param name="IsAChild">The suspect is the child of that file.</param>
public sealed record RecordSuspect(Guid SuspectId, DateTimeOffset Now, Guid ChildId, bool IsAChild, SuspectDetails Details);

/// <summary>What may happen to a suspect's stream.</summary>
public static class SuspectDecider
{
    public static readonly Decider<RecordSuspect, Suspect> Decider = new(Suspect.Initial, Decide, Suspect.Evolve);

    public static Decision Decide(RecordSuspect c, Suspect state) => state.RecordedWith.Contains(c.ChildId)
        ? Decision.Nothing
        : Decision.Accept(new SuspectRecorded(c.SuspectId, c.Now, c.ChildId, Personal.Of(c.IsAChild), Personal.Of(c.Details)));
}
