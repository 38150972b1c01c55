using Barnahus.Contracts;
using Barnahus.Platform.Deciding;

namespace Barnahus.Intake.Children;

/// <summary>Who the child is, as far as known.</summary>
/// <param name="EstimatedOn">Day on which the age was estimated.</param>
public sealed record ChildIdentity(
    string? GivenName,
    string? FamilyName,
    DateOnly? BirthDate,
    int? EstimatedAge,
    DateOnly? EstimatedOn,
    string? Gender,
    string? Language,
    string? Bsn)
{
    /// <summary>Enough is known to speak of this child to a court or a registry: both names, or the citizen service number.</summary>
    public bool IsIdentified => Bsn is not null || (GivenName is not null && FamilyName is not null);

    /// <summary>Age in whole years; of an estimate the estimate plus the years since. Null when nothing is known.</summary>
    public int? AgeOn(DateOnly day) =>
        BirthDate is { } birth ? Years(birth, day)
        : EstimatedAge is { } age ? age + (EstimatedOn is { } on ? Math.Max(0, Years(on, day)) : 0)
        : null;

    /// <summary>Unclear age is a minor's (Besluit slachtoffers art. 13).</summary>
    public bool IsMinorOn(DateOnly day) => BirthDate is not { } birth || birth.AddYears(18) > day;

    private static int Years(DateOnly from, DateOnly to) => to.Year - from.Year - (from.AddYears(to.Year - from.Year) > to ? 1 : 0);
}

/// <summary>A parent, guardian, lawyer or other representative.</summary>
/// <param name="Relation">E.g. <c>mother</c>, <c>guardian</c>, <c>special-guardian</c>, <c>lawyer</c>.</param>
/// <param name="Custody">Has parental authority (gezag).</param>
/// <param name="Suspected">Suspected of a part in it.</param>
/// <param name="ConflictOfInterest">Interests run against the child's (1:250 BW).</param>
/// <param name="ChildAllows">Whether the child wants this person to know; null when not asked.</param>
public sealed record Representative(
    Guid PersonId, string? Name, string Relation, bool Custody, bool Suspected, bool ConflictOfInterest, bool? ChildAllows, string? Contact)
{
    public const string SpecialGuardian = "special-guardian";
    public const string Lawyer = "lawyer";

    /// <summary>May be told, invited, contacted: never when suspected, in conflict, or when the child does not want it.</summary>
    public bool MayBeInformed => WhyNotInformed is null;

    /// <summary>Rule that keeps this person out; null when there is none.</summary>
    public string? WhyNotInformed =>
        Suspected ? "person-suspected" : ConflictOfInterest ? "conflict-of-interest" : ChildAllows == false ? "child-does-not-wish" : null;
}

/// <summary>Categories of Wpg art. 6b.</summary>
public static class InvolvementCategories
{
    public const string Victim = "victim";
    public const string Suspect = "suspect";
    public const string Witness = "witness";
    public const string ThirdPerson = "third-person";

    public static readonly IReadOnlyList<string> All = [Victim, Suspect, Witness, ThirdPerson];
}

/// <summary>A person's part in it.</summary>
/// <param name="PersonId">The person; of a suspect the id of the stream that holds the data.</param>
/// <param name="IsTheChild">The child itself: a child who is victim and suspect has two involvements.</param>
/// <param name="Name">Of a witness or third person; never of a suspect.</param>
public sealed record Involvement(Guid PersonId, string Category, bool IsTheChild, string? Name, string? Relation, string? Note)
{
    /// <summary>A person has one part of a category in a file.</summary>
    public static Guid IdOf(Guid personId, string category) => DerivedId.From(personId, category);
}

/// <summary>Needs: the structured ones drive rules, the text beside them never does.</summary>
public sealed record NeedsContent(StructuredNeeds Structured, IReadOnlyList<string> Text);

/// <summary>The individual assessment of Besluit slachtoffers art. 10.</summary>
/// <param name="ProtectionNeeds">Specific protection needs; a minor always has them (art. 13).</param>
/// <param name="Measures">What follows for the treatment of the child.</param>
/// <param name="Wishes">The victim's own wishes in it.</param>
public sealed record IndividualAssessment(
    string Circumstances, IReadOnlyList<string> ProtectionNeeds, IReadOnlyList<string> Measures, string? Wishes);

/// <summary>Parts of a file that can be restricted.</summary>
public static class FileParts
{
    public const string Identity = "identity";
    public const string Referrals = "referrals";
    public const string Representatives = "representatives";
    public const string Involvements = "involvements";
    public const string Needs = "needs";
    public const string Wishes = "wishes";
    public const string Assessments = "assessments";

    public static readonly IReadOnlyList<string> All = [Identity, Referrals, Representatives, Involvements, Needs, Wishes, Assessments];
}

/// <summary>Who is kept from a restricted part.</summary>
public static class RestrictionKinds
{
    /// <summary>The interviewer, until an interview was completed (blind interviewer).</summary>
    public const string UntilInterviewed = "until-interviewed";

    /// <summary>Everybody (AVG art. 18): it is kept and not used.</summary>
    public const string Processing = "processing";

    public static readonly IReadOnlyList<string> All = [UntilInterviewed, Processing];
}
