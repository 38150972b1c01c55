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
/// <param name="IsAChild">The suspect is the child of that file.</param>
[EventType("intake.suspect-recorded.v1")]
public sealed record SuspectRecorded(
    Guid SuspectId,
    DateTimeOffset At,
    Guid RecordedWith,
    bool IsAChild,
    [property: Personal(Regime.Police)] Personal<SuspectDetails> Details) : IEvent
{
    public SubjectId Subject => SubjectId.Person(SuspectId);
}

/// <summary>State of a suspect.</summary>
/// <param name="RecordedWith">Child files in which this suspect has a part.</param>
public sealed record Suspect(Guid Id, bool IsAChild, ImmutableHashSet<Guid> RecordedWith, Personal<SuspectDetails>? Details)
{
    public static readonly Suspect Initial = new(Guid.Empty, false, [], null);

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
        : Decision.Accept(new SuspectRecorded(c.SuspectId, c.Now, c.ChildId, c.IsAChild, Personal.Of(c.Details)));
}
