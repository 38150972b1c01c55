using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Roster;

namespace Barnahus.Interviews.Slots;

/// <summary>What a search rests on.</summary>
/// <param name="Roster">The roster at one moment.</param>
/// <param name="Agenda">Days of the agenda at one moment; a missing day is empty.</param>
/// <param name="Lengths">Lengths and marks.</param>
public sealed record SlotWorld(RosterImage Roster, IReadOnlyDictionary<DateOnly, AgendaDay> Agenda, InterviewLengths Lengths);

/// <summary>A question with what it rests on, prepared once.</summary>
internal sealed class SlotSearchContext(SlotQuestion question, SlotWorld world)
{
    public SlotQuestion Question { get; } = question;

    public RosterImage Roster => world.Roster;

    public InterviewLengths Lengths => world.Lengths;

    public ulong Waived { get; } = SlotRules.Waived(question.WaivedRules);

    public bool IsWaived(SlotRule rule) => (Waived & rule.Bit()) != 0;

    public AgendaDay DayOf(DateOnly day) => world.Agenda.TryGetValue(day, out var known) ? known : AgendaDay.Initial;
}

/// <summary>One Dutch day of a search: the child's age and the length of the visit on that day, and what the agenda holds.</summary>
internal sealed class SearchDay
{
    private readonly ILookup<string, Reservation> _byPerson;

    public SearchDay(SlotSearchContext search, DateOnly day)
    {
        Search = search;
        Grid = new DayGrid(day);
        Age = search.Question.AgeOn(day);
        Visit = new Visit(
            TimeSpan.FromMinutes(search.Lengths.WelcomeMinutes),
            search.Lengths.Length(Age, search.Question.Needs.ExtraBreaks),
            TimeSpan.FromMinutes(search.Lengths.AftercareMinutes));
        var agenda = search.DayOf(day);
        Held = [.. agenda.HoldingAt(search.Question.Now, search.Question.Replaces)];
        Suspects = [.. agenda.SuspectVisits.Values];
        _byPerson = Held.SelectMany(r => r.PersonIds, (r, person) => (r, person)).ToLookup(x => x.person, x => x.r, StringComparer.Ordinal);
    }

    public SlotSearchContext Search { get; }

    public DayGrid Grid { get; }

    public int? Age { get; }

    public Visit Visit { get; }

    public IReadOnlyList<Reservation> Held { get; }

    public IReadOnlyList<SuspectVisit> Suspects { get; }

    public IEnumerable<Reservation> HeldBy(string personId) => _byPerson[personId];
}
