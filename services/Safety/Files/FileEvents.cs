using System.Text.Json.Serialization;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Safety.Files;

/// <summary>What happened to the file as a whole.</summary>
public abstract record FileEvent(Guid ChildId) : IEvent
{
    [JsonIgnore]
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>Intake told how the file stands. The last revision holds.</summary>
/// <param name="Revision">Revision in Intake's stream of this child.</param>
/// <param name="Status"><c>open</c>, <c>closed</c> or <c>merged</c>.</param>
/// <param name="MergedInto">The file that now holds this child.</param>
/// <param name="Region">Police unit's region.</param>
/// <param name="OpenedAt">When Intake opened the file.</param>
/// <param name="CoordinatorId">Safety coordinator, whom Intake alone names.</param>
/// <param name="Facts">What protection must be decided on.</param>
[EventType("safety.file-learned.v1")]
public sealed record FileLearned(
    Guid ChildId,
    long Revision,
    string Status,
    Guid? MergedInto,
    string Region,
    DateTimeOffset OpenedAt,
    Guid? CoordinatorId,
    [property: Personal(Regime.Care)] Personal<LearnedFacts>? Facts) : FileEvent(ChildId);

/// <summary>The open matters of a file that was merged into this one follow in the same append.</summary>
/// <param name="From">The child id that was merged.</param>
[EventType("safety.file-taken-over.v1")]
public sealed record FileTakenOver(Guid ChildId, Guid From, DateTimeOffset TakenOverAt) : FileEvent(ChildId);

/// <summary>The part of Intake's facts that protection needs, and no more. Sealed as a whole.</summary>
public sealed record LearnedFacts(
    DateOnly? BirthDate,
    bool AcuteUnsafety,
    IReadOnlyList<LearnedRepresentative> Representatives);

/// <summary>A representative by id; names stay in Intake.</summary>
public sealed record LearnedRepresentative(Guid PersonId, string Relation, bool Suspected, bool MayBeInformed)
{
    /// <summary>Nothing may be told to a suspected representative, nor to one of whom it was decided that they may not be informed (Besluit slachtoffers art. 14).</summary>
    public bool Barred => Suspected || !MayBeInformed;
}
