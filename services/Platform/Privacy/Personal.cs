using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Barnahus.Platform.Privacy;

/// <summary>
/// A personal value. A decider makes it from plain (<see cref="Personal.Of{T}"/>); appending seals it under the key of its subject and regime;
/// what is read from the log is sealed and stays so, in states and views too, until <see cref="PersonalData.Open{T}(Personal{T})"/>
/// opens it for one authorised read. It never prints its value.
/// </summary>
/// <typeparam name="T">What is sealed as a whole: a string, a date, or a record; anything JSON can carry.</typeparam>
[JsonConverter(typeof(PersonalJson))]
public sealed class Personal<T> : IPersonal, IEquatable<Personal<T>>
    where T : notnull
{
    private readonly T? _plain;

    internal Personal(T plain)
    {
        _plain = plain;
        IsPlain = true;
    }

    internal Personal(byte[] cipher) => Cipher = cipher;

    /// <summary>True for a value that has not been through the log: its author still knows it.</summary>
    [MemberNotNullWhen(true, nameof(_plain))]
    public bool IsPlain { get; }

    /// <summary>The seal; null for a plain value.</summary>
    internal byte[]? Cipher { get; }

    /// <summary>What the seal is bound to, once read from the log.</summary>
    internal SealBinding? Binding { get; private set; }

    object? IPersonal.Plain => _plain;

    Type IPersonal.ValueType => typeof(T);

    byte[]? IPersonal.Cipher => Cipher;

    SealBinding? IPersonal.Binding => Binding;

    internal T Plain => IsPlain ? _plain : throw new InvalidOperationException("This value is sealed; open it with PersonalData.");

    void IPersonal.Bind(SealBinding binding) => Binding = binding;

    /// <summary>Plain values are equal by value, sealed ones by their seal; a plain and a sealed one never are.</summary>
    public bool Equals(Personal<T>? other) =>
        other is not null
        && IsPlain == other.IsPlain
        && (IsPlain
            ? EqualityComparer<T>.Default.Equals(_plain, other._plain)
            : Cipher.AsSpan().SequenceEqual(other.Cipher));

    public override bool Equals(object? obj) => Equals(obj as Personal<T>);

    public override int GetHashCode()
    {
        if (IsPlain)
        {
            return _plain.GetHashCode();
        }

        var hash = default(HashCode);
        hash.AddBytes(Cipher);
        return hash.ToHashCode();
    }

    public override string ToString() => "[personal]";
}

/// <summary>Makes personal values.</summary>
public static class Personal
{
    public static Personal<T> Of<T>(T value)
        where T : notnull => new(value);

    /// <summary>Null stays null: a field that was not given is not personal data.</summary>
    public static Personal<T>? OfNullable<T>(T? value)
        where T : class => value is null ? null : new(value);

    /// <inheritdoc cref="OfNullable{T}(T)"/>
    public static Personal<T>? OfNullable<T>(T? value)
        where T : struct => value is null ? null : new(value.Value);
}

/// <summary>What a seal is bound to (associated data), so that a ciphertext opens in its own place only.</summary>
/// <param name="EventId">Event it stands in.</param>
/// <param name="Field">Path in the event, e.g. <c>facts[1].what</c>.</param>
/// <param name="Subject">Whose key.</param>
/// <param name="Regime">Under which regime.</param>
public sealed record SealBinding(Guid EventId, string Field, SubjectId Subject, Regime Regime);

internal interface IPersonal
{
    bool IsPlain { get; }

    object? Plain { get; }

    Type ValueType { get; }

    byte[]? Cipher { get; }

    SealBinding? Binding { get; }

    void Bind(SealBinding binding);
}
