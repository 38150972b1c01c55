using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Referrals;

/// <summary>Events of one referral. Until a file is joined they are about the referral; from acceptance on about the child.</summary>
public abstract record ReferralEvent : IEvent
{
    public required Guid ReferralId { get; init; }

    /// <summary>The child, once accepted.</summary>
    public Guid? ChildId { get; init; }

    public SubjectId Subject => ChildId is { } child ? SubjectId.Child(child) : SubjectId.Referral(ReferralId);
}

/// <summary>A referral came in.</summary>
/// <param name="Source">The sender, <c>urn:nld:oin:…</c>; null when an officer entered it by hand.</param>
/// <param name="SubmittedAt">When the partner sent it; the report counts from here.</param>
/// <param name="Region">Police unit, if a place is known.</param>
[EventType("intake.referral-received.v1")]
public sealed record ReferralReceived(
    string? Source,
    DateTimeOffset SubmittedAt,
    DateTimeOffset ReceivedAt,
    string? Region,
    bool Anonymous,
    [property: Personal(Regime.Police)] Personal<ReferralContent> Content) : ReferralEvent;

/// <summary>Somebody searched for a file of this child: what was found, and why each matched.</summary>
[EventType("intake.referral-searched.v1")]
public sealed record ReferralSearched(DateTimeOffset At, IReadOnlyList<SearchHit> Candidates) : ReferralEvent;

/// <param name="ChildId">A file that may be of the same child.</param>
/// <param name="Why">Rules that matched.</param>
public sealed record SearchHit(Guid ChildId, IReadOnlyList<string> Why);

/// <summary>An officer weighed it.</summary>
/// <param name="Outcome">What came of it: sealed, since a ground or a route alone tells what happened to the child.</param>
/// <param name="WhyStepsNotTaken">Why the reporter left steps of the Meldcode out.</param>
/// <param name="DeviationReason">Why a proposed route was left out.</param>
/// <param name="Note">What else the officer wrote down.</param>
[EventType("intake.referral-triaged.v2")]
public sealed record ReferralTriaged(
    DateTimeOffset At,
    [property: Personal(Regime.Police)] Personal<TriageOutcome> Outcome,
    [property: Personal(Regime.Police)] Personal<string>? WhyStepsNotTaken,
    [property: Personal(Regime.Police)] Personal<string>? DeviationReason,
    [property: Personal(Regime.Police)] Personal<string>? Note) : ReferralEvent;

/// <summary>An anonymous or unknown child got a name: the whole content, completed.</summary>
[EventType("intake.referral-identified.v1")]
public sealed record ReferralIdentified(
    bool Anonymous, string? Region, [property: Personal(Regime.Police)] Personal<ReferralContent> Content) : ReferralEvent;

/// <summary>It stays open: what is still looked for, and the day on which somebody looks again.</summary>
[EventType("intake.referral-kept-open.v1")]
public sealed record ReferralKeptOpen(DateOnly ReviewOn, [property: Personal(Regime.Police)] Personal<string> Why) : ReferralEvent;

/// <summary>The review day came and nobody had looked.</summary>
[EventType("intake.referral-review-due.v1")]
public sealed record ReferralReviewDue(DateOnly ReviewOn) : ReferralEvent;

/// <summary>It is ours: a new file, or an existing one that a person chose.</summary>
/// <param name="NewFile">False when it joined a file that was there.</param>
/// <param name="OfficerId">Account that accepted it: the first member of the team.</param>
/// <param name="SafetyCoordinatorId">Account that looks after the child's safety from now on.</param>
[EventType("intake.referral-accepted.v1")]
public sealed record ReferralAccepted(
    DateTimeOffset At, bool NewFile, string Region, Guid OfficerId, Guid SafetyCoordinatorId, IReadOnlyList<TeamMember> Team) : ReferralEvent;

/// <param name="AccountId">Account.</param>
/// <param name="Role">Role it has in this team.</param>
public sealed record TeamMember(Guid AccountId, string Role);

/// <summary>Somebody else takes it.</summary>
/// <param name="To">Route and office: which one tells what is suspected.</param>
/// <param name="Ground">Why.</param>
[EventType("intake.referral-redirected.v2")]
public sealed record ReferralRedirected(
    DateTimeOffset At, [property: Personal(Regime.Police)] Personal<RouteChoice> To, [property: Personal(Regime.Police)] Personal<string> Ground) : ReferralEvent;

/// <summary>Nothing more is done with it.</summary>
[EventType("intake.referral-closed.v1")]
public sealed record ReferralClosed(DateTimeOffset At, [property: Personal(Regime.Police)] Personal<string> Ground) : ReferralEvent;

/// <summary>It had been joined to the wrong child and was taken out of that file; it waits for a decision again.</summary>
/// <param name="TakenFrom">The file it did not belong to.</param>
[EventType("intake.referral-join-corrected.v1")]
public sealed record ReferralJoinCorrected(
    DateTimeOffset At, Guid TakenFrom, [property: Personal(Regime.Police)] Personal<string> Reason) : ReferralEvent;

/// <summary>An officer kept words that the terminology list warns against.</summary>
/// <param name="Terms">Which: sealed, as they say what was written of the child.</param>
[EventType("intake.referral-wording-kept.v2")]
public sealed record ReferralWordingKept([property: Personal(Regime.Police)] Personal<IReadOnlyList<string>> Terms) : ReferralEvent;
