namespace Barnahus.Interviews.Roster;

/// <summary>A Barnahus: a building with rooms.</summary>
/// <param name="Id">Code, e.g. <c>utrecht</c>.</param>
/// <param name="Region">Police unit's region.</param>
/// <param name="Name">Name on the door.</param>
/// <param name="Hours">Its own opening hours; null: those of the installation.</param>
public sealed record Studio(string Id, string Region, string Name, OpeningHours? Hours = null);

/// <summary>A child-friendly interview room, with its observation room and waiting room: they are used together.</summary>
/// <param name="Id">Code, unique in the installation, e.g. <c>utr-1</c>.</param>
/// <param name="StudioId">Building it is in.</param>
/// <param name="AgeFrom">Youngest age it is furnished for, in whole years.</param>
/// <param name="AgeTo">Oldest age, inclusive: with 12 a child who is still 12 fits.</param>
/// <param name="HasSeparateEntrance">The child meets nobody on the way in.</param>
/// <param name="IsAccessible">Fit for a child with a disability; false as long as nobody stated it.</param>
public sealed record Room(string Id, string StudioId, int AgeFrom, int AgeTo, bool HasSeparateEntrance, bool IsAccessible = false)
{
    /// <summary>Whether a child of this age, in whole years, fits.</summary>
    public bool Suits(int age) => age >= AgeFrom && age <= AgeTo;
}

/// <summary>When a building is open, in Dutch wall-clock time; never on public holidays.</summary>
/// <param name="Days">Days of the week.</param>
/// <param name="From">Opens.</param>
/// <param name="To">Closes.</param>
public sealed record OpeningHours(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To)
{
    /// <summary>What holds until a planner says otherwise: weekdays, office hours.</summary>
    public static OpeningHours Default { get; } = new(
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], new(8, 30), new(17, 30));

    public bool Equals(OpeningHours? other) =>
        other is not null && From == other.From && To == other.To && Days.SequenceEqual(other.Days);

    public override int GetHashCode() => HashCode.Combine(From, To, Days.Count);
}

/// <summary>A time in which the whole installation, a building or a room is out of use.</summary>
/// <param name="Id">Identity.</param>
/// <param name="StudioId">Building; null with <paramref name="RoomId"/> null: all of them.</param>
/// <param name="RoomId">Room; null: the whole building.</param>
/// <param name="From">From, UTC.</param>
/// <param name="To">To, UTC, exclusive.</param>
public sealed record Closing(Guid Id, string? StudioId, string? RoomId, DateTimeOffset From, DateTimeOffset To);

/// <summary>Minutes a person needs between two buildings on one day, the same both ways.</summary>
/// <param name="DefaultMinutes">Between buildings nobody measured.</param>
/// <param name="Measured">Measured pairs, by <see cref="Pair"/>.</param>
public sealed record TravelTimes(int DefaultMinutes, IReadOnlyDictionary<string, int> Measured)
{
    /// <summary>Two hours between any two buildings, as the roster document says.</summary>
    public static TravelTimes Default { get; } = new(120, new Dictionary<string, int>(StringComparer.Ordinal));

    /// <summary>Minutes between two buildings; none within one.</summary>
    public int Minutes(string a, string b) =>
        string.Equals(a, b, StringComparison.Ordinal) ? 0
        : Measured.TryGetValue(Pair(a, b), out var minutes) ? minutes
        : DefaultMinutes;

    /// <summary>Name of a pair, whichever way round.</summary>
    public static string Pair(string a, string b) => string.CompareOrdinal(a, b) <= 0 ? $"{a}|{b}" : $"{b}|{a}";
}
