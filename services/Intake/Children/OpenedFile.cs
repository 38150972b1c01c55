using System.Globalization;
using Barnahus.Contracts;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Hosting;

namespace Barnahus.Intake.Children;

/// <summary>
/// A file with its personal fields open, for one decision or one authorised read. What referrals told and what officers stated stay apart;
/// who the child is follows from both, so that a referral can be taken out again and nothing of it stays behind.
/// </summary>
/// <param name="Referrals">In the order in which they joined.</param>
/// <param name="Stated">Identity fields that an officer stated, by name; they win over what referrals told.</param>
/// <param name="Recorded">Representatives that an officer recorded.</param>
/// <param name="RecordedNeeds">Needs that an officer recorded; null while only referrals told of them.</param>
public sealed record OpenedFile(
    IReadOnlyList<OpenedReferral> Referrals,
    IReadOnlyDictionary<string, string?> Stated,
    IReadOnlyList<Representative> Recorded,
    NeedsContent? RecordedNeeds,
    IReadOnlyList<Involvement> Involvements)
{
    public static readonly OpenedFile Empty = new([], new Dictionary<string, string?>(StringComparer.Ordinal), [], null, []);

    /// <summary>Names of identity fields that can be stated and corrected.</summary>
    public static readonly IReadOnlyList<string> IdentityFields =
        ["givenName", "familyName", "birthDate", "estimatedAge", "gender", "language", "bsn"];

    public bool AlsoSuspect =>
        Referrals.Any(referral => referral.Content.AlsoSuspect)
        || Involvements.Any(involvement => involvement is { IsTheChild: true, Category: InvolvementCategories.Suspect });

    /// <summary>Stated fields first, then the first referral that knows.</summary>
    public ChildIdentity Identity()
    {
        string? Text(string field, Func<ReferredChild, string?> told) =>
            Stated.TryGetValue(field, out var stated) ? stated : Referrals.Select(referral => told(referral.Content.Child)).FirstOrDefault(text => text is not null);

        var birth = Text("birthDate", child => child.BirthDate?.ToString("O", CultureInfo.InvariantCulture));
        var age = Text("estimatedAge", child => child.EstimatedAge?.ToString(CultureInfo.InvariantCulture));
        var estimatedOn = Stated.TryGetValue("estimatedOn", out var on) && on is not null
            ? DateOnly.ParseExact(on, "O", CultureInfo.InvariantCulture)
            : Referrals.FirstOrDefault(referral => referral.Content.Child.EstimatedAge is not null)?.ReportedAt.DutchDate();
        return new(
            Text("givenName", child => child.GivenName),
            Text("familyName", child => child.FamilyName),
            birth is null ? null : DateOnly.ParseExact(birth, "O", CultureInfo.InvariantCulture),
            age is null ? null : int.Parse(age, CultureInfo.InvariantCulture),
            age is null ? null : estimatedOn,
            Text("gender", child => child.Gender),
            Text("language", child => child.Language),
            Text("bsn", child => child.Bsn));
    }

    /// <summary>Parents from all referrals, each once, and what officers recorded of them.</summary>
    public IReadOnlyList<Representative> Representatives() => [.. KnownRepresentative.Of(this).Select(known => known.Person)];

    /// <summary>A representative, by any id this person goes by; null when the file has none such.</summary>
    public KnownRepresentative? FindRepresentative(Guid personId) => KnownRepresentative.Of(this).FirstOrDefault(known => known.Ids.Contains(personId));

    /// <summary>What was recorded, and what referrals tell that came since; while nothing was recorded, what all of them tell.</summary>
    public NeedsContent Needs() => Referrals.Where(referral => !referral.NeedsWeighed)
        .Select(referral => new NeedsContent(referral.Content.StructuredNeeds ?? new StructuredNeeds(), referral.Content.Needs))
        .Aggregate(RecordedNeeds ?? new(new StructuredNeeds(), []), Both);

    /// <summary>The file without a referral and whom it told of.</summary>
    public OpenedFile Without(Guid referralId)
    {
        var people = ReferralContent.PeopleOf(referralId).ToHashSet();
        return this with
        {
            Referrals = [.. Referrals.Where(referral => referral.Id != referralId)],
            Recorded = [.. Recorded.Where(one => !people.Contains(one.PersonId))],
            Involvements = [.. Involvements.Where(one => !people.Contains(one.PersonId))],
        };
    }

    /// <summary>The file with these needs recorded in place of all that was recorded and told until now.</summary>
    public OpenedFile WithNeeds(NeedsContent needs) =>
        this with { RecordedNeeds = needs, Referrals = [.. Referrals.Select(referral => referral with { NeedsWeighed = true })] };

    /// <summary>Codes of all municipalities involved.</summary>
    public IReadOnlyList<string> Municipalities() =>
        Referrals.SelectMany(referral => referral.Content.Municipalities).Select(place => place.Code).Distinct(StringComparer.Ordinal).ToList();

    /// <summary>What other services need to know.</summary>
    public ChildFacts Facts()
    {
        var identity = Identity();
        return new(
            identity.BirthDate,
            identity.EstimatedAge,
            identity.EstimatedOn,
            identity.Gender,
            AlsoSuspect,
            Referrals.Max(referral => referral.Content.LastEventAt),
            Referrals.Any(referral => referral.Content.DisclosureByChild),
            Referrals.Any(referral => referral.Content.AcuteUnsafety),
            Referrals.SelectMany(referral => referral.Content.Suspicions).Distinct(StringComparer.Ordinal).ToList(),
            Needs().Structured,
            Representatives().Select(one => new RepresentativeFacts(one.PersonId, one.Relation, one.Suspected, one.MayBeInformed)).ToList());
    }

    /// <summary>Identity fields that are known here and not in another.</summary>
    public IReadOnlyList<string> KnownBeyond(OpenedFile other)
    {
        var (mine, others) = (Identity(), other.Identity());
        return IdentityFields.Where(field => Value(mine, field) is not null && Value(others, field) is null).ToList();
    }

    /// <summary>Whether an identity field is known.</summary>
    public bool Knows(string field) => Value(Identity(), field) is not null;

    private static object? Value(ChildIdentity identity, string field) => field switch
    {
        "givenName" => identity.GivenName,
        "familyName" => identity.FamilyName,
        "birthDate" => identity.BirthDate,
        "estimatedAge" => identity.EstimatedAge,
        "gender" => identity.Gender,
        "language" => identity.Language,
        "bsn" => identity.Bsn,
        _ => null,
    };

    /// <summary>Needs of one child from two places: it has all of them.</summary>
    internal static NeedsContent Both(NeedsContent one, NeedsContent other) =>
        new(Both(one.Structured, other.Structured), [.. one.Text.Union(other.Text, StringComparer.Ordinal)]);

    private static StructuredNeeds Both(StructuredNeeds one, StructuredNeeds other) => new(
        one.Interpreter ?? other.Interpreter,
        one.Lvb || other.Lvb,
        one.NotBefore is null || other.NotBefore > one.NotBefore ? other.NotBefore ?? one.NotBefore : one.NotBefore,
        one.NotAfter is null || other.NotAfter < one.NotAfter ? other.NotAfter ?? one.NotAfter : one.NotAfter,
        one.InterviewerGender ?? other.InterviewerGender,
        one.ExtraBreaks || other.ExtraBreaks,
        one.MedicalFirst || other.MedicalFirst,
        one.Disability || other.Disability,
        one.SupportPerson || other.SupportPerson,
        one.UnavailableDays is null && other.UnavailableDays is null
            ? null
            : (one.UnavailableDays ?? []).Union(other.UnavailableDays ?? []).ToList());
}

/// <summary>A referral of the file, opened.</summary>
/// <param name="NeedsWeighed">Needs were recorded since it came.</param>
public sealed record OpenedReferral(Guid Id, DateTimeOffset ReportedAt, ReferralContent Content, bool NeedsWeighed = false);
