using System.Diagnostics;
using System.Globalization;

namespace Barnahus.Reliability.Tests;

/// <summary>Some work, some break what they work with; then all is mended, comes to rest, and is judged.</summary>
internal sealed class Round(House house, Action<string> say)
{
    private const int Workers = 3;

    /// <param name="name">For the report.</param>
    /// <param name="seed">Of everybody's dice.</param>
    /// <param name="faults">One after the other.</param>
    public async Task PlayAsync(string name, int seed, IReadOnlyList<Fault> faults, Random dice)
    {
        say($"{name}, seed {seed}");
        var clock = Stopwatch.StartNew();
        var ledger = new Ledger();
        var from = await house.HeadAsync();
        using var stop = new CancellationTokenSource();
        var workers = Enumerable.Range(1, Workers).Select(number => new Worker(house, ledger, new Random(seed + number))).ToList();
        var work = workers.Select(worker => Task.Run(() => worker.WorkAsync(stop.Token))).ToList();
        try
        {
            foreach (var fault in faults)
            {
                await CalmAsync(dice);
                ledger.Fault = fault.Name;
                var began = clock.Elapsed;
                await fault.Break(house);
                await Task.Delay(fault.Lasts);
                await fault.Mend(house);
                ledger.Fault = Faults.None;
                say(string.Create(CultureInfo.InvariantCulture, $"  {fault.Name,-20} {(clock.Elapsed - began).TotalSeconds,5:0.0} s"));
            }

            await CalmAsync(dice);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(work);
            workers.ForEach(worker => worker.Dispose());
        }

        await JudgeAsync(ledger, from, seed, clock);
    }

    private static Task CalmAsync(Random dice) => Task.Delay(dice.Next(500, 1500));

    private async Task JudgeAsync(Ledger ledger, Platform.EventLog.LogPosition from, int seed, Stopwatch clock)
    {
        var played = clock.Elapsed;
        using var effects = new Effects(house, new Desk(ledger, new Random(seed)));
        await effects.DrainAsync();
        var drained = clock.Elapsed;
        var events = await house.LogAsync(from);
        var children = Effects.ChildrenOf(events);
        var missing = await effects.MissingAsync(children);
        var reconciled = await effects.ReconciledAsync();
        var verdict = Verdict.Of(ledger, await house.LogAsync(from));
        say(verdict.Table());
        say(string.Create(
            CultureInfo.InvariantCulture,
            $"{ledger.Operations.Count} operations, {children.Count} children, {events.Count} events; {played.TotalSeconds:0} s of faults, drained in {(drained - played).TotalSeconds:0} s, {clock.Elapsed.TotalSeconds:0} s in all"));

        say("refused: " + string.Join(", ", ledger.Operations.Select(operation => operation.Refusal).OfType<string>()
            .CountBy(refusal => refusal).OrderByDescending(count => count.Value).Select(count => $"{count.Key} {count.Value}")));

        foreach (var lost in house.Lost)
        {
            say(lost);
        }

        // A round that kept nothing shows nothing.
        verdict.Of(Fate.Kept).ShouldBeGreaterThan(0);
        children.ShouldNotBeEmpty();
        children.ShouldBeUnique();
        children.Count.ShouldBe(ledger.Operations.Count(operation => operation.Kind == Worker.Accept && HasHappened(operation, events)));
        string[] wrong = [.. verdict.Wrong, .. missing, .. reconciled];
        wrong.ShouldBeEmpty($"Seed {seed}: play it again with {Seeds.Variable}={seed}\n{verdict.Table()}\n{string.Join('\n', wrong)}");
    }

    private static bool HasHappened(Operation operation, IEnumerable<Platform.EventLog.LoggedEvent> events) =>
        events.Any(logged => Platform.EventLog.Envelope.CausationOf(logged) == operation.CommandId);
}
