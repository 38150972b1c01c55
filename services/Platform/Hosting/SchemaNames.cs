using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Barnahus.Platform.Privacy;
using Microsoft.AspNetCore.OpenApi;

namespace Barnahus.Platform.Hosting;

/// <summary>Names of the schemas in a service's OpenAPI document.</summary>
public static class SchemaNames
{
    /// <summary>
    /// Features nest their requests and call them Request. By the framework's names all of these would be one schema, that of the first,
    /// and the document would tell callers to send the wrong thing; so a nested type carries the names of the types around it.
    /// </summary>
    /// <returns>Null when the schema stands inline.</returns>
    public static string? Of(JsonTypeInfo type)
    {
        var name = Alternatives(Nullable.GetUnderlyingType(type.Type) ?? type.Type).Count > 0 ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        for (var outer = name is null ? null : (Nullable.GetUnderlyingType(type.Type) ?? type.Type).DeclaringType; outer is not null; outer = outer.DeclaringType)
        {
            name = outer.Name + name;
        }

        return name;
    }

    /// <summary>The types of which a value is one in JSON, when it is written by hand; else none.</summary>
    internal static IReadOnlyList<Type> Alternatives(Type type) => type.IsGenericType switch
    {
        true when type.GetGenericTypeDefinition() == typeof(Opened<>) => [type.GetGenericArguments()[0], typeof(Destroyed)],
        true when type.GetGenericTypeDefinition() == typeof(Either<,>) => type.GetGenericArguments(),
        _ => [],
    };

    /// <summary>In place of a personal value whose key was destroyed.</summary>
    /// <param name="Regime">Regime of the key, e.g. <c>police</c>.</param>
    private sealed record Destroyed([property: JsonPropertyName("destroyed")] string Regime);
}
