using Barnahus.Contracts;
using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
using Barnahus.Intake.Views;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Features;

/// <summary>A child's file as one role may see it: what is not for it is absent, and a part that is kept and not used says so.</summary>
/// <param name="Status">Where it stands, e.g. <c>open</c>.</param>
/// <param name="MergedInto">Where it goes on; then nothing else is shown.</param>
/// <param name="Destroyed">Regime whose key was destroyed; then nothing else is shown.</param>
/// <param name="AlsoSuspect">The child is also a suspect.</param>
public sealed record FileShown(
    Guid ChildId,
    string Status,
    Guid? MergedInto = null,
    string? Destroyed = null,
    string? Region = null,
    DateTimeOffset? OpenedAt = null,
    DateTimeOffset? ReportedAt = null,
    DateTimeOffset? HandedOverAt = null,
    Guid? SafetyCoordinatorId = null,
    Either<IdentityShown, RestrictedPart>? Identity = null,
    Either<NeedsShown, RestrictedPart>? Needs = null,
    Either<IReadOnlyList<WishShown>, RestrictedPart>? Wishes = null,
    Either<IReadOnlyList<ReferralInFile>, RestrictedPart>? Referrals = null,
    Either<IReadOnlyList<Representative>, RestrictedPart>? Representatives = null,
    Either<IReadOnlyList<Involvement>, RestrictedPart>? Involvements = null,
    Either<IReadOnlyList<AssessmentShown>, RestrictedPart>? Assessments = null,
    bool? AlsoSuspect = null,
    IReadOnlyList<TaskShown>? Tasks = null,
    IReadOnlyList<TeamMember>? Team = null,
    IReadOnlyList<RestrictionShown>? Restrictions = null,
    DateTimeOffset? InterviewedAt = null)
{
    /// <summary>What the id of a merged file answers, whatever is asked of it: what stands under it is as it was then.</summary>
    internal static FileShown GoesOnAs(Guid childId, Guid into) => new(childId, FileStatus.Merged.Code(), into);
}

/// <summary>Stands in place of a part that is kept and not used (AVG art. 18).</summary>
/// <param name="Restricted">Always <c>processing</c>.</param>
public sealed record RestrictedPart(string Restricted)
{
    public static RestrictedPart Processing { get; } = new(RestrictionKinds.Processing);
}

/// <param name="Age">In whole years today; of an estimate the estimate plus the years since.</param>
/// <param name="Minor">Under eighteen; so is a child of unclear age (Besluit slachtoffers art. 13).</param>
public sealed record IdentityShown(
    string? GivenName,
    string? FamilyName,
    DateOnly? BirthDate,
    int? EstimatedAge,
    DateOnly? EstimatedOn,
    int? Age,
    bool Minor,
    string? Gender,
    string? Language,
    string? Bsn)
{
    internal static IdentityShown Of(ChildIdentity identity, DateOnly today) => new(
        identity.GivenName,
        identity.FamilyName,
        identity.BirthDate,
        identity.EstimatedAge,
        identity.EstimatedOn,
        identity.AgeOn(today),
        identity.IsMinorOn(today),
        identity.Gender,
        identity.Language,
        identity.Bsn);
}

/// <param name="Text">Beside what rules go by; absent for who receives the child only.</param>
public sealed record NeedsShown(StructuredNeeds Structured, IReadOnlyList<string>? Text);

/// <param name="Words">The child's own; absent when they were destroyed.</param>
public sealed record WishShown(DateTimeOffset At, string? Words);

/// <summary>A referral in the file: the child itself stands in the identity, where it may have been corrected.</summary>
public sealed record ReferralInFile(
    Guid ReferralId,
    DateTimeOffset ReportedAt,
    Reporter Reporter,
    IReadOnlyList<ObservedFact> Facts,
    IReadOnlyList<Opinion> Opinions,
    IReadOnlyList<string> Suspicions,
    IReadOnlyList<PlaceInvolved> Municipalities,
    bool DisclosureByChild,
    bool AcuteUnsafety,
    bool StructuralUnsafety,
    DateTimeOffset? LastEventAt,
    ReportingCode? ReportingCode)
{
    internal static ReferralInFile Of(OpenedReferral referral) => new(
        referral.Id,
        referral.ReportedAt,
        referral.Content.Reporter,
        referral.Content.Facts,
        referral.Content.Opinions,
        referral.Content.Suspicions,
        referral.Content.Municipalities,
        referral.Content.DisclosureByChild,
        referral.Content.AcuteUnsafety,
        referral.Content.StructuralUnsafety,
        referral.Content.LastEventAt,
        referral.Content.ReportingCode);
}

/// <summary>A version of the individual assessment.</summary>
public sealed record AssessmentShown(int Version, DateTimeOffset At, Opened<IndividualAssessment> Content);

/// <param name="DueOn">Absent when there is no such day, or it was destroyed.</param>
public sealed record TaskShown(string Kind, DateTimeOffset ArisenAt, DateTimeOffset? DoneAt, DateOnly? DueOn);

/// <param name="Part">Which part.</param>
/// <param name="Kind">From whom it is kept: <c>until-interviewed</c> or <c>processing</c>.</param>
public sealed record RestrictionShown(string Part, string Kind);
