using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Barnahus.Platform.Privacy;

namespace Barnahus.Testing;

/// <summary>Prints events for comparison in a test, personal values in plain: only a test may.</summary>
public static class PlainJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new PlainPersonalFactory(), new JsonStringEnumConverter() },
    };

    public static string Print(object value) => JsonSerializer.Serialize(value, Options);

    private sealed class PlainPersonalFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Personal<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(PlainPersonal<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private sealed class PlainPersonal<T> : JsonConverter<Personal<T>>
        where T : notnull
    {
        public override Personal<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Printed only.");

        public override void Write(Utf8JsonWriter writer, Personal<T> value, JsonSerializerOptions options)
        {
            if (value.IsPlain)
            {
                JsonSerializer.Serialize(writer, value.Plain, options);
            }
            else
            {
                writer.WriteStringValue("[sealed]");
            }
        }
    }
}
