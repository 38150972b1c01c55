using System.Text.Json.Nodes;

namespace Barnahus.SystemTests.BadInput;

/// <summary>An address and what it takes, as the OpenAPI document tells.</summary>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Body">Schema of the body; null when it takes none, or does not say.</param>
public sealed record Address(string Path, JsonObject? Body)
{
    /// <summary>Its query parameters: name, and format or else type.</summary>
    public IReadOnlyList<(string Name, string Kind)> Query { get; init; } = [];

    /// <summary>The address with an id for each parameter.</summary>
    public string With(Func<string, string> idOf) =>
        string.Join('/', Path.Split('/').Select(part => part.StartsWith('{') ? idOf(part.Trim('{', '}')) : part));

    public bool Has(string parameter) => Path.Contains($"{{{parameter}}}", StringComparison.Ordinal);
}

/// <summary>The gateway's OpenAPI document.</summary>
public sealed class Document
{
    private const int Deepest = 4;
    private readonly JsonNode _document;

    private Document(JsonNode document)
    {
        _document = document;
        Posts =
        [
            .. document["paths"]!.AsObject().Where(path => path.Key.Contains("/v1/", StringComparison.Ordinal) && path.Value!["post"] is not null).Select(path => new Address(
                path.Key, Resolve(path.Value!["post"]!["requestBody"]?["content"]?["application/json"]?["schema"]))),
        ];
        Gets =
        [
            .. document["paths"]!.AsObject().Where(path => path.Key.Contains("/v1/", StringComparison.Ordinal) && path.Value!["get"] is not null).Select(path => new Address(
                path.Key, null) { Query = QueryOf(path.Value!["get"]!) }),
        ];
    }

    /// <summary>Addresses that take a POST.</summary>
    public IReadOnlyList<Address> Posts { get; }

    /// <summary>Addresses that take a GET.</summary>
    public IReadOnlyList<Address> Gets { get; }

    public static async Task<Document> ReadAsync(HttpClient person) => new(JsonNode.Parse(await person.GetStringAsync("/api/openapi.json"))!);

    /// <summary>A body with every property of a schema, each as its type wants it but with this text wherever a text goes.</summary>
    public JsonNode? Sample(JsonNode? schema, string text, int depth = 0)
    {
        if (Resolve(schema) is not { } thing || depth > Deepest)
        {
            return null;
        }

        var type = thing["type"] is JsonArray several ? several.Select(one => one!.GetValue<string>()).First(one => one != "null") : thing["type"]?.GetValue<string>();
        return type switch
        {
            "string" when thing["format"]?.GetValue<string>() == "uuid" => JsonValue.Create(Guid.NewGuid().ToString()),
            "string" when thing["format"]?.GetValue<string>() == "date-time" => "2026-09-10T10:00:00Z",
            "string" when thing["format"]?.GetValue<string>() == "date" => "2026-09-10",
            "string" when thing["enum"] is JsonArray { Count: > 0 } choice => choice[0]!.DeepClone(),
            "string" => text,
            "integer" or "number" => int.MaxValue,
            "boolean" => true,
            "array" => new JsonArray(Sample(thing["items"], text, depth + 1)),
            _ when thing["properties"] is JsonObject properties =>
                new JsonObject(properties.Select(one => KeyValuePair.Create(one.Key, Sample(one.Value, text, depth + 1)))),
            _ => null,
        };
    }

    /// <summary>Names of a schema's properties.</summary>
    public static IReadOnlyList<string> PropertiesOf(JsonObject? schema) => schema?["properties"] is JsonObject properties ? [.. properties.Select(one => one.Key)] : [];

    private static IReadOnlyList<(string Name, string Kind)> QueryOf(JsonNode operation) =>
    [
        .. from parameter in operation["parameters"]?.AsArray() ?? []
           where parameter!["in"]!.GetValue<string>() == "query"
           let schema = parameter["schema"]!
           select (parameter["name"]!.GetValue<string>(), schema["format"]?.GetValue<string>() ?? schema["type"]!.ToString()),
    ];

    private JsonObject? Resolve(JsonNode? schema)
    {
        if (schema?["oneOf"] is JsonArray either)
        {
            return Resolve(either.First(one => one!["type"]?.ToString() != "null"));
        }

        return schema?["$ref"]?.GetValue<string>() is { } reference
            ? _document["components"]!["schemas"]![reference.Split('/')[^1]] as JsonObject
            : schema as JsonObject;
    }
}
