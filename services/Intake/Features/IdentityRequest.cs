using System.Globalization;
using System.Text.RegularExpressions;
using Barnahus.Intake.Children;
using Barnahus.Platform.Deciding;

namespace Barnahus.Intake.Features;

/// <summary>Who a child is, as far as the sender knows; what is left out is unknown.</summary>
public sealed partial record IdentityRequest(
    string? GivenName = null, string? FamilyName = null, string? BirthDate = null, int? EstimatedAge = null, string? Gender = null, string? Language = null, string? Bsn = null)
{
    /// <summary>The fields that were given, as text by name.</summary>
    /// <exception cref="InvalidException">A field is not what it should be.</exception>
    public IReadOnlyDictionary<string, string> Given()
    {
        var given = new (string Field, string? Value)[]
            {
                ("givenName", GivenName), ("familyName", FamilyName), ("birthDate", BirthDate),
                ("estimatedAge", EstimatedAge?.ToString(CultureInfo.InvariantCulture)), ("gender", Gender), ("language", Language), ("bsn", Bsn),
            }
            .Where(field => field.Value is not null)
            .ToDictionary(field => field.Field, field => field.Value!, StringComparer.Ordinal);
        var errors = given.Select(field => (field.Key, Error: Check(field.Key, field.Value)))
            .Where(field => field.Error is not null)
            .ToDictionary(field => field.Key, field => new[] { field.Error! }, StringComparer.Ordinal);
        return errors.Count > 0 ? throw new InvalidException(errors) : given;
    }

    /// <summary>What is wrong with a value of an identity field; null when nothing is.</summary>
    public static string? Check(string field, string value) => field switch
    {
        "givenName" or "familyName" => value.Length is > 0 and <= 100 && !string.IsNullOrWhiteSpace(value) ? null : "must have 1 to 100 characters",
        "birthDate" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth)
            && birth.Year is >= 1900 and < 2100 ? null : "must be a date of this age, yyyy-MM-dd",
        "estimatedAge" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var age) && age <= 25 ? null : "must be an age from 0 to 25",
        "gender" => value is "f" or "m" or "x" ? null : "must be f, m or x",
        "language" => LanguageCode().IsMatch(value) ? null : "must be a language code of ISO 639",
        "bsn" => Schema.Bsn.IsValid(value) ? null : "is no citizen service number",
        _ => $"is no field of an identity; choose from {string.Join(", ", OpenedFile.IdentityFields)}",
    };

    [GeneratedRegex(@"^[a-z]{2,3}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LanguageCode();
}
