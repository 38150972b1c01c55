using System.Globalization;
using Barnahus.Intake.Matching;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Deciding;
using SearchRequest = Barnahus.Intake.Features.SearchChildren.SearchRequest;

namespace Barnahus.Intake.Features;

/// <summary>What a child is searched by.</summary>
internal static class SearchTerms
{
    private static readonly string[] OtherThanTold =
        ["is not what this referral says. Complete the referral first (identification), or search without reference among your own files."];

    /// <summary>
    /// A referral opens a search among all files for the child it is about, and for no other: else a made-up reference would be a way to ask of
    /// anybody whether there is a file.
    /// </summary>
    /// <exception cref="InvalidException">A value is not what the referral says.</exception>
    public static void RequireOf(ReferralContent told, SearchRequest request)
    {
        var child = told.Child;
        var places = told.Municipalities.Select(place => place.Code).ToHashSet(StringComparer.Ordinal);
        var errors = new (string Field, bool Agrees)[]
            {
                ("bsn", Same(request.Bsn, child.Bsn, Normalisation.Bsn)),
                ("givenName", Same(request.GivenName, child.GivenName, Normalisation.Name)),
                ("familyName", Same(request.FamilyName, child.FamilyName, Normalisation.FamilyName)),
                ("birthDate", Same(request.BirthDate, child.BirthDate?.ToString("O", CultureInfo.InvariantCulture), text => text)),
                ("estimatedAge", request.EstimatedAge is null || request.EstimatedAge == child.EstimatedAge),
                ("municipalities", request.Municipalities is null || request.Municipalities.All(places.Contains)),
            }
            .Where(field => !field.Agrees)
            .ToDictionary(
                field => field.Field,
                _ => OtherThanTold,
                StringComparer.Ordinal);
        if (errors.Count > 0)
        {
            throw new InvalidException(errors);
        }
    }

    /// <summary>Kinds of identity that were used, for the access log: never a value.</summary>
    public static IEnumerable<string> Kinds(ChildQuery query, SearchRequest request) =>
        new (string Kind, bool Used)[]
            {
                ("by:bsn", query.Bsn is not null),
                ("by:given-name", query.GivenName is not null),
                ("by:family-name", query.FamilyName is not null),
                ("by:birth-date", query.BirthDate is not null),
                ("by:estimated-age", query.EstimatedAge is not null),
                ("by:municipality", query.Municipalities.Count > 0),
                ("by:child-id", request.ChildId is not null),
            }
            .Where(kind => kind.Used)
            .Select(kind => kind.Kind);

    private static bool Same(string? asked, string? told, Func<string, string> normal) =>
        asked is null || (told is not null && normal(asked) == normal(told));
}
