namespace Barnahus.Platform.Privacy;

/// <summary>
/// A personal value after opening: the value, or the marker that its key was destroyed. In JSON it is the value itself,
/// or <c>{"destroyed":"police"}</c>.
/// </summary>
[System.Text.Json.Serialization.JsonConverter(typeof(OpenedJson))]
public readonly record struct Opened<T>
    where T : notnull
{
    private readonly T? _value;
    private readonly Regime? _destroyed;

    internal Opened(T value) => _value = value;

    internal Opened(Regime destroyed) => _destroyed = destroyed;

    /// <summary>Regime whose key was destroyed; null when the value is here.</summary>
    public Regime? DestroyedRegime => _destroyed;

    /// <summary>The value, or null when its key was destroyed.</summary>
    public T? ValueOrDefault => _value;

    /// <summary>A part or another form of the value; a destroyed one stays destroyed.</summary>
    public Opened<TPart> Map<TPart>(Func<T, TPart> part)
        where TPart : notnull => _destroyed is { } regime ? new(regime) : new(part(_value!));

    public override string ToString() => _destroyed is null ? "[personal]" : "[destroyed]";
}
