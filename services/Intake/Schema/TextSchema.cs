using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Barnahus.Intake.Schema;

/// <summary>What a schema says of a text.</summary>
internal static class TextSchema
{
    public static IEnumerable<string> Wrong(JsonElement schema, string text)
    {
        var length = new StringInfo(text).LengthInTextElements;
        if (schema.TryGetProperty("minLength", out var least) && (length < least.GetInt32() || string.IsNullOrWhiteSpace(text)))
        {
            yield return "must not be empty";
        }

        if (schema.TryGetProperty("maxLength", out var most) && length > most.GetInt32())
        {
            yield return $"must have at most {most.GetInt32()} characters";
        }

        if (schema.TryGetProperty("pattern", out var pattern) && !Matches(text, pattern.GetString()!))
        {
            yield return $"must match {pattern.GetString()}";
        }
        else if (schema.TryGetProperty("format", out var format) && !Fits(format.GetString()!, text))
        {
            yield return $"is no {format.GetString()}";
        }
    }

    // ECMA's $ is the end; .NET's also stands before a last line feed.
    private static bool Matches(string text, string pattern) =>
        Regex.IsMatch(text, pattern.EndsWith('$') ? pattern[..^1] + @"\z" : pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static bool Fits(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => Moment.TryParse(text, out _),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "email" => MailAddress.TryCreate(text, out _),
        "bsn" => Bsn.IsValid(text),
        _ => false,
    };
}
