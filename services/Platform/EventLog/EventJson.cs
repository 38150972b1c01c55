using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Barnahus.Platform.EventLog;

/// <summary>
/// How events, and what is sealed in them, are written as JSON. Part of the stored format: a change here is a change of every event version,
/// and the golden files say so.
/// </summary>
internal static class EventJson
{
    /// <summary>
    /// camelCase, names of enum members in camelCase, nothing for null. A member that the code does not know is an error:
    /// it was written by a later program, and dropping it in silence would change history.
    /// </summary>
    public static readonly JsonSerializerOptions Options = Make();

    /// <summary>The same format with further converters, for one writer.</summary>
    public static JsonSerializerOptions With(JsonConverter converter)
    {
        var options = new JsonSerializerOptions(Options);
        options.Converters.Insert(0, converter);
        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatIsComputed } },
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly();
        return options;
    }

    // An event's Subject and other properties without a setter follow from the rest; stored, they could disagree with it.
    private static void LeaveOutWhatIsComputed(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var property = type.Properties[i];
            if (property.Set is null && property.AssociatedParameter is null)
            {
                type.Properties.RemoveAt(i);
            }
        }
    }
}
