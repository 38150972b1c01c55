using System.Collections.Immutable;
using Barnahus.Contracts;
using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Roster;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Slots;

/// <summary>A small world and a question drawn from a seed: full of collisions, off the grid, around summer time, holidays and birthdays.</summary>
public sealed class RandomWorld
{
    private static readonly DateOnly[] Days =
    [
        new(2026, 3, 28), new(2026, 10, 24), new(2026, 4, 26), new(2026, 5, 4), new(2026, 12, 23), new(2027, 12, 31), new(2028, 2, 27),
        new(2026, 9, 9), new(2026, 10, 14), new(2027, 3, 27),
    ];

    private static readonly string[] Regions = ["A", "B"];
    private static readonly string[] Cases = ["k1", "k2", "k3"];
    private readonly Random _random;
    private readonly DateOnly _first;

    public RandomWorld(int seed)
    {
        _random = new Random(seed);
        _first = Pick(Days).AddDays(_random.Next(3));
        var studios = Many(1, 3, i => new Studio($"s{i}", Pick(Regions), "Studio", Maybe(0.3) ? Hours() : null));
        var rooms = Many(1, 4, i => new Room($"r{i}", Pick(studios).Id, _random.Next(0, 12), _random.Next(8, 19), !Maybe(0.1), Maybe(0.7)));
        var people = Many(0, 5, i => Person($"i{i}", "interviewer"))
            .Concat(Many(0, 3, i => Person($"p{i}", "psychologist")))
            .Concat(Many(0, 2, i => Person($"t{i}", "interpreter")))
            .Concat(Many(0, 1, i => Person($"u{i}", "support")))
            .Concat(Many(0, 1, i => Person($"o{i}", "observer")))
            .ToList();
        var closings = Many(0, 2, i => Closing(i, studios, rooms));
        var premises = Premises.Initial with
        {
            Studios = studios.ToImmutableSortedDictionary(s => s.Id, s => s, StringComparer.Ordinal),
            Rooms = rooms.ToImmutableSortedDictionary(r => r.Id, r => r, StringComparer.Ordinal),
            Hours = Hours(),
            Closings = closings.ToImmutableDictionary(c => c.Id),
            Travel = new TravelTimes(Pick([0, 20, 120]), new Dictionary<string, int> { ["s0|s1"] = 37 }),
        };
        Question = Ask(people);
        World = new SlotWorld(
            new RosterImage(premises, people.ToImmutableSortedDictionary(p => p.Id, p => p, StringComparer.Ordinal)),
            Enumerable.Range(0, 5).ToDictionary(d => _first.AddDays(d), d => Day(_first.AddDays(d), rooms, people)),
            InterviewLengths.Shipped());
    }

    public SlotWorld World { get; }

    public SlotQuestion Question { get; }

    private SlotQuestion Ask(IReadOnlyList<RosterPerson> people)
    {
        var from = At(_first, _random.Next(0, 1440));
        return new SlotQuestion(
            Id(1), Pick(Regions), from.AddMinutes(_random.Next(-600, 400)), from, from.AddMinutes(_random.Next(0, 4 * 1440)), from.AddDays(-_random.Next(0, 24)))
        {
            OtherRegions = Maybe(0.4) ? ["B"] : [],
            CaseKeys = Some(Cases),
            BirthDate = Maybe(0.7) ? _first.AddDays(_random.Next(0, 4)).AddYears(-_random.Next(3, 18)) : null,
            EstimatedAge = Maybe(0.8) ? _random.Next(3, 18) : null,
            EstimatedOn = Maybe(0.5) ? _first.AddDays(_random.Next(-800, 3)) : null,
            Needs = new StructuredNeeds(
                Maybe(0.3) ? Pick(["vi", "ar"]) : null, Maybe(0.2), Maybe(0.2) ? Clock(8, 13) : null, Maybe(0.2) ? Clock(13, 18) : null,
                Maybe(0.2) ? Pick(["f", "m"]) : null, Maybe(0.2), Maybe(0.2), Maybe(0.2), Maybe(0.2), Maybe(0.2) ? [_first.AddDays(1)] : null),
            OwnTimes = Many(0, 2, _ => new OwnTime(
                Clock(8, 12), Clock(12, 16), Maybe(0.3) ? _first.DayOfWeek : null, Maybe(0.3) ? _first.AddDays(1) : null)),
            TravelMinutes = Pick([0, 0, 25]),
            ExaminedBy = Maybe(0.5) ? from.AddMinutes(_random.Next(-500, 3000)) : null,
            Urgent = Maybe(0.3),
            PreviousPersonIds = Some([.. people.Select(p => p.Id)], 0.2),
            ConflictingAccountIds = Some([Id(11), Id(12)], 0.3),
            BlockedAccountIds = Some([Id(11), Id(12)], 0.2),
            ObserverIds = Maybe(0.5) ? Some([.. people.Select(p => p.Id), "nobody"], 0.15) : [],
            Replaces = Maybe(0.2) ? Id(100) : null,
            WaivedRules = Some(SlotRules.All, 0.04),
        };
    }

    private AgendaDay Day(DateOnly day, IReadOnlyList<Room> rooms, IReadOnlyList<RosterPerson> people)
    {
        var held = Many(0, 7, i =>
        {
            var from = At(day, _random.Next(420, 1020));
            var room = Pick(rooms);
            return new Reservation(
                Id((byte)(100 + i)), Id((byte)_random.Next(1, 4)), room.StudioId, room.Id, Some([.. people.Select(p => p.Id)], 0.3), from,
                from.AddMinutes(_random.Next(20, 150)), from, from, Some(Cases), from.AddDays(_random.Next(-3, 3)))
            {
                Status = Pick(Enum.GetValues<ReservationStatus>()),
            };
        });
        var suspects = Many(0, 1, i => new SuspectVisit(Id((byte)(200 + i)), $"s{_random.Next(3)}", At(day, 600), At(day, 660), Some(Cases)));
        return new AgendaDay(held.ToImmutableDictionary(r => r.Id), suspects.ToImmutableDictionary(v => v.Id));
    }

    private RosterPerson Person(string id, string role) => new(
        new StaffEntry(
            id, role, Some(Regions, 0.8),
            Maybe(0.9) ? new Certificate(_random.Next(0, 8), _random.Next(8, 19), Maybe(0.5), _first.AddDays(_random.Next(-1, 9))) : null,
            Maybe(0.3) ? Id((byte)_random.Next(11, 14)) : null),
        Pick(["f", "m", null]),
        Some(["vi", "ar", "VI"]),
        null,
        Maybe(0.4) ? Many(0, 6, _ => new WorkingHours((DayOfWeek)_random.Next(7), Clock(0, 11), Clock(11, 19))) : [],
        Many(0, 1, _ => Absent()));

    private Absence Absent()
    {
        var from = At(_first, _random.Next(-1440, 4 * 1440));
        return new Absence(Guid.Empty, from, from.AddMinutes(_random.Next(1, 2000)));
    }

    private Closing Closing(int i, IReadOnlyList<Studio> studios, IReadOnlyList<Room> rooms)
    {
        var from = At(_first, _random.Next(0, 4 * 1440));
        var room = Maybe(0.5) ? Pick(rooms) : null;
        return new Closing(Id((byte)i), room is null && Maybe(0.7) ? Pick(studios).Id : null, room?.Id, from, from.AddMinutes(_random.Next(1, 900)));
    }

    private OpeningHours Hours() => new(Some(Enum.GetValues<DayOfWeek>(), 0.9), Clock(0, 10), Clock(14, 23));

    private TimeOnly Clock(int from, int to) => new(_random.Next(from, to), Pick([0, 0, 15, 30, 50]));

    private static DateTimeOffset At(DateOnly day, int minutes) => DutchTime.FromDutch(day, TimeOnly.MinValue).AddMinutes(minutes);

    private static Guid Id(byte n) => new(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, n);

    private bool Maybe(double chance) => _random.NextDouble() < chance;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private List<T> Some<T>(IReadOnlyList<T> from, double chance = 0.4) => [.. from.Where(_ => Maybe(chance))];

    private List<T> Many<T>(int least, int most, Func<int, T> make) => [.. Enumerable.Range(0, _random.Next(least, most + 1)).Select(make)];
}
