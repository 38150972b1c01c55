using System.Collections.Immutable;
using Barnahus.Platform.EventLog;

namespace Barnahus.Interviews.Roster;

/// <summary>All buildings and rooms of the installation, when they are open, and how far apart they are: one stream, so that a room's code is unique.</summary>
/// <param name="Studios">Buildings by code.</param>
/// <param name="Rooms">Rooms by code.</param>
/// <param name="Hours">Opening hours where a building has none of its own.</param>
/// <param name="Closings">Planned closings.</param>
/// <param name="Travel">Travel times between buildings.</param>
public sealed record Premises(
    ImmutableSortedDictionary<string, Studio> Studios,
    ImmutableSortedDictionary<string, Room> Rooms,
    OpeningHours Hours,
    ImmutableDictionary<Guid, Closing> Closings,
    TravelTimes Travel)
{
    /// <summary>The only stream of its kind.</summary>
    public const string Stream = "interviews.premises";

    /// <summary>Nothing but default hours and travel times.</summary>
    public static Premises Initial { get; } = new(
        ImmutableSortedDictionary.Create<string, Studio>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, Room>(StringComparer.Ordinal),
        OpeningHours.Default,
        ImmutableDictionary<Guid, Closing>.Empty,
        TravelTimes.Default);

    /// <summary>Opening hours of a building.</summary>
    public OpeningHours HoursOf(Studio studio) => studio.Hours ?? Hours;

    /// <exception cref="InvalidOperationException">An event of another stream.</exception>
    public static Premises Evolve(Premises state, IEvent e) => e switch
    {
        StudioOpened s => state with { Studios = state.Studios.SetItem(s.StudioId, new(s.StudioId, s.Region, s.Name, s.Hours)) },
        RoomEquipped r => state with
        {
            Rooms = state.Rooms.SetItem(r.RoomId, new(r.RoomId, r.StudioId, r.AgeFrom, r.AgeTo, r.HasSeparateEntrance, r.IsAccessible)),
        },
        OpeningHoursSet h => state with { Hours = h.Hours },
        ClosingPlanned c => state with { Closings = state.Closings.SetItem(c.ClosingId, new(c.ClosingId, c.StudioId, c.RoomId, c.From, c.To)) },
        ClosingWithdrawn c => state with { Closings = state.Closings.Remove(c.ClosingId) },
        TravelTimeSet { FromStudio: { } from, ToStudio: { } to } t => state with { Travel = Measure(state.Travel, from, to, t.Minutes) },
        TravelTimeSet t => state with { Travel = state.Travel with { DefaultMinutes = t.Minutes } },
        _ => throw new InvalidOperationException($"{e.GetType().Name} is no event of the premises."),
    };

    private static TravelTimes Measure(TravelTimes travel, string from, string to, int minutes) => travel with
    {
        Measured = new Dictionary<string, int>(travel.Measured, StringComparer.Ordinal) { [TravelTimes.Pair(from, to)] = minutes },
    };
}
