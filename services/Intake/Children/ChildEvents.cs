using Barnahus.Contracts;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Children;

/// <summary>Events of one child's file, all about the child.</summary>
public abstract record ChildEvent : IEvent
{
    public required Guid ChildId { get; init; }

    /// <summary>What other services need to know from here on; on the last event of a change that touches it.</summary>
    [Personal(Regime.Police)]
    public Personal<ChildFacts>? Facts { get; init; }

    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>A file was opened on acceptance of a referral, whose content is sealed again under the child's key.</summary>
/// <param name="ReportedAt">When the first referral was sent: report clocks count from here.</param>
[EventType("intake.child-file-opened.v1")]
public sealed record FileOpened(
    DateTimeOffset At,
    Guid ReferralId,
    DateTimeOffset ReportedAt,
    string Region,
    Guid SafetyCoordinatorId,
    [property: Personal(Regime.Police)] Personal<ReferralContent> Referral) : ChildEvent;

/// <summary>A further referral of the same child, joined by a person.</summary>
/// <param name="Completed">Names of identity fields that were unknown and that it brought.</param>
[EventType("intake.child-referral-joined.v1")]
public sealed record ReferralJoined(
    DateTimeOffset At,
    Guid ReferralId,
    DateTimeOffset ReportedAt,
    IReadOnlyList<string> Completed,
    [property: Personal(Regime.Police)] Personal<ReferralContent> Referral) : ChildEvent;

/// <summary>A referral had been joined to the wrong child: what it brought leaves this file.</summary>
[EventType("intake.child-referral-taken-out.v1")]
public sealed record ReferralTakenOut(
    DateTimeOffset At, Guid ReferralId, [property: Personal(Regime.Police)] Personal<string> Reason) : ChildEvent;

/// <summary>What was unknown of the child became known.</summary>
/// <param name="Fields">Names of the fields.</param>
/// <param name="Stated">All fields an officer stated up to now, by name.</param>
[EventType("intake.child-identity-completed.v1")]
public sealed record IdentityCompleted(
    DateTimeOffset At,
    IReadOnlyList<string> Fields,
    [property: Personal(Regime.Police)] Personal<IReadOnlyDictionary<string, string?>> Stated) : ChildEvent;

/// <summary>A wrong value was set right (AVG art. 16): the old one is hidden, the event that brought it stays.</summary>
/// <param name="Field">Name of an identity field.</param>
[EventType("intake.child-identity-corrected.v1")]
public sealed record IdentityCorrected(
    DateTimeOffset At,
    string Field,
    [property: Personal(Regime.Police)] Personal<IReadOnlyDictionary<string, string?>> Stated,
    [property: Personal(Regime.Police)] Personal<string> Reason) : ChildEvent;

/// <summary>A fact or opinion of a referral was set right: the content as it is shown from now on.</summary>
/// <param name="Field">E.g. <c>facts[0].what</c>.</param>
[EventType("intake.child-referral-corrected.v1")]
public sealed record ReferralCorrected(
    DateTimeOffset At,
    Guid ReferralId,
    string Field,
    [property: Personal(Regime.Police)] Personal<ReferralContent> Referral,
    [property: Personal(Regime.Police)] Personal<string> Reason) : ChildEvent;

/// <summary>A part of the file was closed to some.</summary>
/// <param name="Part">One of <see cref="FileParts"/>.</param>
/// <param name="Kind">One of <see cref="RestrictionKinds"/>.</param>
[EventType("intake.child-part-restricted.v1")]
public sealed record PartRestricted(
    DateTimeOffset At, string Part, string Kind, [property: Personal(Regime.Police)] Personal<string> Reason) : ChildEvent;

/// <summary>A restriction ended.</summary>
[EventType("intake.child-restriction-lifted.v1")]
public sealed record RestrictionLifted(
    DateTimeOffset At, string Part, [property: Personal(Regime.Police)] Personal<string> Reason) : ChildEvent;

/// <summary>Interviews told that an interview of this child was completed: what was kept from the interviewer opens.</summary>
/// <param name="SourceRevision">Revision in the stream of Interviews.</param>
[EventType("intake.child-interviewed.v1")]
public sealed record ChildInterviewed(DateTimeOffset CompletedAt, long SourceRevision) : ChildEvent;

/// <summary>The file was closed.</summary>
[EventType("intake.child-file-closed.v1")]
public sealed record FileClosed(DateTimeOffset At, [property: Personal(Regime.Police)] Personal<string> Ground) : ChildEvent;

/// <summary>The file was opened again, by a person or because a referral joined it.</summary>
[EventType("intake.child-file-reopened.v1")]
public sealed record FileReopened(DateTimeOffset At, [property: Personal(Regime.Police)] Personal<string> Ground) : ChildEvent;

/// <summary>Adult help takes over at 18; help does not stop.</summary>
/// <param name="To">The organisation that goes on: sealed, as it tells what help is needed.</param>
/// <param name="Arrangement">What was arranged.</param>
[EventType("intake.child-handed-over.v2")]
public sealed record ChildHandedOver(
    DateTimeOffset At, [property: Personal(Regime.Police)] Personal<string> To, [property: Personal(Regime.Police)] Personal<string> Arrangement) : ChildEvent;

/// <summary>This file will take over another of the same child; until that is done it cannot itself be merged.</summary>
[EventType("intake.child-merge-prepared.v1")]
public sealed record MergePrepared(DateTimeOffset At, Guid From, [property: Personal(Regime.Police)] Personal<string> Reason) : ChildEvent;

/// <summary>The other file could not be merged after all.</summary>
[EventType("intake.child-merge-abandoned.v1")]
public sealed record MergeAbandoned(DateTimeOffset At, Guid From) : ChildEvent;

/// <summary>
/// This file was itself about to take another over, and so could not go on as the one that had prepared to take it. That is final for that preparation:
/// a resumed attempt must not find the way free that was not.
/// </summary>
/// <param name="Into">The file that had prepared.</param>
/// <param name="PreparedAt">When it had.</param>
[EventType("intake.child-merge-declined.v1")]
public sealed record MergeDeclined(DateTimeOffset At, Guid Into, DateTimeOffset PreparedAt) : ChildEvent;

/// <summary>This file goes on as another: it refuses commands and points there.</summary>
[EventType("intake.child-file-merged.v1")]
public sealed record FileMerged(DateTimeOffset At, Guid Into) : ChildEvent;

/// <summary>The content of another file is now in this one; the events before it in this append brought it.</summary>
[EventType("intake.child-file-absorbed.v1")]
public sealed record FileAbsorbed(DateTimeOffset At, Guid From) : ChildEvent;
