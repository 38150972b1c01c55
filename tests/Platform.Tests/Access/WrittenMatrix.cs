using System.Reflection;
using Barnahus.Platform.Access;

namespace Barnahus.Platform.Tests.Access;

/// <summary>The matrix as people wrote it (matrix.md), and what it says an account sees; nothing of it is taken from the code that judges.</summary>
public static class WrittenMatrix
{
    private static readonly Dictionary<string, string[]> Table = Read();

    /// <summary>What the table says of a role and a group, in its own words.</summary>
    public static string Says(string role, DataGroup group) => Table[role][(int)group];

    /// <summary>How much is to be seen, the way the account stands to the child.</summary>
    public static Sight Expected(Circumstances one)
    {
        var isIn = one.Membership == Membership.InThisRole || one.Glass == Glass.Broken;
        var granted = one.Granted == Granted.ThisGroup;
        return one.Conflict ? Sight.None : Says(one.Role, one.Group) switch
        {
            "team" or "assigned case" => isIn ? Sight.Full : Sight.None,
            "team, minus what is restricted until the interview" => isIn ? Sight.UntilInterview : Sight.None,
            "names" => isIn ? Sight.Names : Sight.None,
            "needs" or "needs only" => isIn ? Sight.Needs : Sight.None,
            "grant" => granted && one.Membership == Membership.InThisRole ? Sight.Full : Sight.None,
            "pseudonym" => Sight.Pseudonym,
            "pseudonym, content only by grant" => granted ? Sight.Full : Sight.Pseudonym,
            "all" => Sight.Full,

            // Nothing of a child; a disclosure opens it once there are disclosures.
            "-" or "disclosure" or "definitions" or "own receipts" or "- (a booking shows a number)" => Sight.None,
            var text => throw new FormatException($"The table says \"{text}\", which this test does not know."),
        };
    }

    private static Dictionary<string, string[]> Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("matrix.md")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2)
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .SelectMany(cells => cells[0] == "child's lawyer, special guardian, victim support"
                ? new[] { Roles.Lawyer, Roles.Guardian, Roles.VictimSupport }.Select(role => (role, cells))
                : [(cells[0], cells)])
            .ToDictionary(row => row.Item1, row => row.cells[1..], StringComparer.Ordinal);
    }
}
