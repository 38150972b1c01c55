using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Slots;

namespace Barnahus.Interviews.Agenda;

/// <summary>What two visits on one day may not have in common.</summary>
public static class AgendaConflicts
{
    /// <summary>The first rule that keeps a reservation from being held beside others, and when that is; or null.</summary>
    public static AgendaConflict? FirstOf(
        Reservation wanted, IReadOnlyCollection<Reservation> holding, IEnumerable<SuspectVisit> suspects, TravelTimes travel)
    {
        var over = holding.Where(r => r.Overlaps(wanted.From, wanted.To)).ToList();
        var shared = holding.Where(r => r.PersonIds.Intersect(wanted.PersonIds, StringComparer.Ordinal).Any()).ToList();
        return Held(SlotRules.RoomTaken, over.Find(r => r.RoomId == wanted.RoomId))
            ?? Held(SlotRules.ChildTaken, over.Find(r => r.ChildId == wanted.ChildId))
            ?? Held(SlotRules.PersonTaken, over.Find(shared.Contains))
            ?? Held(SlotRules.PersonTravel, shared.Find(r => IsTooFar(r, wanted, travel)))
            ?? Expected(suspects.FirstOrDefault(
                v => v.StudioId == wanted.StudioId && v.Touches(wanted.From, wanted.To) && Share(v.CaseKeys, wanted.CaseKeys)))
            ?? Held(SlotRules.ChildrenCrossing, holding.FirstOrDefault(r => Crosses(r, wanted)));
    }

    /// <summary>Whether a suspect would be in the building together with a child of the same case.</summary>
    public static bool Meets(SuspectVisit visit, IEnumerable<Reservation> holding) =>
        holding.Any(r => r.StudioId == visit.StudioId && r.Touches(visit.From, visit.To) && Share(r.CaseKeys, visit.CaseKeys));

    private static AgendaConflict? Held(string rule, Reservation? held) => held is null ? null : new(rule, held.From, held.To);

    private static AgendaConflict? Expected(SuspectVisit? visit) =>
        visit is null ? null : new(SlotRules.SuspectInBuilding, visit.From, visit.To);

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

/// <summary>What stands in the way of a reservation: the rule and the time that is taken; never whose it is.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="From">From, UTC.</param>
/// <param name="To">To, UTC, exclusive.</param>
public sealed record AgendaConflict(string Rule, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>
    /// For a person: what is in the way, when, and what to do. Not when another party of the case is in the building: that is not for everybody who books.
    /// </summary>
    public string Detail => Rule is SlotRules.ChildrenCrossing or SlotRules.SuspectInBuilding
        ? SlotRules.Detail(Rule)
        : $"{SlotRules.Detail(Rule)} It is now held for {From.SaidTo(To)}.";
}
