using Barnahus.Contracts;
using Barnahus.Platform.Deciding;

namespace Barnahus.Intake.Referrals;

/// <summary>
/// What a partner told, as <c>urn:barnahus:referral-submitted:v1</c> has it; sealed as a whole. Facts and opinions stay apart (Wpg art. 4(3)).
/// Residence status is accepted on the wire and not here: nothing depends on it.
/// </summary>
/// <param name="SourceId">The partner's id of its message: with the source it names the referral.</param>
public sealed record ReferralContent(
    string? SourceId,
    Reporter Reporter,
    bool Anonymous,
    ReferredChild Child,
    IReadOnlyList<ObservedFact> Facts,
    IReadOnlyList<Opinion> Opinions,
    IReadOnlyList<string> Suspicions,
    IReadOnlyList<PlaceInvolved> Municipalities,
    bool DisclosureByChild,
    bool AcuteUnsafety,
    bool StructuralUnsafety,
    DateTimeOffset? LastEventAt,
    IReadOnlyList<ReferredParent> Parents,
    IReadOnlyList<string> Needs,
    StructuredNeeds? StructuredNeeds,
    string? ChildWishes,
    bool AlsoSuspect,
    ReportingCode? ReportingCode)
{
    /// <summary>Ids in a child's file of all whom a referral can have brought.</summary>
    public static IEnumerable<Guid> PeopleOf(Guid referralId) =>
        Enumerable.Range(0, ReferredParent.Most).Select(index => ReferredParent.IdOf(referralId, index)).Append(ReferredChild.SuspectIdOf(referralId));
}

/// <summary>Who submitted it.</summary>
public sealed record Reporter(string Organisation, string? Reference, ReporterContact? Contact);

/// <summary>Whom to call back.</summary>
public sealed record ReporterContact(string? Name, string? Phone, string? Email);

/// <summary>The child as the reporter knows it.</summary>
public sealed record ReferredChild(
    string? GivenName,
    string? FamilyName,
    DateOnly? BirthDate,
    int? EstimatedAge,
    string? Gender,
    string? Language,
    string? Bsn,
    string? Region)
{
    /// <summary>Id under which a referral has the child as a suspect: taken out of a file, it takes that along.</summary>
    public static Guid SuspectIdOf(Guid referralId) => DerivedId.From(referralId, "child-as-suspect");
}

/// <summary>What was seen or heard, when, where and by whom.</summary>
public sealed record ObservedFact(string What, DateTimeOffset? When, string? Where, string? Source);

/// <summary>What somebody makes of it.</summary>
public sealed record Opinion(string What, string? By);

/// <summary>A municipality and in which way it is involved: home, school, exploitation, transport, offender.</summary>
public sealed record PlaceInvolved(string Code, IReadOnlyList<string> Involvement);

/// <summary>A parent or other adult around the child.</summary>
/// <param name="MayBeInformed">Null: nothing was said; then the rules of <c>Representative</c> decide.</param>
public sealed record ReferredParent(string? Name, string Relation, bool Suspected, bool Custody, bool? MayBeInformed)
{
    /// <summary>How many a referral can name, as its schema has it.</summary>
    public const int Most = 10;

    /// <summary>Id in a child's file of the person that a referral names at a place of its list.</summary>
    public static Guid IdOf(Guid referralId, int index) => DerivedId.From(referralId, $"parent/{index}");
}

/// <summary>The reporter's steps of the Meldcode: signals, consultation, talk, weighing, decision; and why not the others.</summary>
public sealed record ReportingCode(IReadOnlyList<string> StepsTaken, string? WhyNot);
