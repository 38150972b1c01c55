namespace Barnahus.Timeline.Sentences;

/// <summary>
/// A sentence with places to fill in, in braces: <c>{path}</c>, <c>{path:format}</c>, or <c>{path?words if it is so|words if not}</c>, in which further
/// places may stand. A path leads through the event's JSON, lists are gone through; <c>{field&gt;path}</c> opens the sealed field and goes on inside it.
/// </summary>
public sealed class Template
{
    private Template(IReadOnlyList<Part> parts) => Parts = parts;

    internal IReadOnlyList<Part> Parts { get; }

    /// <summary>All places that are filled in, those in the branches too.</summary>
    internal IEnumerable<Place> Places => Parts.SelectMany(part => part switch
    {
        Choice choice => choice.Then.Places.Concat(choice.Otherwise.Places),
        Filled filled => [filled.Place],
        _ => Enumerable.Empty<Place>(),
    });

    /// <summary>All places of which only is asked whether there is something; a sealed field is not opened for that.</summary>
    internal IEnumerable<Place> Conditions => Parts.OfType<Choice>().SelectMany(choice =>
        choice.Then.Conditions.Concat(choice.Otherwise.Conditions).Prepend(choice.Place));

    /// <exception cref="FormatException">A brace is open, or a format is unknown.</exception>
    public static Template Parse(string text)
    {
        var at = 0;
        var template = Parse(text, ref at, ends: "");
        return at == text.Length ? template : throw new FormatException($"'{text}' has a brace too many at {at}.");
    }

    private static Template Parse(string text, ref int at, string ends)
    {
        var parts = new List<Part>();
        while (at < text.Length && !ends.Contains(text[at], StringComparison.Ordinal) && text[at] != '}')
        {
            if (text[at] == '{')
            {
                at++;
                parts.Add(ParsePlace(text, ref at));
                continue;
            }

            var end = text.AsSpan(at).IndexOfAny("{}" + ends) is >= 0 and var found ? at + found : text.Length;
            parts.Add(new Words(text[at..end]));
            at = end;
        }

        return new Template(parts);
    }

    private static Part ParsePlace(string text, ref int at)
    {
        var end = at + text.AsSpan(at).IndexOfAny('}', '?');
        if (end < at)
        {
            throw new FormatException($"'{text}' has an open brace at {at}.");
        }

        var place = Place.Parse(text[at..end]);
        at = end + 1;
        if (text[end] == '}')
        {
            return new Filled(place);
        }

        var then = Parse(text, ref at, "|");
        Skip(text, ref at, '|');
        var otherwise = Parse(text, ref at, "");
        Skip(text, ref at, '}');
        return new Choice(place, then, otherwise);
    }

    private static void Skip(string text, ref int at, char expected)
    {
        if (at >= text.Length || text[at] != expected)
        {
            throw new FormatException($"'{text}' lacks a '{expected}' at {at}.");
        }

        at++;
    }

    internal abstract record Part;

    internal sealed record Words(string Text) : Part;

    internal sealed record Filled(Place Place) : Part;

    internal sealed record Choice(Place Place, Template Then, Template Otherwise) : Part;
}

/// <summary>What a value is written as.</summary>
internal enum Format
{
    Text,

    /// <summary>Date and time on a Dutch clock.</summary>
    Moment,
    Day,

    /// <summary>Name of the account with this id.</summary>
    Account,

    /// <summary>Translated by codes.json.</summary>
    Code,

    /// <summary>How many there are.</summary>
    Count,
}

/// <summary>A place to fill in.</summary>
/// <param name="Path">Members through the event's JSON.</param>
/// <param name="Inside">Members inside the sealed field at the path; null when the field is not personal.</param>
/// <param name="Format">How it is written.</param>
internal sealed record Place(IReadOnlyList<string> Path, IReadOnlyList<string>? Inside, Format Format)
{
    /// <summary>The member itself.</summary>
    public string Last => Inside is { Count: > 0 } ? Inside[^1] : Path[^1];

    public static Place Parse(string text)
    {
        var format = Format.Text;
        if (text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon)
        {
            format = Enum.TryParse<Format>(text[(colon + 1)..], ignoreCase: true, out var named) ? named : throw new FormatException($"'{text}' names no format.");
            text = text[..colon];
        }

        var seal = text.IndexOf('>', StringComparison.Ordinal);
        return seal < 0 ? new Place(Members(text), null, format) : new Place(Members(text[..seal]), Members(text[(seal + 1)..]), format);
    }

    private static string[] Members(string path) => path.Split('.', StringSplitOptions.RemoveEmptyEntries);
}
