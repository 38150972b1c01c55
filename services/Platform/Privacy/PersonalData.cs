using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Barnahus.Contracts;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Privacy;

/// <summary>Opens personal values for one authorised use, and seals them again for another place.</summary>
public sealed class PersonalData(IKeyVault vault)
{
    /// <summary>Opens a value; a plain one (not yet appended) as it is. A destroyed key gives the marker.</summary>
    /// <exception cref="SealBrokenException">It was changed or moved.</exception>
    /// <exception cref="KeyMissingException">No key and no tombstone.</exception>
    /// <exception cref="VaultUnreachableException">The vault does not answer.</exception>
    public Opened<T> Open<T>(Personal<T> value)
        where T : notnull
    {
        if (value.IsPlain)
        {
            return new(value.Plain);
        }

        var (cipher, binding) = SealOf(value);
        return Open<T>(binding, cipher);
    }

    /// <summary>Opens what came over the bus. The receiver seals it anew, in an event of its own (<see cref="Personal.Of{T}"/>).</summary>
    /// <inheritdoc cref="Open{T}(Personal{T})" path="/exception"/>
    /// <exception cref="FormatException">Subject or regime are not such.</exception>
    public Opened<T> Open<T>(SealedField field)
        where T : notnull =>
        Open<T>(new SealBinding(field.EventId, field.Field, SubjectId.Parse(field.Subject), FieldSeal.RegimeOf(field.Regime)), field.Cipher);

    /// <summary>
    /// Opens a field of an event whose type this process does not know, by the place where it stands.
    /// </summary>
    /// <param name="eventId">Event it stands in.</param>
    /// <param name="eventSubject">Subject of that event's envelope.</param>
    /// <param name="field">Path in the event, e.g. <c>facts[1].what</c>.</param>
    /// <param name="seal">Its bytes, as the JSON has them in base64.</param>
    /// <inheritdoc cref="Open{T}(Personal{T})" path="/exception"/>
    public Opened<JsonElement> OpenUntyped(Guid eventId, SubjectId eventSubject, string field, ReadOnlyMemory<byte> seal)
    {
        var binding = FieldSeal.TryReadHead(seal.Span, out var regime, out var subject, out _)
            ? new SealBinding(eventId, field, subject ?? eventSubject, regime)
            : throw new SealBrokenException(new SealBinding(eventId, field, eventSubject, default));
        return Open<JsonElement>(binding, seal);
    }

    /// <summary>A value read from the log, as it may travel: sealed, with what it is bound to.</summary>
    /// <exception cref="InvalidOperationException">The value is not from the log.</exception>
    public SealedField ToSealedField<T>(Personal<T> value)
        where T : notnull
    {
        var (cipher, binding) = SealOf(value);
        return new(binding.Subject.ToString(), FieldSeal.NameOf(binding.Regime), binding.EventId, binding.Field, cipher);
    }

    /// <summary>
    /// The same for a value that may come of a retired version, in which it stood in clear: that is sealed for the way, bound to a place of the event that is told.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="place">What a seal that is made here is bound to.</param>
    /// <returns>Null when the key was destroyed: what stood in clear does not travel then.</returns>
    /// <exception cref="VaultUnreachableException">The vault does not answer.</exception>
    public async ValueTask<SealedField?> ToSealedFieldAsync<T>(Personal<T> value, SealBinding place, CancellationToken cancellationToken)
        where T : notnull
    {
        if (!value.IsPlain)
        {
            return ToSealedField(value);
        }

        var plain = JsonSerializer.SerializeToUtf8Bytes(value.Plain, EventJson.Options);
        return await vault.GetOrCreateAsync(new KeyName(place.Subject, place.Regime), cancellationToken) is KeyState.Present key
            ? new(place.Subject.ToString(), FieldSeal.NameOf(place.Regime), place.EventId, place.Field, FieldSeal.Seal(key.Bytes.Span, place, place.Subject, plain))
            : null;
    }

    /// <summary>The JSON of a value read from the log; null when its key was destroyed.</summary>
    internal byte[]? OpenBytes(IPersonal value)
    {
        var (cipher, binding) = SealOf(value);
        return OpenBytes(binding, cipher);
    }

    private static (byte[] Cipher, SealBinding Binding) SealOf(IPersonal value) => value is { Cipher: { } cipher, Binding: { } binding }
        ? (cipher, binding)
        : throw new InvalidOperationException("This value was not read from the log, so it has no seal.");

    private byte[]? OpenBytes(SealBinding binding, ReadOnlyMemory<byte> cipher) =>
        vault.Get(new KeyName(binding.Subject, binding.Regime)) is KeyState.Present key
            ? FieldSeal.Open(key.Bytes.Span, binding, cipher.Span)
            : null;

    private Opened<T> Open<T>(SealBinding binding, ReadOnlyMemory<byte> cipher)
        where T : notnull
    {
        if (OpenBytes(binding, cipher) is not { } plain)
        {
            return new(binding.Regime);
        }

        var value = Read<T>(plain);
        CryptographicOperations.ZeroMemory(plain);
        return value is T read
            ? new(read)
            : throw new InvalidOperationException($"The sealed field {binding.Field} of event {binding.EventId} is no {typeof(T).Name}. Read it as what was sealed.");
    }

    // Null when it is something else. The serialiser's own exception is dropped on purpose: its text could quote what was sealed.
    private static object? Read<T>(byte[] plain)
    {
        try
        {
            return JsonSerializer.Deserialize(plain, Known<T>.Info);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static class Known<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)EventJson.Options.GetTypeInfo(typeof(T));
    }
}
