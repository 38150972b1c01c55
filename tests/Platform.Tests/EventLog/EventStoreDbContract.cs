using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Tests.EventLog;

public sealed class EventStoreDbAppendTests : AppendContract
{
    protected override Task<ILogUnderTest> OpenAsync() => EventStoreDbUnderTest.OpenAsync();
}

public sealed class EventStoreDbReadTests : ReadContract
{
    protected override Task<ILogUnderTest> OpenAsync() => EventStoreDbUnderTest.OpenAsync();
}

public sealed class EventStoreDbFollowTests : FollowContract
{
    protected override Task<ILogUnderTest> OpenAsync() => EventStoreDbUnderTest.OpenAsync();
}

public sealed class EventStoreDbConcurrencyTests : ConcurrencyContract
{
    protected override bool CancelledMayBeThere => true;

    protected override Task<ILogUnderTest> OpenAsync() => EventStoreDbUnderTest.OpenAsync();
}

public sealed class EventStoreDbModelTests : ModelContract
{
    protected override Task<ILogUnderTest> OpenAsync() => EventStoreDbUnderTest.OpenAsync();
}

/// <summary>A log of its own on the server that the environment variable EVENTSTORE names (MaxAppendSize there: 16000000).</summary>
internal sealed class EventStoreDbUnderTest : ILogUnderTest
{
    private readonly string connectionString;

    private EventStoreDbUnderTest(string server)
    {
        connectionString = OnServer(server);
        Log = EventLogs.Open(connectionString);
    }

    public IEventLog Log { get; private set; }

    public static Task<ILogUnderTest> OpenAsync() => Task.FromResult<ILogUnderTest>(new EventStoreDbUnderTest(Server()));

    /// <summary>Connection string of the server; without one the test that asks is skipped, and says why.</summary>
    public static string Server()
    {
#if FULL_REGISTRY
        var server = Environment.GetEnvironmentVariable("EVENTSTORE") ?? "";
        Skip.If(server.Length == 0, "EventStoreDB: no server is named. Set EVENTSTORE to its connection string, e.g. esdb://127.0.0.1:2113?tls=false.");
        return server;
#else
        throw new SkipException("EventStoreDB: the engine was not built, since its client is not in the registry (deploy/registry).");
#endif
    }

    /// <summary>A log of its own on a server.</summary>
    public static string OnServer(string server) => $"{server}{(server.Contains('?', StringComparison.Ordinal) ? '&' : '?')}log=test-{Guid.NewGuid():N}";

    public async Task<IEventLog> RestartAsync()
    {
        await DisposeAsync();
        return Log = EventLogs.Open(connectionString);
    }

    public ValueTask DisposeAsync() => ((IAsyncDisposable)Log).DisposeAsync();
}
