using System.Text.Json;
using System.Text.Json.Nodes;
using Barnahus.Gateway.Protection;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.OpenApi;

namespace Barnahus.Gateway.Documents;

/// <summary>
/// The services' OpenAPI documents as one: paths under <c>/api</c>, the names of components prefixed with their service. A service that does not answer
/// is named in the description; the others are still there.
/// </summary>
public sealed class JoinedOpenApi(HttpClient http, GatewaySettings settings, IOpenApiDocumentProvider own, IMemoryCache kept, ILogger<JoinedOpenApi> logger)
{
    /// <summary>Name of the gateway's own document, of <c>/api/account</c>.</summary>
    public const string Own = "account";

    /// <summary>Joining takes a tenth of a second of processor; a service that was renewed shows within this time.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private const string SchemaPrefix = "#/components/";

    private static readonly (string Status, string Why)[] OfGateway =
    [
        ("400", "The request has errors."), ("403", $"A call with the session's cookie, but without the header {CrossSiteGuard.Header}."),
        ("413", "The body is too large."), ("429", "Too many requests: Retry-After says when it is worth trying again."),
        ("502", "A service answered nothing that could be understood: try again in a moment."), ("503", "A service is out of reach: try again in a moment."),
        ("504", "A service did not answer in time: try again in a moment."),
    ];

    /// <summary>As JSON; one that is whole is kept for a minute.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        if (kept.TryGetValue<string>(Own, out var before))
        {
            return before!;
        }

        var (document, isWhole) = await JoinAsync(cancellationToken);
        var text = document.ToJsonString();
        return isWhole ? kept.Set(Own, text, KeptFor) : text;
    }

    private async Task<(JsonObject Document, bool IsWhole)> JoinAsync(CancellationToken cancellationToken)
    {
        var paths = new JsonObject();
        var components = new JsonObject();
        var missing = new List<string>();
        var answers = await Task.WhenAll(settings.Services.Select(service => FetchAsync(service.Key, service.Value, cancellationToken)));
        foreach (var (service, document) in answers.OrderBy(answer => answer.Service, StringComparer.Ordinal))
        {
            if (document is null)
            {
                missing.Add(service);
                continue;
            }

            Add(document, service, paths, components);
        }

        Add(await OwnAsync(cancellationToken), Own, paths, components);

        components["securitySchemes"] = new JsonObject
        {
            [ApiDocument.Person] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = Sessions.SessionCookie.Name },
            [ApiDocument.Machine] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "at+jwt" },
        };
        foreach (var (path, item) in paths)
        {
            DescribeGateway(path, item!.AsObject());
        }

        return (new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "Barnahus", ["version"] = "1.0.0", ["description"] = Description(missing) },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = components,
        }, missing.Count == 0);
    }

    /// <summary>What the gateway asks of every call, and what it answers itself when it lets a call go no further.</summary>
    private static void DescribeGateway(string path, JsonObject item)
    {
        foreach (var operation in item.Select(one => one.Value).OfType<JsonObject>().Where(one => one["responses"] is JsonObject))
        {
            var responses = operation["responses"]!.AsObject();
            foreach (var (status, why) in OfGateway)
            {
                responses.TryAdd(status, new JsonObject
                {
                    ["description"] = why,
                    ["content"] = new JsonObject
                    {
                        ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"{SchemaPrefix}schemas/{Own}-ProblemDetails" } },
                    },
                });
            }

            if (path.StartsWith($"/api/{Own}/", StringComparison.Ordinal))
            {
                operation["security"] = new JsonArray(new JsonObject { [ApiDocument.Person] = new JsonArray() });
            }

            if (path.StartsWith("/api/", StringComparison.Ordinal))
            {
                if (operation["parameters"] is not JsonArray parameters)
                {
                    operation["parameters"] = parameters = [];
                }

                parameters.Add((JsonNode)new JsonObject
                {
                    ["name"] = CrossSiteGuard.Header,
                    ["in"] = "header",
                    ["description"] = "1, with every call that carries the session's cookie: another site can't make a browser send it.",
                    ["schema"] = new JsonObject { ["type"] = "string" },
                });
            }
        }
    }

    /// <summary>A service's paths stand under <c>/api</c>; the gateway's own do already, and tokens are asked for at the root.</summary>
    private static void Add(JsonObject document, string service, JsonObject paths, JsonObject components)
    {
        Rename(document, service);
        foreach (var (path, item) in document["paths"] as JsonObject ?? [])
        {
            paths[service == Own || path.StartsWith("/connect/", StringComparison.Ordinal) ? path : $"/api{path}"] = item?.DeepClone();
        }

        Collect(components, document["components"] as JsonObject ?? [], service);
    }

    private async Task<JsonObject> OwnAsync(CancellationToken cancellationToken)
    {
        var document = await own.GetOpenApiDocumentAsync(cancellationToken);
        return JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken))!.AsObject();
    }

    private static string Description(List<string> missing) => missing.Count == 0
        ? "All services of Barnahus. Persons call with the session's cookie and X-CSRF: 1, machine clients with a token of /connect/token."
        : $"Did not answer just now: {string.Join(", ", missing)}.";

    /// <summary>Prefixes what the document refers to, so that two services may use one name.</summary>
    private static void Rename(JsonNode? node, string service)
    {
        switch (node)
        {
            case JsonObject thing:
                if (thing["$ref"] is JsonValue reference
                    && reference.GetValueKind() == JsonValueKind.String
                    && reference.GetValue<string>() is var target
                    && target.StartsWith(SchemaPrefix, StringComparison.Ordinal))
                {
                    var slash = target.LastIndexOf('/');
                    thing["$ref"] = $"{target[..slash]}/{service}-{target[(slash + 1)..]}";
                }

                foreach (var (_, child) in thing)
                {
                    Rename(child, service);
                }

                break;
            case JsonArray list:
                foreach (var child in list)
                {
                    Rename(child, service);
                }

                break;
        }
    }

    private static void Collect(JsonObject all, JsonObject components, string service)
    {
        // How callers prove themselves is the gateway's to say.
        foreach (var (kind, named) in components.Where(component => component.Key != "securitySchemes"))
        {
            var target = all[kind] as JsonObject;
            if (target is null)
            {
                all[kind] = target = [];
            }

            foreach (var (name, component) in named as JsonObject ?? [])
            {
                target[$"{service}-{name}"] = component?.DeepClone();
            }
        }
    }

    private async Task<(string Service, JsonObject? Document)> FetchAsync(string service, IReadOnlyList<Uri> replicas, CancellationToken cancellationToken)
    {
        foreach (var address in replicas)
        {
            try
            {
                var text = await http.GetStringAsync(new Uri(address, $"/{service}/v1/openapi.json"), cancellationToken);
                return (service, JsonNode.Parse(text) as JsonObject);
            }
            catch (Exception error) when (error is HttpRequestException or JsonException || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                logger.LogWarning(error, "The OpenAPI document of {Service} is out of reach at {Address}.", service, address);
            }
        }

        return (service, null);
    }
}
