using System.Text.Json;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.EventLog;

/// <summary>Between events and bytes: seals and encodes what is appended, decodes (and upcasts) what is read, leaving personal fields sealed.</summary>
public sealed class EventCodec
{
    private readonly EventTypes _types;
    private readonly Sealer _sealer;
    private readonly SealsInWriting _seals = new();
    private readonly JsonSerializerOptions _json;

    public EventCodec(EventTypes types, IKeyVault vault)
    {
        _types = types;
        _sealer = new Sealer(vault);
        _json = EventJson.With(new PersonalJson(_seals));
    }

    /// <summary>
    /// Seals personal fields (creating keys first) and encodes. Event ids follow from the command id and the place, so the same command encodes to the same ids.
    /// The events themselves stay as they are: what their author knows in plain stays plain to the author.
    /// </summary>
    /// <exception cref="SubjectErasedException">A subject's key was destroyed.</exception>
    /// <exception cref="VaultUnreachableException">The vault does not answer.</exception>
    /// <exception cref="EventTypesException">An event is of no known type.</exception>
    /// <exception cref="InvalidOperationException">An event is of a retired version, or holds personal fields and is about nobody.</exception>
    public async Task<IReadOnlyList<EventToAppend>> EncodeAsync(
        string stream, IReadOnlyList<IEvent> events, CommandContext context, CancellationToken cancellationToken)
    {
        var sealings = new EventSealing[events.Count];
        for (var i = 0; i < events.Count; i++)
        {
            var known = _types.Of(events[i].GetType());
            if (known.Retired)
            {
                throw new InvalidOperationException($"{known.Name} is retired: it is read, and never appended. Append the current version.");
            }

            sealings[i] = new EventSealing(known, events[i], DerivedId.Beside(context.CommandId, $"{stream}/{i}"));
        }

        var keys = await _sealer.KeysAsync(sealings, cancellationToken);
        return Array.ConvertAll(sealings, sealing => Encode(sealing, keys, context));
    }

    /// <summary>The event with its envelope; a retired version as the current one.</summary>
    /// <exception cref="UnknownEventTypeException">No code of this process knows this type.</exception>
    /// <exception cref="UnreadableEventException">Its bytes are not what this type has.</exception>
    public Recorded Decode(LoggedEvent logged) =>
        TryDecode(logged) ?? throw new UnknownEventTypeException(logged.Type, logged.Position);

    /// <summary>
    /// What <see cref="TryDecode"/> would give, without the work of decoding: for who takes some types only. Null for an event under a prefix that
    /// this process does not host.
    /// </summary>
    /// <exception cref="UnknownEventTypeException">The prefix is this process's own, and the type is unknown.</exception>
    public Type? TypeOf(LoggedEvent logged) => Find(logged)?.Current;

    /// <summary>As <see cref="Decode"/>, but null for an event under a prefix that this process does not host.</summary>
    /// <exception cref="UnknownEventTypeException">The prefix is this process's own, and the type is unknown.</exception>
    /// <exception cref="UnreadableEventException">Its bytes are not what this type has.</exception>
    public Recorded? TryDecode(LoggedEvent logged)
    {
        if (Find(logged) is not { } known)
        {
            return null;
        }

        try
        {
            return new Recorded(Envelope.Of(logged), known.Read(logged));
        }
        catch (Exception unreadable) when (UnreadableEventException.IsFor(unreadable))
        {
            throw new UnreadableEventException(logged.Type, logged.Position, unreadable);
        }
    }

    /// <summary>The event alone, as <see cref="Decode"/> gives it, without the work of reading its envelope.</summary>
    /// <exception cref="UnknownEventTypeException">No code of this process knows this type.</exception>
    /// <exception cref="UnreadableEventException">Its bytes are not what this type has.</exception>
    public IEvent DecodeEvent(LoggedEvent logged)
    {
        try
        {
            return (Find(logged) ?? throw new UnknownEventTypeException(logged.Type, logged.Position)).Read(logged);
        }
        catch (Exception unreadable) when (UnreadableEventException.IsFor(unreadable))
        {
            throw new UnreadableEventException(logged.Type, logged.Position, unreadable);
        }
    }

    private KnownEvent? Find(LoggedEvent logged) =>
        _types.Find(logged.Type)
        ?? (_types.Owns(logged.Type) ? throw new UnknownEventTypeException(logged.Type, logged.Position) : null);

    private EventToAppend Encode(EventSealing sealing, IReadOnlyDictionary<KeyName, KeyState.Present> keys, CommandContext context)
    {
        var data = JsonBytes.Of((Codec: this, sealing, Seals: _sealer.Seal(sealing, keys)), static (writer, one) =>
        {
            using var writing = one.Codec._seals.Begin(writer, one.Seals);
            JsonSerializer.Serialize(writer, one.sealing.Event, one.sealing.Known.Type, one.Codec._json);
        });
        return new EventToAppend(
            sealing.EventId, sealing.Known.Name, data, EventMetadata.Of(sealing.Event.Subject, context).ToBytes());
    }
}

/// <summary>The bytes of an event are not what its type has. The subscription stops here: the log was changed, or the code was, without a new version.</summary>
public sealed class UnreadableEventException(string type, LogPosition position, Exception inner)
    : Exception($"The event of type {type} at position {position} cannot be read. Check the log's integrity, and the golden file of this version.", inner)
{
    public string Type { get; } = type;

    internal static bool IsFor(Exception failure) => failure is JsonException or FormatException or InvalidOperationException;
}
