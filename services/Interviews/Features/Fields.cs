using Barnahus.Interviews.Slots;
using Barnahus.Platform.Deciding;

namespace Barnahus.Interviews.Features;

/// <summary>What is wrong with a request, per field; all of it at once.</summary>
internal sealed class Fields
{
    /// <summary>Longest free text, in characters.</summary>
    public const int MaxText = 4000;

    private const int MaxItems = 50;
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    public Fields Text(string name, string? value, int longest = MaxText) => Check(
        name, !string.IsNullOrWhiteSpace(value) && value.Length <= longest, $"Fill this in, in at most {longest} characters.");

    public Fields Optional(string name, string? value, int longest = MaxText) =>
        value is null ? this : Text(name, value, longest);

    public Fields OneOf(string name, string? value, IReadOnlyList<string> known) =>
        Check(name, value is not null && known.Contains(value), $"One of: {string.Join(", ", known)}.");

    public Fields Texts(string name, IReadOnlyList<string>? values, int longest = 500) => Check(
        name,
        values is null || (values.Count <= MaxItems && values.All(value => !string.IsNullOrWhiteSpace(value) && value.Length <= longest)),
        $"At most {MaxItems} items, none empty, each in at most {longest} characters.");

    public Fields Count(string name, int count) => Check(name, count <= MaxItems, $"At most {MaxItems} items.");

    public Fields OwnTimes(IReadOnlyList<OwnTime>? times, int? travelMinutes) => this
        .Count("ownTimes", times?.Count ?? 0)
        .Check("ownTimes", times?.All(time => time?.From < time?.To) ?? true, "Each of the child's own times ends after it begins.")
        .Check("travelMinutes", travelMinutes is null or (>= 0 and <= 600), "Between 0 and 600 minutes.");

    /// <summary>A moment in living memory or ahead of us: what lies beyond is a slip, and would run over in the calendar.</summary>
    public Fields Time(string name, DateTimeOffset? value) =>
        Check(name, value is null or { UtcDateTime.Year: >= 2000 and < 2200 }, "A moment between the years 2000 and 2200.");

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
