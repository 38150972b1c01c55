using System.Globalization;

namespace Barnahus.Platform.EventLog;

/// <summary>A place in the global order of one log: opaque, comparable, printable. Never compare positions of two logs.</summary>
public readonly record struct LogPosition(long Value) : IComparable<LogPosition>
{
    /// <summary>Before the first event.</summary>
    public static readonly LogPosition Start = new(0);

    public int CompareTo(LogPosition other) => Value.CompareTo(other.Value);

    public static bool operator <(LogPosition left, LogPosition right) => left.Value < right.Value;

    public static bool operator >(LogPosition left, LogPosition right) => left.Value > right.Value;

    public static bool operator <=(LogPosition left, LogPosition right) => left.Value <= right.Value;

    public static bool operator >=(LogPosition left, LogPosition right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> printed.</summary>
    public static bool TryParse(string? text, out LogPosition position)
    {
        var valid = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        position = new LogPosition(value);
        return valid;
    }
}
