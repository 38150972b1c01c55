using Barnahus.Platform.Deciding;

namespace Barnahus.Platform.Hosting;

/// <summary>What is wrong with a request, per field; all of it at once. Where a field has more faults than one, the first is told.</summary>
public sealed class Fields
{
    /// <summary>Longest free text, in characters.</summary>
    public const int MaxText = 4000;

    /// <summary>Longest line, in characters: a name, a place, an item of a list.</summary>
    public const int MaxLine = 500;

    private const int MaxItems = 50;
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    /// <summary>A text that must be there.</summary>
    public Fields Text(string name, string? value, int longest = MaxText) => Check(
        name, !string.IsNullOrWhiteSpace(value) && value.Length <= longest, $"Fill this in, in at most {longest} characters.");

    /// <summary>A text that may be left out, and is no blank.</summary>
    public Fields Optional(string name, string? value, int longest = MaxText) =>
        value is null ? this : Check(
            name, !string.IsNullOrWhiteSpace(value) && value.Length <= longest, $"Leave this out, or fill it in, in at most {longest} characters.");

    /// <summary>A code of a list.</summary>
    public Fields OneOf(string name, string? value, IReadOnlyList<string> known) =>
        Check(name, value is not null && known.Contains(value), $"One of: {string.Join(", ", known)}.");

    /// <summary>Codes of a list, each at most once.</summary>
    public Fields EachOf(string name, IReadOnlyList<string>? values, IReadOnlyList<string> known) => Check(
        name, values is null || (values.Count <= known.Count && values.All(known.Contains)), $"Each one of: {string.Join(", ", known)}.");

    /// <summary>Lines, none of them blank.</summary>
    public Fields Texts(string name, IReadOnlyList<string>? values, int longest = MaxLine, int atLeast = 0) => this
        .Count(name, values?.Count ?? 0, atLeast)
        .Check(
            name,
            values is null || values.All(value => !string.IsNullOrWhiteSpace(value) && value.Length <= longest),
            $"No item empty, each in at most {longest} characters.");

    /// <summary>Number of items in a list.</summary>
    public Fields Count(string name, int count, int atLeast = 0, int most = MaxItems) =>
        Check(name, count >= atLeast && count <= most, atLeast == 0 ? $"At most {most} items." : $"Between {atLeast} and {most} items.");

    /// <summary>A moment in living memory or ahead of us: what lies beyond is a slip, and would run over in the calendar.</summary>
    public Fields Time(string name, DateTimeOffset? value) =>
        Check(name, value is null or { UtcDateTime.Year: >= 2000 and < 2200 }, "A moment between the years 2000 and 2200.");

    /// <param name="error">What to do, for the person who filled it in.</param>
    public Fields Check(string name, bool holds, string error)
    {
        if (!holds)
        {
            _errors.TryAdd(name, [error]);
        }

        return this;
    }

    /// <exception cref="InvalidException">Something is wrong.</exception>
    public void Require()
    {
        if (_errors.Count > 0)
        {
            throw new InvalidException(_errors);
        }
    }
}
