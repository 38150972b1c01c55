using System.Text.Json;
using System.Text.Json.Serialization;

namespace Barnahus.Platform.Privacy;

internal sealed class PersonalJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => throw new NotSupportedException();

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();
}

internal sealed class OpenedJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => throw new NotSupportedException();

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();
}
