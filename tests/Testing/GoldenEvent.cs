using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Testing;

/// <summary>
/// One event version as its golden file shows it: the JSON of a sample with every field, in which each sealed field shows whose key,
/// which regime and which value stand behind it.
/// </summary>
internal sealed class GoldenEvent
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly KnownEvent _known;
    private readonly Guid _id;
    private readonly List<(string Seal, string Golden)> _seals = [];

    public GoldenEvent(KnownEvent known)
    {
        _known = known;
        _id = DerivedId.From(known.Name);
        var sealing = new EventSealing(known, (IEvent)new SampleEvent(EventJson.Options).Make(known.Type, known.Name), _id);
        foreach (var (value, binding) in sealing.Fields)
        {
            var behind = new JsonObject
            {
                ["sealed"] = $"{FieldSeal.NameOf(binding.Regime)} of {binding.Subject}",
                ["value"] = JsonSerializer.SerializeToNode(value.Plain, value.ValueType, EventJson.Options),
            };
            _seals.Add((Convert.ToBase64String(Encoding.UTF8.GetBytes($"seal {_seals.Count:D6} of {known.Name}")), behind.ToJsonString(Indented)));
        }

        Written = Write(sealing);
    }

    /// <summary>What the code writes for the sample, with seals.</summary>
    public string Written { get; }

    /// <summary>The golden text of what the code writes.</summary>
    public string Golden => JsonNode.Parse(_seals.Aggregate(
        Written, (json, seal) => json.Replace($"\"{seal.Seal}\"", seal.Golden, StringComparison.Ordinal)))!.ToJsonString(Indented) + "\n";

    /// <summary>A golden text as the log would give it back.</summary>
    public LoggedEvent Logged(string golden)
    {
        var unseal = 0;
        var json = JsonNode.Parse(golden)!;
        Reseal(json, () => _seals[unseal++].Seal);
        var metadata = EventMetadata.Of(SubjectId.None, new CommandContext(_id, Actor.System("golden"), null, DateTimeOffset.UnixEpoch, _id)).ToBytes();
        return new(new LogPosition(1), "golden.event-1", 0, _id, _known.Name, Encoding.UTF8.GetBytes(json.ToJsonString()), metadata, DateTimeOffset.UnixEpoch);
    }

    private static void Reseal(JsonNode? node, Func<string> next)
    {
        switch (node)
        {
            case JsonObject { Count: 2 } seal when seal.ContainsKey("sealed") && seal.ContainsKey("value"):
                seal.ReplaceWith(next());
                break;

            case JsonObject members:
                foreach (var name in members.Select(member => member.Key).ToList())
                {
                    Reseal(members[name], next);
                }

                break;

            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    Reseal(items[i], next);
                }

                break;
        }
    }

    private string Write(EventSealing sealing)
    {
        var seals = new SealsInWriting();
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var queue = new Queue<Sealed>(sealing.Fields.Zip(_seals, (field, seal) => new Sealed(field.Value, Convert.FromBase64String(seal.Seal))));
            using var writing = seals.Begin(writer, queue);
            JsonSerializer.Serialize(writer, sealing.Event, _known.Type, EventJson.With(new PersonalJson(seals)));
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
