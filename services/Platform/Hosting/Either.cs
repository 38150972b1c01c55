using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Barnahus.Platform.Hosting;

/// <summary>A value in an answer, or what stands in its place; in JSON that one thing itself. The OpenAPI document says anyOf.</summary>
[JsonConverter(typeof(EitherJson))]
public sealed class Either<TValue, TInstead>
    where TValue : notnull
    where TInstead : notnull
{
    /// <summary>The value itself.</summary>
    public Either(TValue value) => Content = value;

    /// <summary>What stands in its place.</summary>
    public Either(TInstead instead) => Content = instead;

    /// <summary>The one that is there.</summary>
    internal object Content { get; }
}

/// <summary>Writes the one that is there. Nobody sends one.</summary>
internal sealed class EitherJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Either<,>);

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter?)Activator.CreateInstance(typeof(Of<,>).MakeGenericType(typeToConvert.GetGenericArguments()), options);

    private sealed class Of<TValue, TInstead>(JsonSerializerOptions all) : JsonConverter<Either<TValue, TInstead>>
        where TValue : notnull
        where TInstead : notnull
    {
        private JsonTypeInfo<TValue>? valueInfo;
        private JsonTypeInfo<TInstead>? insteadInfo;

        public override Either<TValue, TInstead> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("This is answered, never sent.");

        public override void Write(Utf8JsonWriter writer, Either<TValue, TInstead> value, JsonSerializerOptions options)
        {
            if (value.Content is TInstead instead)
            {
                JsonSerializer.Serialize(writer, instead, insteadInfo ??= (JsonTypeInfo<TInstead>)all.GetTypeInfo(typeof(TInstead)));
                return;
            }

            JsonSerializer.Serialize(writer, (TValue)value.Content, valueInfo ??= (JsonTypeInfo<TValue>)all.GetTypeInfo(typeof(TValue)));
        }
    }
}
