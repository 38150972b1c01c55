using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Privacy;

/// <summary>An event on its way into the log, with its personal fields in the order in which they will be written.</summary>
internal sealed class EventSealing : IPersonalVisitor
{
    public EventSealing(KnownEvent known, IEvent e, Guid eventId)
    {
        Known = known;
        Event = e;
        EventId = eventId;
        known.Walk?.Visit(e, "", e.Subject, this);
    }

    public KnownEvent Known { get; }

    public IEvent Event { get; }

    public Guid EventId { get; }

    public List<(IPersonal Value, SealBinding Binding)> Fields { get; } = [];

    public void Visit(IPersonal personal, string path, SubjectId subject, Regime regime) => Fields.Add(
        subject == SubjectId.None
            ? throw new InvalidOperationException($"{Known.Name}.{path} is personal, and the event is about nobody: say whose data it is.")
            : (personal, new SealBinding(EventId, path, subject, regime)));
}

/// <summary>Seals the personal fields of events that are about to be appended.</summary>
internal sealed class Sealer(IKeyVault vault)
{
    private static readonly Dictionary<KeyName, KeyState.Present> NoKeys = [];
    private readonly PersonalData _opener = new(vault);

    /// <summary>The keys that these events need, durable before this returns: a key comes before the event that uses it.</summary>
    /// <exception cref="SubjectErasedException">One of them was destroyed.</exception>
    public async Task<IReadOnlyDictionary<KeyName, KeyState.Present>> KeysAsync(EventSealing[] sealings, CancellationToken cancellationToken)
    {
        if (Array.TrueForAll(sealings, sealing => sealing.Fields.Count == 0))
        {
            return NoKeys;
        }

        var names = sealings.SelectMany(sealing => sealing.Fields).Select(field => new KeyName(field.Binding.Subject, field.Binding.Regime)).Distinct().ToArray();
        var states = await Task.WhenAll(names.Select(name => vault.GetOrCreateAsync(name, cancellationToken)));
        return names.Zip(states).ToDictionary(
            pair => pair.First,
            pair => pair.Second as KeyState.Present ?? throw new SubjectErasedException(pair.First));
    }

    /// <summary>
    /// The seals, in the order of the fields. A value that was read from the log is opened and sealed anew: a seal is bound to its event.
    /// </summary>
    /// <exception cref="SubjectErasedException">The key of a value that was read from the log is destroyed: there is nothing left to carry on.</exception>
    public Queue<Sealed> Seal(EventSealing sealing, IReadOnlyDictionary<KeyName, KeyState.Present> keys)
    {
        var seals = new Queue<Sealed>(sealing.Fields.Count);
        foreach (var (value, binding) in sealing.Fields)
        {
            var plain = value.IsPlain
                ? JsonSerializer.SerializeToUtf8Bytes(value.Plain, value.ValueType, EventJson.Options)
                : _opener.OpenBytes(value) ?? throw new SubjectErasedException(new KeyName(value.Binding!.Subject, value.Binding.Regime));
            var key = keys[new KeyName(binding.Subject, binding.Regime)];
            seals.Enqueue(new Sealed(value, FieldSeal.Seal(key.Bytes.Span, binding, sealing.Event.Subject, plain.AsSpan().TrimEnd((byte)' '))));
            CryptographicOperations.ZeroMemory(plain);
        }

        return seals;
    }
}

/// <summary>A personal value and the seal with which it is written.</summary>
internal sealed record Sealed(IPersonal Value, byte[] Cipher);

/// <summary>
/// Hands the seals of an event to the converter that writes its personal fields, found by the JSON writer both hold.
/// So the values themselves never change, and one value may be sealed into several events at once.
/// </summary>
internal sealed class SealsInWriting
{
    private readonly ConcurrentDictionary<Utf8JsonWriter, Queue<Sealed>> _inWriting = new(ReferenceEqualityComparer.Instance);

    public IDisposable Begin(Utf8JsonWriter writer, Queue<Sealed> seals)
    {
        _inWriting[writer] = seals;
        return new End(this, writer, seals);
    }

    /// <summary>The seal of the next field; null when this writer writes no event.</summary>
    /// <exception cref="InvalidOperationException">The fields come in another order than they were sealed.</exception>
    public byte[]? Next(Utf8JsonWriter writer, IPersonal value)
    {
        if (!_inWriting.TryGetValue(writer, out var seals))
        {
            return null;
        }

        return seals.TryDequeue(out var next) && ReferenceEquals(next.Value, value)
            ? next.Cipher
            : throw new InvalidOperationException("A personal field is written in another order than it was sealed.");
    }

    private sealed class End(SealsInWriting owner, Utf8JsonWriter writer, Queue<Sealed> seals) : IDisposable
    {
        public void Dispose()
        {
            owner._inWriting.TryRemove(new(writer, seals));
        }
    }
}

/// <summary>Tells the personal fields of an event that was read what their seals are bound to.</summary>
internal sealed class SealBinder(Guid eventId) : IPersonalVisitor
{
    public void Visit(IPersonal personal, string path, SubjectId subject, Regime regime) =>
        personal.Bind(new SealBinding(eventId, path, subject, regime));
}
