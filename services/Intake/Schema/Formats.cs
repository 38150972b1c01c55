using System.Globalization;
using System.Text.RegularExpressions;

namespace Barnahus.Intake.Schema;

/// <summary>A moment on the wire: RFC 3339 with an offset, so that it never depends on where a server stands.
/// Of these two centuries: what follows from it (terms, birthdays) can then always be computed.</summary>
public static partial class Moment
{
    public static bool TryParse(string text, out DateTimeOffset moment)
    {
        moment = default;
        return Rfc3339().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out moment)
            && moment.Year is >= 1900 and < 2100;
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Rfc3339();
}

/// <summary>Citizen service number (burgerservicenummer).</summary>
public static class Bsn
{
    /// <summary>Nine digits that pass the eleven test (Wet algemene bepalingen burgerservicenummer; Logisch ontwerp BSN).</summary>
    public static bool IsValid(string? text)
    {
        if (text is not { Length: 9 } || !text.All(char.IsAsciiDigit) || text.All(digit => digit == '0'))
        {
            return false;
        }

        var sum = 0;
        for (var place = 0; place < 8; place++)
        {
            sum += (9 - place) * (text[place] - '0');
        }

        return (sum - (text[8] - '0')) % 11 == 0;
    }
}
