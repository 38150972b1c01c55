using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Slots;

/// <summary>
/// The search for a slot: pure. A candidate is a room and a 15-minute start; every candidate is either a slot or rejected by named rules.
/// Where the building is closed that one rule is named and nothing else is asked. Where no interviewer (psychologist, interpreter) is free, the rules
/// that reject each of them are named together, without saying whom they reject.
/// </summary>
public static class SlotSearch
{
    /// <summary>Ranked slots, and the rules that reject every other candidate.</summary>
    public static SlotAnswer Find(SlotQuestion question, SlotWorld world)
    {
        var search = new SlotSearchContext(question, world);
        var collector = new SlotCollector();
        if (question.From < question.To)
        {
            var last = question.To.AddTicks(-1).DutchDate();
            for (var day = question.From.DutchDate(); day <= last; day = day.AddDays(1))
            {
                Find(new SearchDay(search, day), collector);
            }
        }

        return collector.Answer();
    }

    /// <summary>Rules that a choice breaks, in their fixed order; none when it fits. Waived rules are not named.</summary>
    public static IReadOnlyList<string> Objections(SlotQuestion question, SlotChoice choice, SlotWorld world)
    {
        var search = new SlotSearchContext(question, world);
        if (!world.Roster.Premises.Rooms.TryGetValue(choice.RoomId, out var room))
        {
            return [SlotRules.NameOf(SlotRule.RoomUnknown)];
        }

        var day = new SearchDay(search, choice.Start.DutchDate());
        var start = day.Grid.At(choice.Start);
        if (start == 0)
        {
            return [SlotRules.NameOf(SlotRule.StartOffGrid)];
        }

        var studio = new StudioDay(day, world.Roster.Premises.Studios[room.StudioId]);
        var broken = studio.Closed.At(start);
        if (broken == 0)
        {
            broken = studio.Child.At(start) | studio.Ask(room).At(start)
                | Person(choice.InterviewerId, PersonRules.Interviewer)
                | Person(choice.PsychologistId, PersonRules.Psychologist)
                | Person(choice.InterpreterId, PersonRules.Interpreter)
                | Person(choice.SupportId, PersonRules.Support);
            if (question.Needs.Interpreter is not null && choice.InterpreterId is null)
            {
                broken |= SlotRule.NoInterpreter.Bit();
            }
        }

        return SlotCollector.NamesOf(broken);

        ulong Person(string? id, PersonRules rules) =>
            id is null ? 0
            : world.Roster.People.TryGetValue(id, out var person) && person.Role == rules.Role ? studio.Ask(person, rules, start)
            : SlotRule.PersonUnknown.Bit();
    }

    /// <summary>Whether everybody who wants to watch can be there; true when nobody asked.</summary>
    public static bool ObserversFree(SlotQuestion question, SlotChoice choice, SlotWorld world)
    {
        var day = new SearchDay(new SlotSearchContext(question, world), choice.Start.DutchDate());
        return !world.Roster.Premises.Rooms.TryGetValue(choice.RoomId, out var room)
            || new StudioDay(day, world.Roster.Premises.Studios[room.StudioId]).ObserversFree() is not { } free
            || (free & day.Grid.At(choice.Start)) != 0;
    }

    /// <summary>When the visit of a choice begins, when the interview ends, and when the visit ends, with the lengths of that day.</summary>
    public static (DateTimeOffset VisitFrom, DateTimeOffset End, DateTimeOffset VisitTo) Times(
        SlotQuestion question, DateTimeOffset start, InterviewLengths lengths)
    {
        var end = start + lengths.Length(question.AgeOn(start.DutchDate()), question.Needs.ExtraBreaks);
        return (start.AddMinutes(-lengths.WelcomeMinutes), end, end.AddMinutes(lengths.AftercareMinutes));
    }

    private static void Find(SearchDay day, SlotCollector collector)
    {
        var question = day.Search.Question;
        var asked = day.Grid.StartsIn(question.From, question.To);
        var premises = day.Search.Roster.Premises;
        foreach (var rooms in premises.Rooms.Values.GroupBy(r => r.StudioId, StringComparer.Ordinal))
        {
            var studio = new StudioDay(day, premises.Studios[rooms.Key]);
            var open = studio.Open & asked;
            var team = open == 0 ? null : new TeamDay(studio, question.Needs, open, day.Search);
            foreach (var room in rooms)
            {
                var bits = new RuleBits(day.Search.Waived);
                bits.Add(studio.Closed, asked);
                if (team is not null)
                {
                    bits.Add(studio.Child, open);
                    bits.Add(studio.Ask(room), open);
                    bits.Add(team.Missing, open);
                    collector.Accept(day, room, open & ~bits.Any, team);
                }

                collector.Reject(day.Grid, room, asked, bits);
            }
        }
    }
}

/// <summary>Who could work in a building on a day, role by role, and where somebody is missing.</summary>
internal sealed class TeamDay
{
    public TeamDay(StudioDay studio, Contracts.StructuredNeeds needs, UInt128 open, SlotSearchContext search)
    {
        Missing = new RuleBits(search.Waived);
        Interviewers = Staff(studio, PersonRules.Interviewer, open);
        Psychologists = Staff(studio, PersonRules.Psychologist, open);
        Interpreters = needs.Interpreter is null ? null : Staff(studio, PersonRules.Interpreter, open);
        Supporters = needs.SupportPerson ? studio.Pool(PersonRules.Support) : null;
        ObserversFree = studio.ObserversFree();
    }

    /// <summary>Rules of everybody in a role, at the starts where nobody in it is free.</summary>
    public RuleBits Missing { get; }

    public IReadOnlyList<PersonDay> Interviewers { get; }

    public IReadOnlyList<PersonDay> Psychologists { get; }

    /// <summary>Null when none is needed.</summary>
    public IReadOnlyList<PersonDay>? Interpreters { get; }

    /// <summary>Null when none is wanted.</summary>
    public IReadOnlyList<PersonDay>? Supporters { get; }

    /// <summary>Starts at which everybody who wants to watch can; null when nobody asked.</summary>
    public UInt128? ObserversFree { get; }

    private IReadOnlyList<PersonDay> Staff(StudioDay studio, PersonRules rules, UInt128 open)
    {
        var pool = studio.Pool(rules);
        var missing = pool.Aggregate(open, (left, person) => left & person.Bits.Any);
        if (pool.Count == 0)
        {
            Missing.Add(rules.Nobody, missing);
        }

        foreach (var person in pool)
        {
            Missing.Add(person.Bits, missing);
        }

        return pool;
    }
}
