using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Barnahus.SystemTests;

/// <summary>The README is true: what it says to type works as printed, and what it points to is there.</summary>
public sealed partial class ReadmeTests
{
    internal static readonly string Root = FindRoot();
    private static readonly string Text = File.ReadAllText(Path.Combine(Root, "README.md"));

    [Fact]
    public async Task The_first_walk_works_as_printed_from_referral_to_timeline()
    {
        await using var house = await OneProcess.StartDemonstrationAsync();
        var folder = Directory.CreateTempSubdirectory("barnahus-walk-");
        try
        {
            // The folder of somebody who just started the demonstration there.
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "deploy"), Path.Combine(Root, "deploy"));
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "tests"), Path.Combine(Root, "tests"));
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "data"), house.Data);
            var blocks = Blocks().Matches(Text).Select(block => block.Groups["block"].Value).ToList();
            blocks.Count.ShouldBeGreaterThan(5);
            var script = string.Concat(blocks.Select((block, number) => $"{block}\necho 'block {number} done'\n"))
                .Replace("http://127.0.0.1:8080", house.Gateway.ToString().TrimEnd('/'), StringComparison.Ordinal);

            var (status, said, complained) = await BashAsync(folder.FullName, "set -euo pipefail\n" + script);

            status.ShouldBe(0, $"{said}\n{complained}");
            complained.ShouldBeEmpty();
            for (var number = 0; number < blocks.Count; number++)
            {
                said.ShouldContain($"block {number} done");
            }

            var timeline = said.Split($"block {blocks.Count - 2} done")[1];
            timeline.ShouldContain("partner: A referral came in from the region Midden-Nederland.");
            timeline.ShouldMatch("E. van Leeuwen: There is to be an interview");
            timeline.ShouldMatch(@"T\. Vos: The interview was booked for .* in utr-2, with i-vos and p-meijer");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_file_and_command_it_points_to_is_there()
    {
        var paths = Paths().Matches(Text).Select(path => path.Groups["path"].Value).Distinct(StringComparer.Ordinal).ToList();

        paths.Count.ShouldBeGreaterThan(8);
        paths.Where(path => !Path.Exists(Path.Combine(Root, path))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData("bench")]
    [InlineData("stack")]
    [InlineData("partner-token")]
    public async Task Commands_explain_themselves(string command)
    {
        var (status, said, complained) = await BashAsync(Root, $"deploy/{command} --help");

        status.ShouldBe(0, complained);
        said.ShouldContain($"deploy/{command}");
    }

    private static async Task<(int Status, string Said, string Complained)> BashAsync(string folder, string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var bash = Process.Start(start)!;
        var said = bash.StandardOutput.ReadToEndAsync();
        var complained = bash.StandardError.ReadToEndAsync();
        try
        {
            await bash.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);
        }
        catch (OperationCanceledException)
        {
            bash.Kill(entireProcessTree: true);
        }

        await bash.WaitForExitAsync();
        return (bash.ExitCode, await said, await complained);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Barnahus.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^```bash\n(?<block>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"(?<![\w/])(?<path>(?:deploy|docs|services|gateway|tests)/[\w./-]*)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Paths();
}
