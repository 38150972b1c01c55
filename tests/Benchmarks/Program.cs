using Barnahus.Benchmarks;
using Barnahus.Benchmarks.Log;
using Barnahus.Benchmarks.Slots;

// A further benchmark is one class and one line here.
IBenchmark[] all = [new LogBenchmark(), new SlotsBenchmark()];

var gate = args.Contains("--gate");
var names = args.Where(arg => !arg.StartsWith('-')).ToArray();
var unknown = names.Where(name => all.All(b => b.Name != name)).ToArray();
if (args.Contains("--help") || unknown.Length > 0)
{
    foreach (var name in unknown)
    {
        Console.Error.WriteLine($"There is no benchmark {name}.");
    }

    Console.WriteLine("Usage: bench [name...] [--gate]   all when no name is given; --gate: exit status 1 when a figure falls short");
    foreach (var benchmark in all)
    {
        Console.WriteLine($"  {benchmark.Name,-10} {benchmark.What}");
    }

    return unknown.Length > 0 ? 2 : 0;
}

var allReached = true;
foreach (var benchmark in all.Where(b => names.Length == 0 || names.Contains(b.Name)))
{
    Console.WriteLine($"{benchmark.Name}: {benchmark.What}");
    var outcome = await benchmark.RunAsync(CancellationToken.None);
    await Report.WriteAsync(benchmark, outcome);
    allReached &= outcome.Figures.All(figure => figure.Reached);
}

return gate && !allReached ? 1 : 0;
