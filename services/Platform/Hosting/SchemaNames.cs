using System.Text.Json.Serialization.Metadata;
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
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        for (var outer = name is null ? null : (Nullable.GetUnderlyingType(type.Type) ?? type.Type).DeclaringType; outer is not null; outer = outer.DeclaringType)
        {
            name = outer.Name + name;
        }

        return name;
    }
}
