using System.Text.Json.Nodes;
using Barnahus.Gateway.Pages;

namespace Barnahus.Gateway.Documents;

/// <summary><c>/api/openapi.json</c>, and <c>/account/api</c>: a page to read it, without any script.</summary>
public static class ApiPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/openapi.json", async (JoinedOpenApi documents, CancellationToken cancellationToken) =>
            Results.Text(await documents.ReadAsync(cancellationToken), "application/json"));
        routes.MapGet("/account/api", async (JoinedOpenApi documents, CancellationToken cancellationToken) =>
            Show(JsonNode.Parse(await documents.ReadAsync(cancellationToken))!.AsObject()));
    }

    private static IResult Show(JsonObject document) => Html.Page("API", Html.Of($"""
        <p lang="en">{document["info"]!["description"]}</p>
        <p><a href="/api/openapi.json">openapi.json</a></p>
        <table lang="en">
        <thead><tr><th scope="col">Address</th><th scope="col">Does</th></tr></thead>
        <tbody>
        {new Markup(string.Join('\n', document["paths"]!.AsObject().SelectMany(path => Rows(path.Key, path.Value as JsonObject ?? []))))}
        </tbody>
        </table>
        """));

    private static IEnumerable<string> Rows(string path, JsonObject item) =>
        from operation in item
        where operation.Value is JsonObject
        select Html.Of($"<tr><td><code>{operation.Key.ToUpperInvariant()} {path}</code></td><td>{operation.Value!["summary"]}</td></tr>");
}
