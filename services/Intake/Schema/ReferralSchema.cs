using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Deciding;

namespace Barnahus.Intake.Schema;

/// <summary>The published schema of a referral, and what it validates bound to the records that are kept.</summary>
public sealed class ReferralSchema
{
    private static readonly JsonSerializerOptions Binding = new(JsonSerializerDefaults.Web)
    {
        Converters = { new WallClock(), new UtcMoment() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>Reads the schema from this assembly.</summary>
    public ReferralSchema()
    {
        using var stream = typeof(ReferralSchema).Assembly.GetManifestResourceStream("referral-submitted.v1.json")
            ?? throw new InvalidOperationException("The referral schema is not in the assembly.");
        using var reader = new StreamReader(stream);
        Document = JsonSchema.Load(reader.ReadToEnd());
    }

    /// <summary>The document as published.</summary>
    public JsonSchema Document { get; }

    /// <summary>Validates and binds. Missing lists are empty; residence status is dropped: nothing depends on it.</summary>
    /// <param name="prefix">Put before the names of fields in errors, e.g. <c>data.</c>.</param>
    /// <exception cref="InvalidException">What is wrong, per field; never a value.</exception>
    public ReferralContent Read(JsonElement data, string? sourceId, string prefix = "")
    {
        if (Document.Validate(data) is { Count: > 0 } errors)
        {
            throw new InvalidException(errors.ToDictionary(error => prefix + error.Key, error => error.Value, StringComparer.Ordinal));
        }

        var bound = data.Deserialize<ReferralContent>(Binding) ?? throw new InvalidOperationException("A valid referral did not bind.");
        return bound with
        {
            SourceId = sourceId,
            Facts = bound.Facts ?? [],
            Opinions = bound.Opinions ?? [],
            Suspicions = bound.Suspicions ?? [],
            Municipalities = bound.Municipalities ?? [],
            Parents = bound.Parents ?? [],
            Needs = bound.Needs ?? [],
        };
    }

    /// <summary>True when two contents say the same, whatever the order of fields on the wire.</summary>
    public static bool Same(ReferralContent one, ReferralContent other) =>
        JsonSerializer.Serialize(one, Binding) == JsonSerializer.Serialize(other, Binding);

    /// <summary>Hours and minutes on a Dutch clock.</summary>
    private sealed class WallClock : JsonConverter<TimeOnly>
    {
        public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeOnly.ParseExact(reader.GetString()!, "HH:mm", CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    /// <summary>Times are kept in UTC: the same moment is the same text.</summary>
    private sealed class UtcMoment : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Moment.TryParse(reader.GetString()!, out var moment) ? moment : throw new JsonException("No moment.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);
    }
}
