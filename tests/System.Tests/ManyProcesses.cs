using System.Data.Common;
using Barnahus.Nodes;
using Barnahus.StackApp;
using Npgsql;

namespace Barnahus.SystemTests;

/// <summary>
/// Barnahus as <c>deploy/stack</c> starts it: a process for each service, RabbitMQ between them, PostgreSQL below them. The tests share broker and
/// database; each installation has databases and a virtual host of its own. One process of each service, and two with <c>--all</c>; what two of each do
/// under load and faults is Reliability.Tests'.
/// </summary>
public sealed class ManyProcesses : IShape, IAsyncDisposable, IAsyncLifetime
{
    private const int Most = 60;
    private static readonly bool All = Environment.GetEnvironmentVariable("BARNAHUS_ALL") is not null;
    private readonly string _folder;
    private readonly Guard _guard;
    private Stack? _stack;
    private int _number;

    public ManyProcesses()
    {
        _folder = DatabaseNode.TemporaryFolder("barnahus-stack-");
        _guard = new Guard(_folder);
    }

    /// <summary>
    /// The same for stories that are played here only with <c>--all</c>: a start of all processes takes a quarter of a minute of two cores, and what the
    /// shape could change is in the stories that are always played.
    /// </summary>
    public IShape WithAll => All ? this : new Skipped();

    private string Data => Path.Combine(_folder, "data");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task<Installation> StartAsync(DateTimeOffset at, params string[] settings)
    {
        var options = new StackOptions
        {
            Data = Data,
            Port = 0,
            Demo = true,
            Replicas = All ? 2 : 1,
            Installation = Name(++_number),
            Settings = settings.Select(setting => setting.TrimStart('-').Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal),
        };
        var installation = new OfMany(this, options);
        await installation.KillAndRestartAsync(at).OrDisposeAsync(installation);
        return installation;
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync()
    {
        _guard.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Name(int number) => $"story_{number}";

    private sealed class Skipped : IShape
    {
        public Task<Installation> StartAsync(DateTimeOffset at, params string[] settings)
        {
            Skip.If(true, "On the stack with deploy/test --all; always in one process.");
            throw new InvalidOperationException();
        }
    }

    private sealed class OfMany(ManyProcesses all, StackOptions options) : Installation
    {
        public override string Data => options.Data;

        public override Uri Gateway => all._stack!.Gateway;

        public override IReadOnlyList<string> Output => [.. Directory.GetFiles(Path.Combine(Data, "log")).SelectMany(File.ReadLines)];

        public override DbConnection LogTable() => new NpgsqlConnection(all._stack!.LogDatabase + ";Pooling=false");

        protected override void KillProcesses() => all._stack?.KillAll();

        protected override async Task StartProcessesAsync(DateTimeOffset at)
        {
            var now = options with
            {
                Settings = new Dictionary<string, string>(options.Settings, StringComparer.Ordinal)
                {
                    ["Clock:Start"] = $"{at:O}", ["Clock:Test"] = "true", ["Timers:Interval"] = "00:00:00.2", ["Identity:PasswordRounds"] = "1000",
                    ["Bus:WatchEvery"] = "00:00:01",
                },
            };
            all._stack = all._stack is { } running
                ? await running.AgainAsync(now)
                : await Stack.UpAsync(now, _ => { }, all._guard, furtherInstallations: [.. Enumerable.Range(1, Most).Select(Name).Where(name => name != now.Installation)]);
        }
    }
}

/// <summary>The stories on the stack, one after the other: they share broker and database.</summary>
[CollectionDefinition(Name)]
public sealed class StackCollection : ICollectionFixture<ManyProcesses>
{
    public const string Name = "stack";
}
