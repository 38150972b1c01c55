using System.Globalization;
using System.Text.Json.Nodes;
using Barnahus.AllInOne.Demo;
using Barnahus.Nodes;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;

namespace Barnahus.Benchmarks.House;

/// <summary>The whole of Barnahus in a child process, with demonstration accounts and the roster, at the domain time of the cases.</summary>
internal sealed class BenchHouse : IDisposable
{
    private readonly string folder;
    private readonly ChildProcess process;
    private readonly List<PersonClient> people = [];
    private readonly string password;

    private BenchHouse(string folder, Uri gateway, ChildProcess process)
    {
        (this.folder, Gateway, this.process) = (folder, gateway, process);
        BareProxy = new Uri(process.ReadyLine.Split(' ')[1]);
        password = File.ReadAllText(Path.Combine(DataOf(folder), "demo", "password")).Trim();
    }

    public Uri Gateway { get; }

    /// <summary>YARP alone before an endpoint alone.</summary>
    public Uri BareProxy { get; }

    /// <summary>Position in the log after accounts and roster, before the first child.</summary>
    public LogPosition Furnished { get; private set; }

    /// <param name="folder">Of its own; data goes in <c>data</c>, the key beside it. Stays.</param>
    /// <param name="options">More for its command line, e.g. <see cref="Yardsticks.Unrecorded"/>.</param>
    public static async Task<BenchHouse> OpenAsync(string folder, params string[] options)
    {
        var port = FreePort();

        // A load generator is one session: without these it measures the rate limits.
        string[] limits =
        [
            .. new[] { "Gateway:PerCaller", "Gateway:PerAddress", "Gateway:SignInsPerAddress", "Limits:PerAccount", "Limits:PerClient" }
                .Select(limit => $"--{limit}=1000000000"),
        ];
        var child = await ChildProcess.StartAsync(
            "Barnahus.Benchmarks.dll",
            "ready ",
            ["--serve", "--data", DataOf(folder), "--port", port, "--Demo=true", "--Clock:Start=2026-09-02T09:15:00Z", "--Identity:PasswordRounds=1000", .. limits, .. options]);
        var house = new BenchHouse(folder, new Uri($"http://127.0.0.1:{port}"), child);
        var planner = await house.SignInAsync("planner");
        using var loaded = await planner.PostAsJsonAsync("/api/interviews/v1/rosters", JsonNode.Parse(await File.ReadAllTextAsync(Case("roster.json"))));
        loaded.EnsureSuccessStatusCode();
        house.Furnished = LogPosition.TryParse(loaded.Headers.GetValues("Log-Position").Single(), out var position)
            ? position
            : throw new InvalidOperationException("The roster was loaded without a log position.");
        return house;
    }

    public static string FreePort() => Ports.Free(1)[0].ToString(CultureInfo.InvariantCulture);

    public static string DataOf(string folder) => Path.Combine(folder, "data");

    public static string Case(string file) => Path.Combine(AppContext.BaseDirectory, "Cases", file);

    /// <summary>The demonstration account of a role, the role's first purpose stated.</summary>
    public async Task<HttpClient> SignInAsync(string role)
    {
        var person = await PersonClient.SignInAsync(Gateway, role, password, role, Purposes.For(role)[0].Code);
        people.Add(person);
        return person.Http;
    }

    public PartnerClient Partner(string oin) => PartnerClient.OfDemo(Gateway, DataOf(folder), oin);

    public void Dispose()
    {
        people.ForEach(person => person.Dispose());
        process.Dispose();
    }
}

/// <summary>Words for steps over HTTP.</summary>
internal static class Steps
{
    /// <summary>Posts what must succeed; again when the child's file changed meanwhile, as the answer then asks.</summary>
    public static async Task<JsonNode> DoAsync(this HttpClient person, string path, object body)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var response = await person.PostAsJsonAsync($"/api{path}", body);
            var text = await response.Content.ReadAsStringAsync();
            if (response.IsSuccessStatusCode)
            {
                return JsonNode.Parse(text)!;
            }

            if (attempt == 20 || !text.Contains("child-file-changed", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"POST {path}: {(int)response.StatusCode} {text}");
            }
        }
    }

    public static Guid Id(this JsonNode answer, string name) => answer[name]!.GetValue<Guid>();
}
