using Barnahus.Interviews.Roster;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Slots;

/// <summary>One building on one day: when it is closed, what stands in the child's way there, and who could work there.</summary>
internal sealed class StudioDay
{
    private readonly SearchDay _day;
    private readonly Studio _studio;

    public StudioDay(SearchDay day, Studio studio)
    {
        _day = day;
        _studio = studio;
        Closed = AskClosed();
        Open = day.Grid.All & ~Closed.Any;
        Child = Open == 0 ? new RuleBits(day.Search.Waived) : AskChild();
    }

    /// <summary>Rules of which one alone rejects a start: nothing else is asked then.</summary>
    public RuleBits Closed { get; }

    /// <summary>Starts at which more is asked.</summary>
    public UInt128 Open { get; }

    /// <summary>Rules about the child and about who else is in the building.</summary>
    public RuleBits Child { get; }

    /// <summary>Rules about a room.</summary>
    public RuleBits Ask(Room room)
    {
        var bits = new RuleBits(_day.Search.Waived);
        var (grid, needs) = (_day.Grid, _day.Search.Question.Needs);
        if (_day.Age is { } age && !room.Suits(age))
        {
            bits.Add(SlotRule.RoomAge, grid.All);
        }

        if (!room.HasSeparateEntrance)
        {
            bits.Add(SlotRule.RoomEntrance, grid.All);
        }

        if (needs.Disability && !room.IsAccessible)
        {
            bits.Add(SlotRule.RoomNotAccessible, grid.All);
        }

        foreach (var closing in _day.Search.Roster.Premises.Closings.Values.Where(c => c.RoomId == room.Id))
        {
            bits.Add(SlotRule.RoomOutOfUse, grid.Overlapping(closing.From, closing.To, _day.Visit));
        }

        foreach (var held in _day.Held.Where(r => r.RoomId == room.Id))
        {
            bits.Add(SlotRule.RoomTaken, grid.Overlapping(held.From, held.To, _day.Visit));
        }

        return bits;
    }

    /// <summary>Everybody who could take a role here, best first.</summary>
    public IReadOnlyList<PersonDay> Pool(PersonRules rules) =>
    [
        .. _day.Search.Roster.People.Values
            .Where(p => p.Role == rules.Role && IsFromHere(p, rules) && Speaks(p, rules))
            .Select(p => new PersonDay(p, rules, _day, _studio))
            .OrderByDescending(p => p.Rank.Points)
            .ThenBy(p => p.Person.Id, StringComparer.Ordinal),
    ];

    /// <summary>Starts at which everybody who wants to watch can; null when nobody asked. Somebody unknown never can.</summary>
    public UInt128? ObserversFree() => _day.Search.Question.ObserverIds is { Count: > 0 } wanted
        ? wanted.Aggregate(_day.Grid.All, (free, id) => _day.Search.Roster.People.TryGetValue(id, out var person)
            ? new PersonDay(person, PersonRules.Observer, _day, _studio).Free(free)
            : 0)
        : null;

    /// <summary>Rules about one person chosen by hand.</summary>
    public ulong Ask(RosterPerson person, PersonRules rules, UInt128 start)
    {
        var bits = new PersonDay(person, rules, _day, _studio).Bits;
        if (!IsFromHere(person, rules))
        {
            bits.Add(rules.Region, start);
        }

        if (!Speaks(person, rules))
        {
            bits.Add(SlotRule.InterpreterLanguage, start);
        }

        return bits.At(start);
    }

    private bool IsFromHere(RosterPerson person, PersonRules rules) =>
        person.Entry.Regions.Contains(_studio.Region, StringComparer.Ordinal) || _day.Search.IsWaived(rules.Region);

    private bool Speaks(RosterPerson person, PersonRules rules) =>
        rules.Role != StaffRoles.Interpreter
        || (_day.Search.Question.Needs.Interpreter is { } language && person.Languages.Contains(language, StringComparer.OrdinalIgnoreCase));

    private RuleBits AskClosed()
    {
        var (search, grid) = (_day.Search, _day.Grid);
        var bits = new RuleBits(search.Waived);
        var hours = search.Roster.Premises.HoursOf(_studio);
        if (_studio.Region != search.Question.Region && !search.Question.OtherRegions.Contains(_studio.Region, StringComparer.Ordinal))
        {
            bits.Add(SlotRule.OtherRegion, grid.All);
        }

        bits.Add(SlotRule.InThePast, grid.StartsIn(grid.Midnight, search.Question.Now) & ~bits.Any);
        if (!hours.Days.Contains(grid.Day.DayOfWeek))
        {
            bits.Add(SlotRule.ClosedDay, grid.All & ~bits.Any);
        }

        if (DutchHolidays.Includes(grid.Day))
        {
            bits.Add(SlotRule.PublicHoliday, grid.All & ~bits.Any);
        }

        UInt128 closed = 0;
        foreach (var closing in search.Roster.Premises.Closings.Values
            .Where(c => c.RoomId is null && (c.StudioId is null || c.StudioId == _studio.Id)))
        {
            closed |= grid.Overlapping(closing.From, closing.To, _day.Visit);
        }

        bits.Add(SlotRule.StudioClosed, closed & ~bits.Any);
        bits.Add(SlotRule.OutsideOpeningHours, grid.All & ~grid.Within(grid.Wall(hours.From), grid.Wall(hours.To), _day.Visit) & ~bits.Any);
        return bits;
    }

    private RuleBits AskChild()
    {
        var (question, grid, visit) = (_day.Search.Question, _day.Grid, _day.Visit);
        var needs = question.Needs;
        var bits = new RuleBits(_day.Search.Waived);
        bits.Add(SlotRule.ChildAgeUnknown, _day.Age is null ? grid.All : 0);
        bits.Add(SlotRule.ChildUnavailableDay, needs.UnavailableDays?.Contains(grid.Day) == true ? grid.All : 0);
        if (needs.NotBefore is { } notBefore)
        {
            bits.Add(SlotRule.ChildNotBefore, grid.StartsIn(grid.Midnight, grid.Wall(notBefore)));
        }

        if (needs.NotAfter is { } notAfter)
        {
            var interview = new Visit(TimeSpan.Zero, visit.Length, TimeSpan.Zero);
            bits.Add(SlotRule.ChildNotAfter, grid.All & ~grid.Within(grid.Midnight, grid.Wall(notAfter), interview));
        }

        foreach (var own in question.OwnTimes.Where(o => o.IsOn(grid.Day)))
        {
            bits.Add(SlotRule.ChildOwnTimes, grid.Overlapping(grid.Wall(own.From), grid.Wall(own.To), visit.WithTravel(question.TravelMinutes)));
        }

        if (needs.MedicalFirst)
        {
            bits.Add(SlotRule.MedicalFirst, question.ExaminedBy is { } examined ? grid.StartsIn(grid.Midnight, examined) : grid.All);
        }

        AskWhoElse(bits);
        return bits;
    }

    private void AskWhoElse(RuleBits bits)
    {
        var (question, grid) = (_day.Search.Question, _day.Grid);
        foreach (var held in _day.Held)
        {
            if (held.ChildId == question.ChildId)
            {
                bits.Add(SlotRule.ChildTaken, grid.Overlapping(held.From, held.To, _day.Visit));
            }
            else if (held.StudioId == _studio.Id && held.CaseKeys.Intersect(question.CaseKeys, StringComparer.Ordinal).Any())
            {
                bits.Add(SlotRule.ChildrenCrossing, grid.Touching(held.From, held.To, _day.Visit));
            }
        }

        foreach (var suspect in _day.Suspects
            .Where(s => s.StudioId == _studio.Id && s.CaseKeys.Intersect(question.CaseKeys, StringComparer.Ordinal).Any()))
        {
            bits.Add(SlotRule.SuspectInBuilding, grid.Touching(suspect.From, suspect.To, _day.Visit));
        }
    }
}
