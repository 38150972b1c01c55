using System.Globalization;
using System.Text;
using System.Text.Json;
using Barnahus.Platform.Hosting;
using Barnahus.Timeline.Index;

namespace Barnahus.Timeline.Sentences;

/// <summary>Writes an event as a sentence.</summary>
public sealed class SentenceWriter(SentenceBook book, AccountNames accounts)
{
    private static readonly string[][] Months =
    [
        ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    ];

    /// <summary>The sentence in one language.</summary>
    public string Write(Saying saying, EventFields fields, Language language)
    {
        var text = new StringBuilder();
        Write(text, language == Language.Dutch ? saying.Dutch : saying.English, fields, language);
        return text.ToString();
    }

    private static string Day(DateOnly day, Language language) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Day} {Months[(int)language][day.Month - 1]} {day.Year}");

    private static string Moment(DateTimeOffset moment, Language language)
    {
        var local = moment.ToDutch();
        return string.Create(CultureInfo.InvariantCulture, $"{Day(DateOnly.FromDateTime(local.DateTime), language)} {local:HH:mm}");
    }

    private void Write(StringBuilder text, Template template, EventFields fields, Language language)
    {
        foreach (var part in template.Parts)
        {
            switch (part)
            {
                case Template.Words words:
                    text.Append(words.Text);
                    break;

                case Template.Choice choice:
                    Write(text, fields.Has(choice.Place) ? choice.Then : choice.Otherwise, fields, language);
                    break;

                case Template.Filled { Place.Format: Format.Count } filled when !fields.Kept:
                    text.Append(fields.Values(filled.Place).Count());
                    break;

                case Template.Filled filled:
                    var values = fields.Values(filled.Place).Select(value => Words(value, filled.Place, language)).ToList();
                    text.Append(values.Count == 0 ? language == Language.Dutch ? "onbekend" : "unknown" : string.Join(", ", values));
                    break;
            }
        }
    }

    private string Words(FieldValue value, Place place, Language language) => value switch
    {
        FieldValue.Withheld => language == Language.Dutch ? "[afgeschermd]" : "[withheld]",
        FieldValue.Destroyed => language == Language.Dutch ? "[vernietigd]" : "[destroyed]",
        FieldValue.Known known => Words(known.Value, place, language),
        _ => throw new InvalidOperationException($"No words for {value.GetType().Name}."),
    };

    private string Words(JsonElement value, Place place, Language language) => place.Format switch
    {
        Format.Moment when value.TryGetDateTimeOffset(out var moment) => Moment(moment, language),
        Format.Day when DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => Day(day, language),
        Format.Day when value.TryGetDateTimeOffset(out var moment) => Day(moment.DutchDate(), language),
        Format.Account when value.TryGetGuid(out var account) => accounts.Of(account) ?? $"account {account.ToString("D")[..8]}",
        Format.Code when value.ValueKind == JsonValueKind.String => book.Code(place.Last, value.GetString()!, language),
        _ => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.True => language == Language.Dutch ? "ja" : "yes",
            JsonValueKind.False => language == Language.Dutch ? "nee" : "no",
            JsonValueKind.Number => value.GetRawText(),
            _ => "…",
        },
    };
}
