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

    private static readonly string[] ToldInFile =
        ["cannot be given beside this referral: it is in a file, and the search goes by what it told. Leave it out, or search without reference among your own files."];

    /// <summary>
    /// A referral opens a search among all files for the child it is about, and for no other: else a made-up reference would be a way to ask of
    /// anybody whether there is a file. Once it is in a file, what it told is read there, where it may be restricted or set right: then nothing is
    /// compared with it, so that nobody finds out by guessing.
    /// </summary>
    /// <exception cref="InvalidException">A value is not what the referral says, or is given where none can be.</exception>
    public static void RequireOf(ReferralContent told, SearchRequest request, bool inFile)
    {
        var child = told.Child;
        var places = told.Municipalities.Select(place => place.Code).ToHashSet(StringComparer.Ordinal);
        var errors = new (string Field, bool Given, bool Agrees)[]
            {
                ("bsn", request.Bsn is not null, Same(request.Bsn, child.Bsn, Normalisation.Bsn)),
                ("givenName", request.GivenName is not null, Same(request.GivenName, child.GivenName, Normalisation.Name)),
                ("familyName", request.FamilyName is not null, Same(request.FamilyName, child.FamilyName, Normalisation.FamilyName)),
                ("birthDate", request.BirthDate is not null, Same(request.BirthDate, child.BirthDate?.ToString("O", CultureInfo.InvariantCulture), text => text)),
                ("estimatedAge", request.EstimatedAge is not null, request.EstimatedAge == child.EstimatedAge),
                ("municipalities", request.Municipalities is not null, request.Municipalities?.All(places.Contains) == true),
            }
            .Where(field => field.Given && (inFile || !field.Agrees))
            .ToDictionary(
                field => field.Field,
                _ => inFile ? ToldInFile : OtherThanTold,
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
        asked is not null && told is not null && normal(asked) == normal(told);
}
