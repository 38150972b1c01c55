using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Barnahus.Intake.Wording;

/// <summary>A word that harms, and the better one.</summary>
/// <param name="Language"><c>nl</c> or <c>en</c>.</param>
/// <param name="Text">As in the list: whole words, a <c>*</c> at the end matches any ending.</param>
public sealed record Term(string Language, [property: System.Text.Json.Serialization.JsonPropertyName("term")] string Text, string Better, string Why);

/// <summary>The terminology list (Data/terminology.json): words matter (S:002). Data, to be edited by the organisation.</summary>
public sealed class Terminology(IReadOnlyList<Term> terms)
{
    private readonly (Term Term, string[] Words, bool Open)[] _terms =
        [.. terms.Select(term => (term, Words(term.Text).ToArray(), term.Text.EndsWith('*')))];

    public IReadOnlyList<Term> Terms { get; } = terms;

    /// <summary>Reads the list beside the assembly.</summary>
    public static Terminology Shipped() => Read(Path.Combine(AppContext.BaseDirectory, "Data", "Intake", "terminology.json"));

    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public static Terminology Read(string path)
    {
        using var file = File.OpenRead(path);
        return new(JsonSerializer.Deserialize<Term[]>(file, JsonSerializerOptions.Web) ?? throw new InvalidDataException("The terminology list is empty."));
    }

    /// <summary>Terms found in any of the texts, each once, in the order of the list.</summary>
    public IReadOnlyList<Term> Check(params IEnumerable<string?> texts)
    {
        var all = texts.OfType<string>().Select(Words).ToList();
        return _terms.Where(term => all.Exists(words => Stands(term.Words, term.Open, words))).Select(term => term.Term).ToList();
    }

    private static bool Stands(string[] term, bool open, List<string> words)
    {
        for (var start = 0; start + term.Length <= words.Count; start++)
        {
            var fits = true;
            for (var at = 0; fits && at < term.Length; at++)
            {
                fits = open && at == term.Length - 1
                    ? words[start + at].StartsWith(term[at], StringComparison.Ordinal)
                    : words[start + at] == term[at];
            }

            if (fits)
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormD).Append(' '))
        {
            if (char.IsLetterOrDigit(letter))
            {
                word.Append(char.ToLowerInvariant(letter));
            }
            else if (char.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return words;
    }
}
