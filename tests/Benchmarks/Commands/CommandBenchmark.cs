using Barnahus.Benchmarks.House;

namespace Barnahus.Benchmarks.Commands;

/// <summary>P5 and P6: commands and reads through the gateway, in a child process that is Barnahus as in production; the client shares the machine with it.</summary>
internal sealed class CommandBenchmark : IBenchmark
{
    private const int Children = 64;
    private const int Referrals = 256;
    private const int Rounds = 5;

    /// <summary>The way of a command is long: until all of it is compiled as well as it will be, the compiler takes a third of the processor.</summary>
    private const int WarmUps = 6;

    public string Name => "command";

    public string What => "through the gateway, 32 connections: a command (P5), a read (P6), with and without its record, the gateway itself; the load generator shares the processors";

    public async Task<Outcome> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-bench-").FullName;
        try
        {
            using var house = await BenchHouse.OpenAsync(Path.Combine(folder, "house"));
            using var unrecorded = await BenchHouse.OpenAsync(Path.Combine(folder, "unrecorded"), Yardsticks.Unrecorded);
            using var load = new Load();
            var story = await Story.OfAsync(house);
            var referrals = await EachAsync(Referrals, number => story.SubmitAsync(number));
            var officer = await house.SignInAsync("intake-officer");
            var (coordinator, children) = await ChildrenAsync(house);
            var (unseen, others) = await ChildrenAsync(unrecorded);

            Task<double> ConstantPost() => load.RunAsync(n => Post(officer, "constant/v1/answer", new { note = Note(n) }));
            Task<double> ConstantGet() => load.RunAsync(_ => Get(coordinator, "constant/v1/answer"));
            Task<double> Triage() => load.RunAsync(n => Post(officer, $"intake/v1/referrals/{referrals[n % Referrals]}/triage", new { note = Note(n) }));
            Task<double> Plan() => load.RunAsync(n => Get(coordinator, $"safety/v1/children/{children[n % Children]}/plan"));
            Task<double> UnseenPlan() => load.RunAsync(n => Get(unseen, $"safety/v1/children/{others[n % Children]}/plan"));
            Task<double> Bare() => load.RunAsync(_ => new(HttpMethod.Get, new Uri(house.BareProxy, "api/constant/v1/answer")));

            var command = await Figure.MeasureAsync(
                "P5", "triage: decided, appended, access recorded; bare: constant", "1/s", 0.5, Rounds, Triage, ConstantPost, warmUps: WarmUps);
            var read = await Figure.MeasureAsync("P6", "plan of a child, access recorded; bare: constant", "1/s", 0.7, Rounds, Plan, ConstantGet, warmUps: WarmUps);
            var record = await Figure.MeasureAsync(
                "P6off", "plan of a child, access recorded; bare: not recorded", "1/s", null, Rounds, Plan, UnseenPlan);
            var gateway = await Figure.MeasureAsync(
                "yarp", "gateway, session, token to a constant; bare: YARP to a constant", "1/s", null, Rounds, ConstantGet, Bare);
            return new([command, read, record, gateway], []);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(HttpClient Coordinator, Guid[] Children)> ChildrenAsync(BenchHouse house)
    {
        var story = await Story.OfAsync(house);
        var children = await EachAsync(Children, async number => await story.AcceptAsync(await story.SubmitAsync(Referrals + number)));
        return (await house.SignInAsync("safety-coordinator"), children);
    }

    // A few at a time, so that setting up takes seconds.
    private static async Task<Guid[]> EachAsync(int count, Func<int, Task<Guid>> make)
    {
        var made = new Guid[count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) => made[number] = await make(number));
        return made;
    }

    private static string Note(int number) => $"Gebeld met school, terugbellen op dag {number % 28}.";

    private static HttpRequestMessage Post(HttpClient person, string path, object body) => As(person, new(HttpMethod.Post, Uri(person, path)) { Content = JsonContent.Create(body) });

    private static HttpRequestMessage Get(HttpClient person, string path) => As(person, new(HttpMethod.Get, Uri(person, path)));

    private static Uri Uri(HttpClient person, string path) => new(person.BaseAddress!, $"/api/{path}");

    private static HttpRequestMessage As(HttpClient person, HttpRequestMessage message)
    {
        foreach (var (name, values) in person.DefaultRequestHeaders)
        {
            message.Headers.TryAddWithoutValidation(name, values);
        }

        return message;
    }
}
