using System.Globalization;
using System.Text;

namespace Barnahus.Intake.Matching;

/// <summary>
/// Names as they are compared: without case, diacritics, hyphens, apostrophes and the prefixes (voorvoegsels) that one writes and another does not.
/// Idempotent. Everything that is no letter or digit separates words.
/// </summary>
public static class Normalisation
{
    private static readonly HashSet<string> Prefixes = new(StringComparer.Ordinal)
    {
        "van", "de", "der", "den", "het", "t", "ten", "ter", "te", "in", "op", "aan", "bij", "s", "d", "el", "al", "la", "le", "les", "l",
        "von", "zu", "da", "das", "do", "dos", "di", "du", "des", "ibn", "bin", "bint", "ben", "ould", "abu",
    };

    /// <summary>Letters that do not decompose into a base letter and a mark.</summary>
    private static readonly Dictionary<char, string> Undivided = new()
    {
        ['ß'] = "ss", ['ø'] = "o", ['đ'] = "d", ['ł'] = "l", ['æ'] = "ae", ['œ'] = "oe", ['ı'] = "i", ['þ'] = "th", ['ð'] = "d", ['ĳ'] = "ij",
    };

    /// <summary>A family name without its prefixes; of a name that is nothing else, all of it.</summary>
    public static string FamilyName(string name)
    {
        var words = Words(name);
        var own = words.Where(word => !Prefixes.Contains(word)).ToList();
        return string.Concat(own.Count > 0 ? own : words);
    }

    /// <summary>A given or whole name: all its words.</summary>
    public static string Name(string name) => string.Concat(Words(name));

    /// <summary>Digits only; a number that lost its leading zero gets it back.</summary>
    public static string Bsn(string bsn) => string.Concat(bsn.Where(char.IsAsciiDigit)).PadLeft(9, '0');

    /// <summary>Half of a surrogate pair is no text; it becomes the replacement character, which separates words.</summary>
    private static string WellFormed(string name) => string.Concat(name.EnumerateRunes());

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in WellFormed(name).ToLowerInvariant().Normalize(NormalizationForm.FormKD))
        {
            if (char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark)
            {
                continue;
            }

            if (Undivided.TryGetValue(letter, out var written))
            {
                word.Append(written);
            }
            else if (char.IsLetterOrDigit(letter) || char.IsSurrogate(letter))
            {
                word.Append(char.ToLowerInvariant(letter));
            }
            else
            {
                Flush();
            }
        }

        Flush();
        return words;

        void Flush()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }
}
