using System.Numerics;
using Barnahus.Interviews.Roster;

namespace Barnahus.Interviews.Slots;

/// <summary>Gathers slots and folds equal neighbours among the rejected.</summary>
internal sealed class SlotCollector
{
    private readonly List<Slot> _slots = [];
    private readonly SortedDictionary<string, List<Run>> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<SlotReasonSet, IReadOnlyList<string>> _reasons = [];
    private readonly Dictionary<ulong, IReadOnlyList<string>> _rules = [];

    /// <summary>Names of a set of rules, in their fixed order.</summary>
    public static IReadOnlyList<string> NamesOf(ulong rules)
    {
        var names = new string[BitOperations.PopCount(rules)];
        for (var (rest, i) = (rules, 0); rest != 0; rest &= rest - 1, i++)
        {
            names[i] = SlotRules.NameOf((SlotRule)BitOperations.TrailingZeroCount(rest));
        }

        return names;
    }

    public void Accept(SearchDay day, Room room, UInt128 starts, TeamDay team)
    {
        if (starts == 0)
        {
            return;
        }

        var standing = SlotRanking.Of(day) + SlotRanking.Of(room, day.Search);
        var watched = team.ObserversFree ?? 0;
        for (var rest = starts; rest != 0; rest &= rest - 1)
        {
            var start = rest & (~rest + 1);
            var interviewer = Best(team.Interviewers, start)!;
            var psychologist = Best(team.Psychologists, start)!;
            var interpreter = Best(team.Interpreters, start);
            var support = Best(team.Supporters, start);
            var rank = standing + interviewer.Rank + psychologist.Rank + (interpreter?.Rank ?? default);
            if (team.Supporters is not null && support is null)
            {
                rank += new SlotRank(0, SlotReasonSet.SupportToArrange);
            }

            if (team.ObserversFree is not null)
            {
                rank += SlotRanking.OfObservers((watched & start) != 0);
            }

            var at = day.Grid.StartOf((int)UInt128.TrailingZeroCount(rest));
            _slots.Add(new Slot(
                at, at + day.Visit.Length, room.Id, interviewer.Person.Id, psychologist.Person.Id,
                interpreter?.Person.Id, support?.Person.Id, rank.Points, Reasons(rank.Reasons)));
        }
    }

    public void Reject(DayGrid grid, Room room, UInt128 asked, RuleBits bits)
    {
        if (asked == 0)
        {
            return;
        }

        if (!_runs.TryGetValue(room.Id, out var runs))
        {
            _runs.Add(room.Id, runs = []);
        }

        // The set of rules is the same from one change to the next: only there is it looked at.
        var end = 128 - (int)UInt128.LeadingZeroCount(asked);
        var first = (int)UInt128.TrailingZeroCount(asked);
        var changes = (bits.Changes() & asked) | (UInt128.One << first);
        while (changes != 0)
        {
            var from = (int)UInt128.TrailingZeroCount(changes);
            changes &= changes - 1;
            var to = changes == 0 ? end : (int)UInt128.TrailingZeroCount(changes);
            Fold(runs, new Run(grid.StartOf(from), grid.StartOf(to), bits.At(UInt128.One << from)));
        }
    }

    public SlotAnswer Answer()
    {
        _slots.Sort(static (a, b) =>
            a.Score != b.Score ? b.Score.CompareTo(a.Score)
            : a.Start != b.Start ? a.Start.CompareTo(b.Start)
            : string.CompareOrdinal(a.RoomId, b.RoomId));
        return new SlotAnswer(
            _slots,
            [.. _runs.SelectMany(room => room.Value.Where(r => r.Rules != 0), (room, run) => new Rejection(room.Key, run.From, run.To, Rules(run.Rules)))]);
    }

    private static void Fold(List<Run> runs, Run run)
    {
        if (runs.Count > 0 && runs[^1] is var last && last.Rules == run.Rules)
        {
            runs[^1] = last with { To = run.To };
            return;
        }

        runs.Add(run);
    }

    private static PersonDay? Best(IReadOnlyList<PersonDay>? ranked, UInt128 start)
    {
        if (ranked is not null)
        {
            foreach (var person in ranked)
            {
                if (person.Free(start) != 0)
                {
                    return person;
                }
            }
        }

        return null;
    }

    private IReadOnlyList<string> Reasons(SlotReasonSet reasons) =>
        _reasons.TryGetValue(reasons, out var names) ? names : _reasons[reasons] = SlotRanking.NamesOf(reasons);

    private IReadOnlyList<string> Rules(ulong rules) =>
        _rules.TryGetValue(rules, out var names) ? names : _rules[rules] = NamesOf(rules);

    // Accepted starts are a run without rules, so that they part their neighbours.
    private readonly record struct Run(DateTimeOffset From, DateTimeOffset To, ulong Rules);
}
