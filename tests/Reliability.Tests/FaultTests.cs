using Xunit.Abstractions;

namespace Barnahus.Reliability.Tests;

/// <summary>The fault table: nothing that was acknowledged is lost, nothing is done twice, nothing happens that nobody asked for.</summary>
[Collection(HouseCollection.Name)]
public sealed class FaultTests(House house, ITestOutputHelper output)
{
    private const int Rounds = 50;
    private static readonly bool All = Environment.GetEnvironmentVariable("BARNAHUS_ALL") is not null;

    [Fact]
    public async Task Nothing_is_lost_or_done_twice_whatever_dies_hangs_refuses_or_is_full()
    {
        var (seed, dice) = Seeds.Next();
        if (house.Disks is null)
        {
            Say("No full disks: one that can be filled takes a mount, and that takes root.");
        }

        var each = Faults.Each(dice, TimeSpan.FromSeconds(4), house.Disks is not null);
        await (All ? PlayAsync("Every fault once", seed, each, dice) : PlayAsync("Half of all faults", seed, Faults.Half(each), dice));
    }

    [SkippableFact]
    public async Task Nor_in_fifty_rounds_at_random()
    {
        Skip.If(!All, "Every fault, and fifty rounds: deploy/test --all.");
        var (seed, dice) = Seeds.Next();
        var faults = Enumerable.Range(0, Rounds)
            .Select(_ => Faults.Each(dice, TimeSpan.FromSeconds(dice.Next(2, 31)), house.Disks is not null))
            .Select(each => each[dice.Next(each.Count)])
            .ToList();
        await PlayAsync($"{Rounds} faults at random", seed, faults, dice);
    }

    private Task PlayAsync(string name, int seed, IReadOnlyList<Fault> faults, Random dice) => new Round(house, Say).PlayAsync(name, seed, faults, dice);

    /// <summary>To whoever listens: the test's own output, and the file that deploy/test prints.</summary>
    private void Say(string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("BARNAHUS_REPORT") is { Length: > 0 } file)
        {
            File.AppendAllText(file, line + "\n");
        }
    }
}

/// <summary>Where the dice come from.</summary>
internal static class Seeds
{
    /// <summary>Environment variable with the seed of a round to be played again.</summary>
    public const string Variable = "BARNAHUS_SEED";

    public static (int Seed, Random Dice) Next()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(Variable), out var given) ? given : Random.Shared.Next();
        return (seed, new Random(seed));
    }
}
