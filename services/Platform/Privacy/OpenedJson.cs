using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Barnahus.Platform.Privacy;

/// <summary>An opened value in JSON is the value itself, or <c>{"destroyed":"police"}</c> in its place.</summary>
internal sealed class OpenedJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Opened<>);

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter?)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()), options);

    private sealed class Of<T>(JsonSerializerOptions all) : JsonConverter<Opened<T>>
        where T : notnull
    {
        private JsonTypeInfo<T>? info;

        public override Opened<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var element = JsonElement.ParseValue(ref reader);
            return element.ValueKind == JsonValueKind.Object
                && element.GetPropertyCount() == 1
                && element.TryGetProperty("destroyed"u8, out var regime)
                && regime.ValueKind == JsonValueKind.String
                ? new Opened<T>(FieldSeal.RegimeOf(regime.GetString()!))
                : new Opened<T>(element.Deserialize<T>(options) ?? throw new JsonException("An opened value is not null."));
        }

        public override void Write(Utf8JsonWriter writer, Opened<T> value, JsonSerializerOptions options)
        {
            if (value.DestroyedRegime is not { } destroyed)
            {
                JsonSerializer.Serialize(writer, value.ValueOrDefault!, info ??= (JsonTypeInfo<T>)all.GetTypeInfo(typeof(T)));
                return;
            }

            writer.WriteStartObject();
            writer.WriteString("destroyed"u8, FieldSeal.NameOf(destroyed));
            writer.WriteEndObject();
        }
    }
}
