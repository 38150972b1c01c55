using Barnahus.Platform.Access;
using Barnahus.Platform.Tests.Access;

namespace Barnahus.SystemTests.Access;

/// <summary>How an account stands to the child, over all groups of data at once, and with which purpose it looks.</summary>
/// <param name="One">Role, membership, grant (of <see cref="GrantableTo"/>), break-glass and conflict. Its group says nothing here.</param>
/// <param name="Purpose">One of the role's; or <see cref="Cast.NoPurpose"/>.</param>
public sealed record Standing(Circumstances One, string Purpose)
{
    private static readonly string[] CannotBreak = [Roles.Auditor, Roles.Planner, Roles.Administrator];

    /// <summary>The only group that is granted to a role: content to an auditor, the whereabouts to everybody else.</summary>
    public static DataGroup GrantableTo(string role) => role == Roles.Auditor ? DataGroup.Timeline : DataGroup.Whereabouts;

    /// <summary>Every standing that people can bring about; and how many combinations nobody can.</summary>
    /// <param name="later">An hour and a half on: what ran out has run out.</param>
    public static (IReadOnlyList<Standing> Reachable, int Beyond) All(bool later)
    {
        var all = Roles.All
            .SelectMany(role => Circumstances.Of(role, GrantableTo(role)))
            .Where(one => later || (one.Granted != Granted.UntilNow && one.Glass != Glass.SixtyMinutesAgo))
            .ToList();
        var reachable = all.Where(IsReachable).ToList();
        return ([.. reachable.SelectMany(one => Purposes.For(one.Role).Select(purpose => purpose.Code).Append(Cast.NoPurpose).Select(purpose => new Standing(one, purpose)))],
            all.Count - reachable.Count);
    }

    /// <summary>What the written matrix says this standing sees of a group.</summary>
    public Sight Sees(DataGroup group) => Purpose == Cast.NoPurpose ? Sight.None : WrittenMatrix.Expected(One with
    {
        Group = group,
        Granted = One.Granted == Granted.AnotherGroup ? group == DataGroup.Whereabouts ? Granted.ThisGroup : Granted.AnotherGroup
            : group == GrantableTo(One.Role) || One.Granted != Granted.ThisGroup ? One.Granted
            : Granted.AnotherGroup,
    });

    /// <summary>A set in which every two values of two different factors meet that can meet.</summary>
    public static IReadOnlyList<Standing> Pairwise(IReadOnlyList<Standing> all)
    {
        var pairs = all.ToDictionary(one => one, one => PairsOf(one).ToList());
        var open = pairs.Values.SelectMany(of => of).ToHashSet();
        var chosen = new List<Standing>();
        while (open.Count > 0)
        {
            var best = all.MaxBy(one => pairs[one].Count(open.Contains))!;
            chosen.Add(best);
            open.ExceptWith(pairs[best]);
        }

        return chosen;
    }

    public override string ToString() =>
        $"{One.Role} for '{Purpose}', member {One.Membership}, grant {One.Granted}, glass {One.Glass}{(One.Conflict ? ", in conflict" : "")}";

    private static bool IsReachable(Circumstances one) =>
        (!CannotBreak.Contains(one.Role) || one.Glass is Glass.Whole or Glass.InAnotherRole)
        && one.Granted switch
        {
            // The whereabouts are granted to who is on the team, for as long as it lasts.
            Granted.ThisGroup or Granted.Withdrawn => one.Role == Roles.Auditor || one.Membership != Membership.None,
            Granted.AnotherGroup => one.Role == Roles.Auditor && one.Membership != Membership.None,
            Granted.OnlyProposed => one.Role == Roles.Auditor,
            _ => true,
        };

    private static IEnumerable<(int, string, int, string)> PairsOf(Standing one)
    {
        string[] values = [one.One.Role, $"{one.One.Membership}", $"{one.One.Granted}", $"{one.One.Glass}", $"{one.One.Conflict}", one.Purpose];
        return from i in Enumerable.Range(0, values.Length) from j in Enumerable.Range(i + 1, values.Length - i - 1) select (i, values[i], j, values[j]);
    }
}
