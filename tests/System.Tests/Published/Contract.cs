using System.Text.Json;
using System.Text.Json.Nodes;
using Barnahus.Intake.Schema;

namespace Barnahus.SystemTests.Published;

/// <summary>What the gateway's OpenAPI document says each address answers, and whether an answer is that.</summary>
public sealed class Contract
{
    private static readonly SemaphoreSlim Reading = new(1, 1);
    private static Contract? s_read;
    private readonly Dictionary<(string, string, string), JsonSchema> _schemas = [];
    private readonly JsonObject _definitions;

    private Contract(JsonObject document)
    {
        Operations = Operation.Of(document);
        _definitions = (JsonObject)ForEvaluator(document["components"]!["schemas"]!)!;
    }

    /// <summary>All operations of all services, of the identity provider and of the gateway.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The document as this code publishes it: the same in every installation, so read once.</summary>
    public static async Task<Contract> OfAsync(HttpClient person)
    {
        await Reading.WaitAsync();
        try
        {
            if (s_read is null)
            {
                var document = JsonNode.Parse(await person.GetStringAsync("/api/openapi.json"))!.AsObject();
                document["info"]!["description"]!.GetValue<string>().ShouldNotContain("Did not answer");
                s_read = new(document);
            }

            return s_read;
        }
        finally
        {
            Reading.Release();
        }
    }

    /// <summary>What is not as published in an answer; null when all is.</summary>
    public static async Task<string?> WrongAsync(HttpClient person, HttpResponseMessage response, string body)
    {
        var path = response.RequestMessage!.RequestUri!.AbsolutePath;
        return path.StartsWith("/api/", StringComparison.Ordinal)
            ? (await OfAsync(person)).Wrong(response.RequestMessage.Method.Method, path, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body)
            : null;
    }

    private string? Wrong(string method, string path, int status, string? media, string body)
    {
        var operation = Operations.Where(one => one.Method == method && one.Takes(path)).MaxBy(one => one.Path.Count(letter => letter == '/') - one.Parameters);
        if (operation is null)
        {
            return $"{method} {path} is in no document";
        }

        if (operation.Responses[$"{status}"] is not { } said)
        {
            return $"{operation} does not say that it answers {status}";
        }

        if (said["content"]?[media ?? ""]?["schema"] is not { } schema)
        {
            return said["content"] is null && body.Length == 0 ? null : $"{operation} does not say that it answers {status} with {media}";
        }

        lock (_schemas)
        {
            var key = (method, operation.Path, $"{status}");
            if (!_schemas.TryGetValue(key, out var evaluator))
            {
                var whole = ForEvaluator(schema)!.AsObject();
                whole["$defs"] = _definitions.DeepClone();
                _schemas[key] = evaluator = JsonSchema.Load(whole.ToJsonString());
            }

            var errors = media is "application/json" or "application/problem+json" ? evaluator.Validate(JsonDocument.Parse(body).RootElement) : new Dictionary<string, string[]>();
            return errors.Count == 0 ? null : $"{operation} {status}: {string.Join("; ", errors.Select(error => $"{error.Key} {string.Join(", ", error.Value)}"))}";
        }
    }

    /// <summary>The same schema in the words that the evaluator knows; what only tells a client how to store a value is left out.</summary>
    private static JsonNode? ForEvaluator(JsonNode? node) => node switch
    {
        JsonObject thing => new JsonObject(thing.Where(member => !IsHint(member)).Select(member => KeyValuePair.Create(
            member.Key == "oneOf" ? "anyOf" : member.Key,
            member.Key == "$ref" ? member.Value!.GetValue<string>().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal) : ForEvaluator(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(ForEvaluator)]),
        _ => node?.DeepClone(),
    };

    private static bool IsHint(KeyValuePair<string, JsonNode?> member) =>
        (member.Key == "default" && member.Value is not JsonObject) || (member.Key == "format" && member.Value?.ToString() is "int32" or "int64" or "time" or "binary");
}
