using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Roster;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Slots;

/// <summary>
/// The reference: one candidate after the other, one rule after the other, as domain.md tells them. No bits, no ranges, no sharing of code
/// with the search but the data and the names of the rules. Slow on purpose.
/// </summary>
public sealed class NaiveSlotSearch(SlotQuestion question, SlotWorld world)
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private readonly NaivePeople _people = new(question, world);

    public SlotAnswer Find()
    {
        var slots = new List<Slot>();
        var rejected = new List<Rejection>();
        foreach (var room in world.Roster.Premises.Rooms.Values)
        {
            var neighbour = false;
            for (var start = FirstStart(); start < question.To; start += Quarter)
            {
                var (slot, rules) = Judge(room, start);
                if (slot is not null)
                {
                    slots.Add(slot);
                    neighbour = false;
                    continue;
                }

                if (neighbour && rejected[^1].Rules.SequenceEqual(rules))
                {
                    rejected[^1] = rejected[^1] with { To = start + Quarter };
                }
                else
                {
                    rejected.Add(new Rejection(room.Id, start, start + Quarter, rules));
                }

                neighbour = true;
            }
        }

        return new SlotAnswer(
            [.. slots.OrderByDescending(s => s.Score).ThenBy(s => s.Start).ThenBy(s => s.RoomId, StringComparer.Ordinal)],
            [.. rejected.OrderBy(r => r.RoomId, StringComparer.Ordinal).ThenBy(r => r.From)]);
    }

    private DateTimeOffset FirstStart()
    {
        var ticks = question.From.UtcTicks;
        var rest = ticks % Quarter.Ticks;
        return new DateTimeOffset(rest == 0 ? ticks : ticks - rest + Quarter.Ticks, TimeSpan.Zero);
    }

    private (Slot? Slot, IReadOnlyList<string> Rules) Judge(Room room, DateTimeOffset start)
    {
        var studio = world.Roster.Premises.Studios[room.StudioId];
        var visit = new NaiveVisit(question, world, start);
        if (Closed(studio, visit) is { } closed)
        {
            return (null, [closed]);
        }

        var rules = OfChildAndRoom(room, studio, visit).Where(r => !IsWaived(r)).ToList();
        var interviewers = _people.Free("interviewer", studio, visit, rules);
        var psychologists = _people.Free("psychologist", studio, visit, rules);
        var interpreters = question.Needs.Interpreter is null ? [] : _people.Free("interpreter", studio, visit, rules);
        if (rules.Count > 0)
        {
            return (null, [.. SlotRules.All.Where(rules.Contains)]);
        }

        var supporters = question.Needs.SupportPerson ? _people.Free("support", studio, visit, []) : [];
        var watched = question.ObserverIds.Count == 0 ? (bool?)null : question.ObserverIds.All(id => _people.CanWatch(id, studio, visit));
        return (new NaiveRanking(question, world, room, visit, watched).Best(interviewers, psychologists, interpreters, supporters), []);
    }

    private bool IsWaived(string rule) => question.WaivedRules.Contains(rule) && SlotRules.CanBeWaived.Contains(rule);

    private string? Closed(Studio studio, NaiveVisit visit)
    {
        var hours = studio.Hours ?? world.Roster.Premises.Hours;
        if (studio.Region != question.Region && !question.OtherRegions.Contains(studio.Region) && !IsWaived("other-region"))
        {
            return "other-region";
        }

        if (visit.Start < question.Now)
        {
            return "in-the-past";
        }

        if (!hours.Days.Contains(visit.Day.DayOfWeek) && !IsWaived("closed-day"))
        {
            return "closed-day";
        }

        if (DutchHolidays.Includes(visit.Day) && !IsWaived("public-holiday"))
        {
            return "public-holiday";
        }

        if (world.Roster.Premises.Closings.Values.Any(c =>
            c.RoomId is null && (c.StudioId is null || c.StudioId == studio.Id) && visit.From < c.To && c.From < visit.To))
        {
            return "studio-closed";
        }

        return IsWaived("outside-opening-hours")
            || (visit.From >= DutchTime.FromDutch(visit.Day, hours.From) && visit.To <= DutchTime.FromDutch(visit.Day, hours.To))
            ? null
            : "outside-opening-hours";
    }

    private IEnumerable<string> OfChildAndRoom(Room room, Studio studio, NaiveVisit visit)
    {
        var needs = question.Needs;
        if (visit.Age is { } age && (age < room.AgeFrom || age > room.AgeTo)) yield return "room-age";
        if (!room.HasSeparateEntrance) yield return "room-entrance";
        if (needs.Disability && !room.IsAccessible) yield return "room-not-accessible";
        if (world.Roster.Premises.Closings.Values.Any(c => c.RoomId == room.Id && visit.From < c.To && c.From < visit.To)) yield return "room-out-of-use";
        if (visit.Age is null) yield return "child-age-unknown";
        if (needs.UnavailableDays is { } days && days.Contains(visit.Day)) yield return "child-unavailable-day";
        if (needs.NotBefore is { } notBefore && visit.Start < DutchTime.FromDutch(visit.Day, notBefore)) yield return "child-not-before";
        if (needs.NotAfter is { } notAfter && visit.End > DutchTime.FromDutch(visit.Day, notAfter)) yield return "child-not-after";
        if (needs.MedicalFirst && (question.ExaminedBy is null || visit.Start < question.ExaminedBy)) yield return "medical-first";

        var way = TimeSpan.FromMinutes(question.TravelMinutes);
        foreach (var own in question.OwnTimes)
        {
            if ((own.Date is null || own.Date == visit.Day) && (own.Day is null || own.Day == visit.Day.DayOfWeek)
                && visit.From - way < DutchTime.FromDutch(visit.Day, own.To) && DutchTime.FromDutch(visit.Day, own.From) < visit.To + way)
            {
                yield return "child-own-times";
            }
        }

        foreach (var held in visit.Held)
        {
            var overlaps = held.From < visit.To && visit.From < held.To;
            if (held.RoomId == room.Id && overlaps) yield return "room-taken";
            if (held.ChildId == question.ChildId && overlaps) yield return "child-taken";
            if (held.ChildId != question.ChildId && held.StudioId == studio.Id && held.From <= visit.To && visit.From <= held.To
                && held.CaseKeys.Any(question.CaseKeys.Contains))
            {
                yield return "children-crossing";
            }
        }

        foreach (var suspect in visit.Agenda.SuspectVisits.Values)
        {
            if (suspect.StudioId == studio.Id && suspect.From <= visit.To && visit.From <= suspect.To && suspect.CaseKeys.Any(question.CaseKeys.Contains))
            {
                yield return "suspect-in-building";
            }
        }
    }
}

/// <summary>One start, with what follows from it.</summary>
public sealed class NaiveVisit
{
    public NaiveVisit(SlotQuestion question, SlotWorld world, DateTimeOffset start)
    {
        Start = start;
        Day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, DutchTime.Zone).DateTime);
        Age = AgeOn(question, Day);
        var minutes = Age is { } age ? world.Lengths.Lengths.First(l => age <= l.AgeTo).Minutes : world.Lengths.Lengths.Max(l => l.Minutes);
        End = start.AddMinutes(minutes + (question.Needs.ExtraBreaks ? world.Lengths.ExtraBreaksMinutes : 0));
        From = start.AddMinutes(-world.Lengths.WelcomeMinutes);
        To = End.AddMinutes(world.Lengths.AftercareMinutes);
        Agenda = world.Agenda.GetValueOrDefault(Day) ?? AgendaDay.Initial;
        Held = Agenda.Reservations.Values.Where(r => r.Id != question.Replaces
            && (r.Status == ReservationStatus.Confirmed || (r.Status == ReservationStatus.Reserved && r.ExpiresAt > question.Now)));
    }

    public DateTimeOffset Start { get; }

    public DateTimeOffset End { get; }

    public DateTimeOffset From { get; }

    public DateTimeOffset To { get; }

    public DateOnly Day { get; }

    public int? Age { get; }

    public AgendaDay Agenda { get; }

    public IEnumerable<Reservation> Held { get; }

    // Counts birthdays one by one.
    private static int? AgeOn(SlotQuestion question, DateOnly day)
    {
        var (from, age) = question.BirthDate is { } birth ? (birth, 0)
            : question.EstimatedAge is { } estimate ? (question.EstimatedOn ?? day, estimate)
            : (day, -1);
        if (age < 0)
        {
            return null;
        }

        for (var year = from.Year + 1; Birthday(from, year) <= day; year++)
        {
            age++;
        }

        return age;
    }
    // Who was born on 29 February is a year older on 1 March where there is no such day.
    private static DateOnly Birthday(DateOnly birth, int year) =>
        birth is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new DateOnly(year, 3, 1) : new DateOnly(year, birth.Month, birth.Day);
}
