using System.Text.Json;

namespace Barnahus.Intake.Schema;

/// <summary>
/// Validates JSON against a published schema, so that what partners read and what is enforced are one document.
/// Knows the part of JSON Schema 2020-12 that our schemas use, asserts formats, and refuses to load a schema with any other keyword:
/// nothing that is published is silently not enforced.
/// </summary>
public sealed class JsonSchema
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "$ref", "$defs", "title", "description", "type", "additionalProperties", "required", "properties", "items",
        "anyOf", "enum", "pattern", "format", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "minimum", "maximum",
    };

    private static readonly HashSet<string> Formats = new(StringComparer.Ordinal) { "date", "date-time", "uuid", "email", "bsn" };

    private static readonly string[] Maps = ["properties", "$defs"];

    private static readonly string[] Parts = ["items", "additionalProperties"];

    private readonly JsonElement _root;

    private JsonSchema(string text, JsonElement root)
    {
        Text = text;
        _root = root;
    }

    /// <summary>The document as published.</summary>
    public string Text { get; }

    /// <summary>The <c>$id</c>.</summary>
    public string Id => _root.GetProperty("$id").GetString()!;

    /// <exception cref="NotSupportedException">The schema says something that would not be enforced.</exception>
    public static JsonSchema Load(string text)
    {
        var root = JsonDocument.Parse(text).RootElement.Clone();
        RequireKnown(root);
        return new(text, root);
    }

    /// <summary>What is wrong, per field (<c>facts[1].what</c>); empty when the value is valid. Errors name rules, never values.</summary>
    public IReadOnlyDictionary<string, string[]> Validate(JsonElement value)
    {
        var errors = new List<(string Field, string Error)>();
        try
        {
            Check(_root, value, "", errors);
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: JSON can write it, text cannot hold it.
            errors.Add(("", "has text that is no Unicode"));
        }

        return errors.GroupBy(error => error.Field, StringComparer.Ordinal)
            .ToDictionary(group => group.Key.Length == 0 ? "data" : group.Key, group => group.Select(error => error.Error).ToArray(), StringComparer.Ordinal);
    }

    private static void RequireKnown(JsonElement schema)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Known.Contains(keyword.Name) || (keyword.Name == "format" && !Formats.Contains(keyword.Value.GetString()!)))
            {
                throw new NotSupportedException($"The schema says {keyword.Name}, which would not be enforced.");
            }
        }

        foreach (var map in Maps.Where(name => schema.TryGetProperty(name, out _)))
        {
            foreach (var property in schema.GetProperty(map).EnumerateObject())
            {
                RequireKnown(property.Value);
            }
        }

        foreach (var part in Parts.Where(name => schema.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object))
        {
            RequireKnown(schema.GetProperty(part));
        }

        if (schema.TryGetProperty("anyOf", out var either))
        {
            either.EnumerateArray().ToList().ForEach(RequireKnown);
        }
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<(string Field, string Error)> errors)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            Check(_root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), value, path, errors);
            return;
        }

        if (schema.TryGetProperty("anyOf", out var either) && !either.EnumerateArray().Any(one => Fits(one, value)))
        {
            errors.Add((path, "is none of what the schema allows"));
            return;
        }

        if (schema.TryGetProperty("type", out var type) && !TypeFits(type, value))
        {
            errors.Add((path, $"must be {Types(type)}"));
            return;
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(option => JsonElement.DeepEquals(option, value)))
        {
            errors.Add((path, $"must be one of {string.Join(", ", allowed.EnumerateArray().Select(option => option.ToString() is { Length: > 0 } text ? text : "null"))}"));
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(schema, value, path, errors);
                break;
            case JsonValueKind.Array:
                CheckArray(schema, value, path, errors);
                break;
            case JsonValueKind.String:
                errors.AddRange(TextSchema.Wrong(schema, value.GetString()!).Select(error => (path, error)));
                break;
            case JsonValueKind.Number when value.TryGetDecimal(out var number):
                if ((schema.TryGetProperty("minimum", out var least) && number < least.GetDecimal())
                    || (schema.TryGetProperty("maximum", out var most) && number > most.GetDecimal()))
                {
                    errors.Add((path, "is outside the range that the schema allows"));
                }

                break;
        }
    }

    private bool Fits(JsonElement schema, JsonElement value)
    {
        var errors = new List<(string Field, string Error)>();
        Check(schema, value, "", errors);
        return errors.Count == 0;
    }

    private void CheckObject(JsonElement schema, JsonElement value, string path, List<(string Field, string Error)> errors)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
            {
                errors.Add((At(path, name), "is required"));
            }
        }

        var known = schema.TryGetProperty("properties", out var properties);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                errors.Add((path, "names a field twice"));
            }
            else if (known && properties.TryGetProperty(member.Name, out var property))
            {
                Check(property, member.Value, At(path, member.Name), errors);
            }
            else if (schema.TryGetProperty("additionalProperties", out var more))
            {
                // The name itself may be a child's name put in the wrong place: it is not repeated.
                if (more.ValueKind == JsonValueKind.False)
                {
                    errors.Add((path, "has a field that the schema does not know"));
                }
                else
                {
                    Check(more, member.Value, path, errors);
                }
            }
        }
    }

    private void CheckArray(JsonElement schema, JsonElement value, string path, List<(string Field, string Error)> errors)
    {
        var count = value.GetArrayLength();
        if (schema.TryGetProperty("minItems", out var least) && count < least.GetInt32())
        {
            errors.Add((path, $"must have at least {least.GetInt32()} items"));
        }

        if (schema.TryGetProperty("maxItems", out var most) && count > most.GetInt32())
        {
            errors.Add((path, $"must have at most {most.GetInt32()} items"));
            return;
        }

        if (schema.TryGetProperty("uniqueItems", out var unique) && unique.GetBoolean()
            && value.EnumerateArray().Select(item => item.GetRawText()).Distinct(StringComparer.Ordinal).Count() < count)
        {
            errors.Add((path, "names an item twice"));
        }

        if (schema.TryGetProperty("items", out var items))
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                Check(items, item, $"{path}[{index}]", errors);
            }
        }
    }

    private static bool TypeFits(JsonElement type, JsonElement value) =>
        type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Any(option => TypeFits(option, value))
            : type.GetString() switch
            {
                "object" => value.ValueKind == JsonValueKind.Object,
                "array" => value.ValueKind == JsonValueKind.Array,
                "string" => value.ValueKind == JsonValueKind.String,
                "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
                "null" => value.ValueKind == JsonValueKind.Null,
                "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
                var other => throw new NotSupportedException($"The schema says type {other}."),
            };

    private static string Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(option => option.GetString())) : type.GetString()!;

    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
