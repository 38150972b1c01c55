using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Slots;

namespace Barnahus.Interviews.Agenda;

/// <summary>What two visits on one day may not have in common.</summary>
public static class AgendaConflicts
{
    /// <summary>The first rule that keeps a reservation from being held beside others, or null.</summary>
    public static string? FirstOf(
        Reservation wanted, IReadOnlyCollection<Reservation> holding, IEnumerable<SuspectVisit> suspects, TravelTimes travel)
    {
        if (holding.Any(r => r.RoomId == wanted.RoomId && r.Overlaps(wanted.From, wanted.To)))
        {
            return SlotRules.RoomTaken;
        }

        if (holding.Any(r => r.ChildId == wanted.ChildId && r.Overlaps(wanted.From, wanted.To)))
        {
            return SlotRules.ChildTaken;
        }

        var shared = holding.Where(r => r.PersonIds.Intersect(wanted.PersonIds, StringComparer.Ordinal).Any()).ToList();
        if (shared.Exists(r => r.Overlaps(wanted.From, wanted.To)))
        {
            return SlotRules.PersonTaken;
        }

        if (shared.Exists(r => IsTooFar(r, wanted, travel)))
        {
            return SlotRules.PersonTravel;
        }

        if (suspects.Any(v => v.StudioId == wanted.StudioId && v.Touches(wanted.From, wanted.To) && Share(v.CaseKeys, wanted.CaseKeys)))
        {
            return SlotRules.SuspectInBuilding;
        }

        return holding.Any(r => Crosses(r, wanted)) ? SlotRules.ChildrenCrossing : null;
    }

    /// <summary>Whether a suspect would be in the building together with a child of the same case.</summary>
    public static bool Meets(SuspectVisit visit, IEnumerable<Reservation> holding) =>
        holding.Any(r => r.StudioId == visit.StudioId && r.Touches(visit.From, visit.To) && Share(r.CaseKeys, visit.CaseKeys));

    private static bool IsTooFar(Reservation held, Reservation wanted, TravelTimes travel)
    {
        var needed = TimeSpan.FromMinutes(travel.Minutes(held.StudioId, wanted.StudioId));
        return held.StudioId != wanted.StudioId && held.Overlaps(wanted.From - needed, wanted.To + needed);
    }

    // A child's own visits (medical examination, interview) may follow each other.
    private static bool Crosses(Reservation held, Reservation wanted) =>
        held.StudioId == wanted.StudioId && held.ChildId != wanted.ChildId
        && held.Touches(wanted.From, wanted.To) && Share(held.CaseKeys, wanted.CaseKeys);

    private static bool Share(IReadOnlyList<string> a, IReadOnlyList<string> b) => a.Intersect(b, StringComparer.Ordinal).Any();
}
