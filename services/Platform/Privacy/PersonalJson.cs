using System.Text.Json;
using System.Text.Json.Serialization;

namespace Barnahus.Platform.Privacy;

/// <summary>
/// A personal value in JSON is its seal in base64, and nothing else: writing one that is not sealed is an error, so that no response, message or
/// log line can carry it in clear by accident.
/// </summary>
internal sealed class PersonalJson(SealsInWriting? seals) : JsonConverterFactory
{
    public PersonalJson()
        : this(seals: null)
    {
    }

    public override bool CanConvert(Type typeToConvert) => PersonalType.ValueOf(typeToConvert) is not null;

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter?)Activator.CreateInstance(typeof(Of<>).MakeGenericType(PersonalType.ValueOf(typeToConvert)!), seals);

    private sealed class Of<T>(SealsInWriting? seals) : JsonConverter<Personal<T>>
        where T : notnull
    {
        public override Personal<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, Personal<T> value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(
                seals?.Next(writer, value)
                ?? value.Cipher
                ?? throw new InvalidOperationException("A personal value is sealed before it is written: append it in an event, or open it for a read."));
    }
}

internal static class PersonalType
{
    /// <summary>What a <see cref="Personal{T}"/> seals; null for any other type.</summary>
    public static Type? ValueOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Personal<>) ? type.GetGenericArguments()[0] : null;
}
