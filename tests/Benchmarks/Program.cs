using Barnahus.Benchmarks;
using Barnahus.Benchmarks.Commands;
using Barnahus.Benchmarks.House;
using Barnahus.Benchmarks.Log;
using Barnahus.Benchmarks.Replay;
using Barnahus.Benchmarks.Slots;
using Barnahus.Benchmarks.Start;

// What the benchmarks start as processes of their own.
switch (args)
{
    case ["--serve", .. var options]:
        return await Yardsticks.ServeAsync(options);
    case ["--empty"]:
        return await Yardsticks.EmptyAsync();
}

// A further benchmark is one class and one line here.
IBenchmark[] all =
    [new LogBenchmark(), new ReplayBenchmark(args.Contains("--large")), new CommandBenchmark(), new SlotsBenchmark(), new StartBenchmark()];

var gate = args.Contains("--gate");
var names = args.Where(arg => !arg.StartsWith('-')).ToHashSet(StringComparer.Ordinal);

// Whoever asks about the log wants to know how fast it is read back too, and who asks about commands when the first can be sent.
foreach (var (name, also) in new[] { ("log", "replay"), ("command", "start") })
{
    if (names.Contains(name))
    {
        names.Add(also);
    }
}

var unknown = names.Where(name => all.All(b => b.Name != name)).ToArray();
if (args.Contains("--help") || unknown.Length > 0)
{
    foreach (var name in unknown)
    {
        Console.Error.WriteLine($"There is no benchmark {name}.");
    }

    Console.WriteLine("Usage: bench [name...] [--gate] [--large]   all when no name is given");
    Console.WriteLine("  --gate     exit status 1 when a figure falls short");
    Console.WriteLine("  --large    replay also a log of 1,000,000 events (minutes)");
    foreach (var benchmark in all)
    {
        Console.WriteLine($"  {benchmark.Name,-10} {benchmark.What}");
    }

    return unknown.Length > 0 ? 2 : 0;
}

var allReached = true;
foreach (var benchmark in all.Where(b => names.Count == 0 || names.Contains(b.Name)))
{
    Console.WriteLine($"{benchmark.Name}: {benchmark.What}");
    var outcome = await benchmark.RunAsync(CancellationToken.None);
    await Report.WriteAsync(benchmark, outcome);
    allReached &= outcome.Figures.All(figure => figure.Reached);
}

return gate && !allReached ? 1 : 0;
