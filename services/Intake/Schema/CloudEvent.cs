using System.Text.Json;
using System.Text.RegularExpressions;
using Barnahus.Platform.Deciding;
using Microsoft.OpenApi;

namespace Barnahus.Intake.Schema;

/// <summary>A CloudEvent in structured mode by the NL GOV profile, as far as a referral needs it.</summary>
/// <param name="Id">The partner's id.</param>
/// <param name="Source"><c>urn:nld:oin:</c> and twenty digits.</param>
/// <param name="Time">When it was sent.</param>
/// <param name="Data">Its data, not yet validated.</param>
public sealed partial record CloudEvent(string Id, string Source, DateTimeOffset Time, JsonElement Data)
{
    public const string MediaType = "application/cloudevents+json";
    public const string ReferralType = "nl.barnahus.referral-submitted.v1";
    public const string SourcePrefix = "urn:nld:oin:";

    /// <summary>Largest event that the profile lets travel.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Members whose whole text is prescribed, so that nothing of a person fits in them; and the data, where persons belong.</summary>
    private static readonly HashSet<string> Fixed = new(StringComparer.Ordinal)
    {
        "specversion", "type", "source", "time", "datacontenttype", "dataschema", "data",
    };

    /// <summary>Organisation number of the source.</summary>
    public string Oin => Source[SourcePrefix.Length..];

    /// <summary>For the OpenAPI document.</summary>
    /// <param name="data">Of its data.</param>
    public static OpenApiSchema Describe(IOpenApiSchema data) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { "specversion", "id", "source", "type", "time", "data" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["specversion"] = Fixedly("1.0"),
            ["id"] = Text("Your own id of this referral, without personal data: sent again, it is the same referral."),
            ["source"] = Text("urn:nld:oin: and the twenty digits of your organisation."),
            ["type"] = Fixedly(ReferralType),
            ["time"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time", Description = "When it was sent, with an offset." },
            ["datacontenttype"] = Fixedly("application/json"),
            ["dataschema"] = Text("The id of the schema of the data; may be left out."),
            ["data"] = data,
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema Fixedly(string text) => new() { Type = JsonSchemaType.String, Const = text };

    /// <exception cref="InvalidException">It is no such event, with what is wrong per attribute.</exception>
    public static CloudEvent Parse(JsonElement body, string dataSchema)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        void Wrong(string attribute, string error) => errors.TryAdd(attribute, [error]);
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidException("body", "must be a CloudEvent in structured mode: a JSON object");
        }

        if (body.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).Any(group => group.Count() > 1))
        {
            Wrong("body", "names an attribute twice");
        }

        string? Text(string attribute) => body.TryGetProperty(attribute, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        void Must(string attribute, Func<string, bool> fits, string error, bool optional = false)
        {
            if (!(optional && !body.TryGetProperty(attribute, out _)) && !(Text(attribute) is { } text && fits(text)))
            {
                Wrong(attribute, error);
            }
        }

        Must("specversion", text => text == "1.0", "must be 1.0");
        Must("type", text => text == ReferralType, $"must be {ReferralType}");
        Must("source", text => Oin20().IsMatch(text), "must be urn:nld:oin: and the twenty digits of the organisation");
        Must("id", text => PlainId().IsMatch(text), "must have 1 to 64 letters, digits, dots, hyphens or underscores, and no personal data");
        Must("time", text => Moment.TryParse(text, out _), "must be a time with an offset (RFC 3339)");
        Must("datacontenttype", text => text == "application/json", "must be application/json", optional: true);
        Must("dataschema", text => text == dataSchema, $"must be {dataSchema}", optional: true);
        if (body.TryGetProperty("subject", out _))
        {
            Wrong("subject", "leave it out: context attributes hold no personal data");
        }

        if (!body.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
        {
            Wrong("data", "is required");
        }

        return errors.Count == 0 && Moment.TryParse(Text("time")!, out var time)
            ? new(Text("id")!, Text("source")!, time, data)
            : throw new InvalidException(errors);
    }

    /// <summary>Attributes (data apart) that repeat one of these values: the profile forbids personal data there.</summary>
    public static IEnumerable<string> AttributesWith(JsonElement body, params IEnumerable<string?> personal)
    {
        var values = personal.OfType<string>().Where(value => value.Length >= 3).ToList();
        return body.EnumerateObject()
            .Where(member => !Fixed.Contains(member.Name))
            .Where(member => values.Exists(value => member.Value.ToString().Contains(value, StringComparison.OrdinalIgnoreCase)))
            .Select(member => member.Name);
    }

    [GeneratedRegex(@"^urn:nld:oin:[0-9]{20}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Oin20();

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PlainId();
}
