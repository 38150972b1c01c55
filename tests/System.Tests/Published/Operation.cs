using System.Text.Json.Nodes;

namespace Barnahus.SystemTests.Published;

/// <summary>One operation of the OpenAPI document.</summary>
/// <param name="Method">E.g. <c>GET</c>.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Responses">By status.</param>
public sealed record Operation(string Method, string Path, JsonObject Responses)
{
    private readonly string[] _parts = Path.Split('/');

    /// <summary>Number of its path parameters.</summary>
    public int Parameters => _parts.Count(part => part.StartsWith('{'));

    public static IReadOnlyList<Operation> Of(JsonObject document) =>
    [
        .. from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           where operation.Value?["responses"] is not null
           select new Operation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!["responses"]!.AsObject()),
    ];

    /// <summary>Whether an address is one of this operation's.</summary>
    public bool Takes(string address)
    {
        var parts = address.Split('/');
        return parts.Length == _parts.Length && parts.Zip(_parts).All(pair => pair.Second.StartsWith('{') || pair.First == pair.Second);
    }

    public override string ToString() => $"{Method} {Path}";
}
