namespace Barnahus.Contracts;

/// <summary>
/// Intake: how a child's file stands now. Carries the whole state, so order does not matter: the highest revision of the source wins.
/// </summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="ChildId">The child.</param>
/// <param name="Status"><c>open</c>, <c>closed</c> or <c>merged</c>.</param>
/// <param name="MergedInto">The file that now holds this child, when merged.</param>
/// <param name="Region">Police unit's region of the child's home, e.g. <c>Midden-Nederland</c>.</param>
/// <param name="OpenedAt">When the file was opened.</param>
/// <param name="ReportedAt">When the first referral came in.</param>
/// <param name="AssessedAt">When the first individual assessment was made (Besluit slachtoffers art. 10).</param>
/// <param name="SafetyCoordinatorId">Account of the safety coordinator named on acceptance.</param>
/// <param name="Facts">A sealed <see cref="ChildFacts"/>; null when nothing is known.</param>
/// <param name="RestrictedSince">
/// Since when the last of the parts that are restricted until the child was interviewed has been so; null: none is. Who could have read it
/// before follows from the access streams, which every service folds itself.
/// </param>
[TakenBy("interviews", "safety", "turnaround")]
public sealed record ChildFileChanged(
    Source Source,
    Guid ChildId,
    string Status,
    Guid? MergedInto,
    string Region,
    DateTimeOffset OpenedAt,
    DateTimeOffset ReportedAt,
    DateTimeOffset? AssessedAt,
    Guid? SafetyCoordinatorId,
    SealedField? Facts,
    DateTimeOffset? RestrictedSince = null);

/// <summary>What other services need to know of a child to decide. Travels and is kept sealed, as a whole.</summary>
/// <param name="BirthDate">Date of birth, if known.</param>
/// <param name="EstimatedAge">Estimated age in years when the birth date is unknown; unclear age is treated as a minor.</param>
/// <param name="EstimatedOn">Day of the estimate.</param>
/// <param name="Gender"><c>f</c>, <c>m</c>, <c>x</c> or null.</param>
/// <param name="AlsoSuspect">The child is also a suspect: an interview takes a prosecutor's decision on status, caution and lawyer first.</param>
/// <param name="LastEventAt">Last known moment of abuse: the acute forensic window counts from it.</param>
/// <param name="DisclosureByChild">The child itself told.</param>
/// <param name="AcuteUnsafety">Acute or structural unsafety.</param>
/// <param name="Suspicions">E.g. <c>online</c>, <c>sexual-exploitation</c>, <c>sexual-abuse</c>, <c>criminal-exploitation</c>.</param>
/// <param name="Needs">Structured needs: these drive rules.</param>
/// <param name="Representatives">Parents and other representatives.</param>
public sealed record ChildFacts(
    DateOnly? BirthDate,
    int? EstimatedAge,
    DateOnly? EstimatedOn,
    string? Gender,
    bool AlsoSuspect,
    DateTimeOffset? LastEventAt,
    bool DisclosureByChild,
    bool AcuteUnsafety,
    IReadOnlyList<string> Suspicions,
    StructuredNeeds Needs,
    IReadOnlyList<RepresentativeFacts> Representatives);

/// <summary>Needs that drive rules; free text beside them never does.</summary>
/// <param name="Interpreter">Language (ISO 639-1) for which an interpreter is needed.</param>
/// <param name="Lvb">Mild intellectual disability.</param>
/// <param name="NotBefore">Not before this Dutch wall-clock time.</param>
/// <param name="NotAfter">Not after this Dutch wall-clock time.</param>
/// <param name="InterviewerGender">Wish for the gender of the interviewer, <c>f</c> or <c>m</c>.</param>
/// <param name="ExtraBreaks">More breaks: the interview takes longer.</param>
/// <param name="MedicalFirst">A forensic medical examination must come before the interview.</param>
/// <param name="Disability">Needs an accessible room.</param>
/// <param name="SupportPerson">Wants a support person in the building.</param>
/// <param name="UnavailableDays">Days on which the child cannot come (school trip, religious days).</param>
public sealed record StructuredNeeds(
    string? Interpreter = null,
    bool Lvb = false,
    TimeOnly? NotBefore = null,
    TimeOnly? NotAfter = null,
    string? InterviewerGender = null,
    bool ExtraBreaks = false,
    bool MedicalFirst = false,
    bool Disability = false,
    bool SupportPerson = false,
    IReadOnlyList<DateOnly>? UnavailableDays = null);

/// <summary>A parent or other representative, by id; names stay in Intake.</summary>
/// <param name="PersonId">Third person.</param>
/// <param name="Relation">E.g. <c>mother</c>, <c>stepfather</c>, <c>guardian</c>.</param>
/// <param name="Suspected">Suspected of a part in it.</param>
/// <param name="MayBeInformed">May be informed, invited, contacted.</param>
public sealed record RepresentativeFacts(Guid PersonId, string Relation, bool Suspected, bool MayBeInformed);
