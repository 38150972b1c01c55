using Barnahus.Platform.Deciding;

namespace Barnahus.Safety.Features;

/// <summary>Checks the fields of a request and says of all of them at once what is wrong.</summary>
/// <param name="now">Domain time of the request.</param>
public sealed class Fields(DateTimeOffset now)
{
    public const int MaxText = 4000;
    public const int MaxLine = 500;
    public const int MaxEntries = 20;

    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    public Fields Text(string field, string? value, int max = MaxText, bool required = true)
    {
        if (required && string.IsNullOrWhiteSpace(value))
        {
            _errors[field] = ["This is needed."];
        }
        else if (value?.Length > max)
        {
            _errors[field] = [$"At most {max} characters."];
        }

        return this;
    }

    public Fields Lines(string field, IReadOnlyList<string> values, bool required = false)
    {
        if (Entries(field, values.Count, required) && values.Any(value => string.IsNullOrWhiteSpace(value) || value.Length > MaxLine))
        {
            _errors[field] = [$"No empty entries, each at most {MaxLine} characters."];
        }

        return this;
    }

    public Fields Codes(string field, IReadOnlyList<string> values, IReadOnlyList<string> known)
    {
        if (values.Count > known.Count || values.Any(value => !known.Contains(value)))
        {
            _errors[field] = [$"Each of: {string.Join(", ", known)}."];
        }

        return this;
    }

    public Fields Code(string field, string? value, IReadOnlyList<string> known) => Codes(field, [value ?? ""], known);

    /// <summary>A moment that calendars can count with: not before 1990, at most thirty years ahead.</summary>
    public Fields Moment(string field, DateTimeOffset? value)
    {
        if (value is { } moment && (moment.UtcDateTime.Year < 1990 || moment > now.AddYears(30)))
        {
            _errors[field] = ["A moment between 1990 and thirty years from now."];
        }

        return this;
    }

    public bool Entries(string field, int count, bool required, int max = MaxEntries)
    {
        if (count > max || (required && count == 0))
        {
            _errors[field] = [$"{(required ? "Between 1 and" : "At most")} {max} entries."];
            return false;
        }

        return true;
    }

    /// <exception cref="InvalidException">Something is wrong.</exception>
    public void Done()
    {
        if (_errors.Count > 0)
        {
            throw new InvalidException(_errors);
        }
    }
}
