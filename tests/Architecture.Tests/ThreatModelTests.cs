using System.Text.RegularExpressions;

namespace Barnahus.Architecture.Tests;

/// <summary>docs/threat-model.md: every arrow of the house, all of STRIDE for each, and no test is named that is not there.</summary>
public sealed partial class ThreatModelTests
{
    private static readonly string[] Arrows =
    [
        "browser -> gateway", "partner -> gateway", "gateway -> identity", "browser -> identity provider", "gateway -> service", "service -> log", "service -> vault", "service -> state",
        "service -> broker", "service -> access log", "exporter -> collector", "operator -> host",
    ];

    private static readonly Lazy<HashSet<string>> Tests = new(() => [.. Directory.GetFiles(Path.Combine(House.Root, "tests"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
        .SelectMany(file => Test().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value))]);

    private static string Text => File.ReadAllText(Path.Combine(House.Root, "docs", "threat-model.md"));

    [Fact]
    public void Every_arrow_has_a_row_for_each_kind_of_threat_that_names_a_test()
    {
        var parts = Text.Split("\n## ").Skip(1).ToDictionary(part => part[..part.IndexOf('\n')], part => part, StringComparer.Ordinal);
        parts.Keys.ShouldBe(Arrows);
        foreach (var (arrow, part) in parts)
        {
            var rows = part.Split('\n').Where(line => Row().IsMatch(line)).ToList();
            string.Concat(rows.Select(row => row[2])).ShouldBe("STRIDE", arrow);
            rows.ShouldAllBe(row => Named(row).Count > 0, arrow);
        }
    }

    [Fact]
    public void Every_test_that_is_named_is_there() => Named(Text).Except(Tests.Value).ShouldBeEmpty();

    [Fact]
    public void A_planted_name_is_found() => Named("| S | x | y | `Nobody_wrote_this_test` |").Except(Tests.Value).ShouldBe(["Nobody_wrote_this_test"]);

    private static List<string> Named(string text) => [.. Name().Matches(text).Select(match => match.Groups["name"].Value)];

    // A test, with what stands above it: its attributes.
    [GeneratedRegex(@"\[(Skippable)?(Fact|Theory)[^\n]*\]\s(\s*\[[^\n]*\]\s|\s*\[[^\n]*\n|\s*\(?""[^\n]*\n)*\s*public (async )?(Task|void) (?<name>\w+)\(", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Test();

    [GeneratedRegex(@"^\| [STRIDE] \|", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<name>[A-Z]\w*_\w+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
