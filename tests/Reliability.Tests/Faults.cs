namespace Barnahus.Reliability.Tests;

/// <summary>Something that breaks, and how it is mended.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Of">What breaks: <c>process</c>, <c>broker</c> or <c>database</c>.</param>
/// <param name="Lasts">How long it stays so.</param>
internal sealed record Fault(string Name, string Of, TimeSpan Lasts, Func<House, Task> Break, Func<House, Task> Mend);

/// <summary>All that breaks in these rounds; README.md says what each is.</summary>
internal static class Faults
{
    public const string None = "none";

    private const string Process = "process";
    private const string Broker = "broker";
    private const string Database = "database";
    private const string DiskFull = "disk full";

    /// <summary>A replica that is paused longer than this has lost its leases (6 s) when it goes on.</summary>
    private static readonly TimeSpan LeasesEnd = TimeSpan.FromSeconds(7);
    private static readonly string[] Services = ["intake", "interviews", "safety", "turnaround", "timeline"];

    /// <summary>Every fault once, in an order and with victims of the dice.</summary>
    /// <param name="outage">How long broker and database are gone, slow or refuse.</param>
    /// <param name="disks">Whether there are disks that can be filled.</param>
    public static IReadOnlyList<Fault> Each(Random dice, TimeSpan outage, bool disks)
    {
        Fault[] all =
        [
            BrokerDiskFull(outage),
            DatabaseDiskFull(outage),
            .. Services.Select(service => Killed($"{service}-{dice.Next(1, 3)}", $"kill {service}", dice)),
            Killed("gateway", "kill gateway", dice),
            Killed("identity", "kill identity", dice),
            BothKilled(Services[dice.Next(Services.Length)], dice),
            Paused($"{Services[dice.Next(4)]}-{dice.Next(1, 3)}", outage + LeasesEnd),
            BrokerGone("kill broker", Briefly(dice)),
            BrokerGone("broker gone", outage),
            DatabaseGone("kill database", Briefly(dice)),
            DatabaseGone("database gone", outage),
            Slow("slow broker", Broker, house => house.BrokerWire, dice, outage),
            Slow("slow database", Database, house => house.DatabaseWire, dice, outage),
            Refusing("broker refuses", Broker, house => house.BrokerWire, outage / 2),
            Refusing("database refuses", Database, house => house.DatabaseWire, outage / 2),
        ];
        // With and without such disks the same dice play the same.
        dice.Shuffle(all);
        return [.. all.Where(fault => disks || !fault.Name.EndsWith(DiskFull, StringComparison.Ordinal))];
    }

    /// <summary>Half of what can befall each, the order kept: for a short run, which over many runs comes to all.</summary>
    public static IReadOnlyList<Fault> Half(IReadOnlyList<Fault> all)
    {
        var half = all.GroupBy(fault => fault.Of, StringComparer.Ordinal).SelectMany(group => group.Take((group.Count() + 1) / 2)).ToHashSet();
        return [.. all.Where(half.Contains)];
    }

    /// <summary>The broker finds no room to write.</summary>
    private static Fault BrokerDiskFull(TimeSpan lasts) => new($"broker {DiskFull}", Broker, lasts, house => Do(house.Disks!.Value.Broker.Fill), async house =>
    {
        house.Disks!.Value.Broker.Free();

        // One that could not write may live on without its queues, and may have damaged them for good (docs/runbooks/bus.md).
        house.Stack.Broker.Kill();
        await house.Stack.Broker.RestartAsync();
        await house.MendInboxesAsync();
    });

    /// <summary>The database finds no room to write.</summary>
    private static Fault DatabaseDiskFull(TimeSpan lasts) => new($"database {DiskFull}", Database, lasts, house => Do(house.Disks!.Value.Database.Fill), async house =>
    {
        house.Disks!.Value.Database.Free();

        // It gives up when it cannot write its log; what starts it again is the business of who runs it.
        if (!house.Stack.Database.Process!.IsAlive || !await AnswersAsync(house))
        {
            house.Stack.Database.Kill();
            await house.Stack.Database.RestartAsync();
        }
    });

    private static TimeSpan Briefly(Random dice) => TimeSpan.FromMilliseconds(dice.Next(100, 2000));

    private static Fault Killed(string process, string name, Random dice) => new(
        name, Process, Briefly(dice), house => Do(() => house.Stack.Kill(process)), house => house.Stack.StartAsync(process));

    private static Fault BothKilled(string service, Random dice) => new(
        "kill both replicas",
        Process,
        Briefly(dice),
        house => Do(() =>
        {
            house.Stack.Kill($"{service}-1");
            house.Stack.Kill($"{service}-2");
        }),
        house => Task.WhenAll(house.Stack.StartAsync($"{service}-1"), house.Stack.StartAsync($"{service}-2")));

    private static Fault Paused(string process, TimeSpan lasts) => new(
        "pause replica", Process, lasts, house => Do(() => house.Stack.Pause(process)), house => Do(() => house.Stack.Continue(process)));

    private static Fault BrokerGone(string name, TimeSpan lasts) => new(name, Broker, lasts, house => Do(house.Stack.Broker.Kill), house => house.Stack.Broker.RestartAsync());

    private static Fault DatabaseGone(string name, TimeSpan lasts) => new(name, Database, lasts, house => Do(house.Stack.Database.Kill), house => house.Stack.Database.RestartAsync());

    private static Fault Slow(string name, string of, Func<House, Testing.Wire> wire, Random dice, TimeSpan lasts)
    {
        var delay = TimeSpan.FromMilliseconds(dice.Next(50, 300));
        return new(name, of, lasts, house => Do(() => wire(house).Delay = delay), house => Do(wire(house).Mend));
    }

    private static Fault Refusing(string name, string of, Func<House, Testing.Wire> wire, TimeSpan lasts) =>
        new(name, of, lasts, house => wire(house).RefuseAsync(), house => Do(wire(house).Mend));

    private static async Task<bool> AnswersAsync(House house)
    {
        try
        {
            await house.HeadAsync();
            return true;
        }
        catch (Platform.EventLog.LogUnreachableException)
        {
            return false;
        }
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
