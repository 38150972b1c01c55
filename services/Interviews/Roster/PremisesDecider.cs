using Barnahus.Platform.Deciding;

namespace Barnahus.Interviews.Roster;

/// <summary>What a planner may do with buildings and rooms.</summary>
public abstract record PremisesCommand
{
    private PremisesCommand()
    {
    }

    public sealed record OpenStudio(Studio Studio) : PremisesCommand;

    public sealed record EquipRoom(Room Room) : PremisesCommand;

    public sealed record SetOpeningHours(OpeningHours Hours) : PremisesCommand;

    public sealed record PlanClosing(Closing Closing) : PremisesCommand;

    public sealed record WithdrawClosing(Guid ClosingId) : PremisesCommand;

    /// <param name="FromStudio">One building; null with <paramref name="ToStudio"/> null: the default.</param>
    /// <param name="ToStudio">The other.</param>
    /// <param name="Minutes">Minutes, 0 to 480.</param>
    public sealed record SetTravelTime(string? FromStudio, string? ToStudio, int Minutes) : PremisesCommand;
}

/// <summary>Decides on buildings and rooms. What is already so changes nothing: an import may be repeated.</summary>
public static class PremisesDecider
{
    public static readonly Decider<PremisesCommand, Premises> Decider = new(Premises.Initial, Decide, Premises.Evolve);

    private static Decision Decide(PremisesCommand command, Premises state) => command switch
    {
        PremisesCommand.OpenStudio { Studio: var studio } => Open(studio, state),
        PremisesCommand.EquipRoom { Room: var room } => Equip(room, state),
        PremisesCommand.SetOpeningHours { Hours: var hours } => SetHours(hours, state),
        PremisesCommand.PlanClosing { Closing: var closing } => Plan(closing, state),
        PremisesCommand.WithdrawClosing { ClosingId: var id } =>
            state.Closings.ContainsKey(id) ? Decision.Accept(new ClosingWithdrawn(id)) : Decision.Nothing,
        PremisesCommand.SetTravelTime travel => SetTravel(travel, state),
        _ => throw new InvalidOperationException($"{command.GetType().Name} is no command of the premises."),
    };

    private static Decision Open(Studio studio, Premises state)
    {
        if (studio.Hours is { } hours && hours.From >= hours.To)
        {
            return NoHours();
        }

        return state.Studios.TryGetValue(studio.Id, out var known) && known == studio
            ? Decision.Nothing
            : Decision.Accept(new StudioOpened(studio.Id, studio.Region, studio.Name, studio.Hours));
    }

    private static Decision Equip(Room room, Premises state)
    {
        if (!state.Studios.ContainsKey(room.StudioId))
        {
            return Decision.Refuse("studio-unknown", "The room names a studio that is not on the roster. Add the studio first.");
        }

        if (room.AgeFrom > room.AgeTo)
        {
            return Decision.Refuse("room-ages", "The youngest age of a room lies above its oldest. Turn them round.");
        }

        if (!state.Rooms.TryGetValue(room.Id, out var known))
        {
            return Decision.Accept(Equipped(room));
        }

        if (known.StudioId != room.StudioId)
        {
            return Decision.Refuse("room-in-another-studio", "This code belongs to a room of another studio. Choose another code.");
        }

        return known == room ? Decision.Nothing : Decision.Accept(Equipped(room));
    }

    private static RoomEquipped Equipped(Room room) =>
        new(room.Id, room.StudioId, room.AgeFrom, room.AgeTo, room.HasSeparateEntrance, room.IsAccessible);

    private static Decision SetHours(OpeningHours hours, Premises state) =>
        hours.From >= hours.To ? NoHours()
        : state.Hours == hours ? Decision.Nothing
        : Decision.Accept(new OpeningHoursSet(hours));

    private static Decision NoHours() =>
        Decision.Refuse("opening-hours", "The closing time must lie after the opening time.");

    private static Decision Plan(Closing closing, Premises state)
    {
        if (closing.From >= closing.To)
        {
            return Decision.Refuse("closing-empty", "A closing must end after it begins.");
        }

        if (closing.RoomId is { } room && !state.Rooms.ContainsKey(room))
        {
            return Decision.Refuse("room-unknown", "There is no such room on the roster. Check its code.");
        }

        if (closing.StudioId is { } studio && !state.Studios.ContainsKey(studio))
        {
            return Decision.Refuse("studio-unknown", "There is no such studio on the roster. Check its code.");
        }

        return state.Closings.TryGetValue(closing.Id, out var known) && known == closing
            ? Decision.Nothing
            : Decision.Accept(new ClosingPlanned(closing.Id, closing.StudioId, closing.RoomId, closing.From, closing.To));
    }

    private static Decision SetTravel(PremisesCommand.SetTravelTime travel, Premises state)
    {
        if (travel is { FromStudio: { } from, ToStudio: { } to })
        {
            if (!state.Studios.ContainsKey(from) || !state.Studios.ContainsKey(to))
            {
                return Decision.Refuse("studio-unknown", "A travel time names a studio that is not on the roster. Add the studio first.");
            }

            return state.Travel.Measured.TryGetValue(TravelTimes.Pair(from, to), out var known) && known == travel.Minutes
                ? Decision.Nothing
                : Decision.Accept(new TravelTimeSet(from, to, travel.Minutes));
        }

        return state.Travel.DefaultMinutes == travel.Minutes ? Decision.Nothing : Decision.Accept(new TravelTimeSet(null, null, travel.Minutes));
    }
}
