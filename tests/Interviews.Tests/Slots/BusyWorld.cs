using System.Collections.Immutable;
using Barnahus.Contracts;
using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Roster;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Slots;

/// <summary>
/// The world of figure P8 (quality.md): four weeks over the end of summer time, 20 interviewers, 8 rooms, a half-full agenda; and questions of
/// children with needs. The same each time.
/// </summary>
public static class BusyWorld
{
    private static readonly DateOnly First = new(2026, 10, 5);
    private static readonly string[] Regions = ["Noord", "Oost", "Zuid", "West"];

    public static SlotWorld Make()
    {
        var random = new Random(8);
        var studios = Regions.Select((region, i) => new Studio($"s{i}", region, $"Barnahus {region}")).ToList();
        var rooms = studios.SelectMany((s, i) => new[] { new Room($"r{i}-1", s.Id, 4, 12, true, true), new Room($"r{i}-2", s.Id, 8, 18, true) }).ToList();
        var people = Enumerable.Range(0, 20).Select(i => Interviewer(i, random))
            .Concat(Enumerable.Range(0, 8).Select(i => Person($"p{i:00}", "psychologist", i)))
            .Concat(Enumerable.Range(0, 4).Select(i => Person($"t{i:00}", "interpreter", i)))
            .ToImmutableSortedDictionary(p => p.Id, p => p, StringComparer.Ordinal);
        var premises = Premises.Initial with
        {
            Studios = studios.ToImmutableSortedDictionary(s => s.Id, s => s, StringComparer.Ordinal),
            Rooms = rooms.ToImmutableSortedDictionary(r => r.Id, r => r, StringComparer.Ordinal),
        };
        var agenda = Enumerable.Range(0, 28).Select(First.AddDays)
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .ToDictionary(day => day, day => Day(day, rooms, random));
        return new SlotWorld(new RosterImage(premises, people), agenda, InterviewLengths.Shipped());
    }

    /// <summary>A question over the whole four weeks and all eight rooms.</summary>
    public static SlotQuestion Question(int i)
    {
        var from = DutchTime.FromDutch(First, TimeOnly.MinValue);
        var to = DutchTime.FromDutch(First.AddDays(28), TimeOnly.MinValue);
        return new SlotQuestion(Id(i % 40), Regions[i % 4], from, from, to, from.AddDays(-2))
        {
            OtherRegions = Regions,
            CaseKeys = [$"k{i % 12}"],
            BirthDate = First.AddDays(14).AddYears(-(5 + (i % 13))),
            Needs = new StructuredNeeds(
                Interpreter: i % 3 == 0 ? "vi" : null,
                Lvb: i % 4 == 1,
                NotBefore: i % 5 == 2 ? new TimeOnly(10, 0) : null,
                InterviewerGender: i % 2 == 1 ? "f" : null,
                ExtraBreaks: i % 3 == 1),
            OwnTimes = [new OwnTime(new TimeOnly(12, 0), new TimeOnly(13, 0), DayOfWeek.Wednesday)],
            TravelMinutes = 30,
            PreviousPersonIds = i % 6 == 0 ? ["i07"] : [],
            ConflictingAccountIds = [Account(3)],
        };
    }

    private static RosterPerson Interviewer(int i, Random random)
    {
        var person = Person($"i{i:00}", "interviewer", i);
        var away = DutchTime.FromDutch(First.AddDays(random.Next(28)), TimeOnly.MinValue);
        return person with
        {
            Entry = person.Entry with { AccountId = Account(i), Certified = new Certificate(4 + (i % 3 * 2), 12 + (i % 4 * 2), i % 2 == 0, First.AddDays(10 + (i * 3))) },
            Hours = i % 2 == 0 ? [] : [.. Enumerable.Range(1, 4).Select(d => new WorkingHours((DayOfWeek)d, new TimeOnly(8, 30), new TimeOnly(16, 0)))],
            Absences = [new Absence(Id(1000 + i), away, away.AddDays(random.Next(1, 6)))],
        };
    }

    private static RosterPerson Person(string id, string role, int i) => new(
        new StaffEntry(id, role, [Regions[i % 4], Regions[(i + 1) % 4]], null, null), i % 3 == 0 ? "m" : "f", role == "interpreter" ? ["vi"] : [], null, [], []);

    // Two or three visits a day fill half of the nine hours a room is open.
    private static AgendaDay Day(DateOnly day, IReadOnlyList<Room> rooms, Random random)
    {
        var held = new List<Reservation>();
        foreach (var room in rooms)
        {
            var from = DutchTime.FromDutch(day, new TimeOnly(8, 30)).AddMinutes(15 * random.Next(8));
            for (var visit = 0; visit < 2 + random.Next(2); visit++)
            {
                var to = from.AddMinutes(105);
                held.Add(new Reservation(
                    Id((day.DayNumber * 100) + held.Count), Id(random.Next(40)), room.StudioId, room.Id, [$"i{random.Next(20):00}", $"p{random.Next(8):00}"],
                    from, to, from.AddMinutes(15), to.AddMinutes(-30), [$"k{random.Next(12)}"], to) { Status = ReservationStatus.Confirmed });
                from = to.AddMinutes(15 * random.Next(1, 7));
            }
        }

        return AgendaDay.Initial with { Reservations = held.ToImmutableDictionary(r => r.Id) };
    }

    private static Guid Account(int i) => Id(2000 + i);

    private static Guid Id(int n) => new(n, 0, 0, new byte[8]);
}
