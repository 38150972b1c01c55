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

public sealed class EventStoreDbParkingTests : ParkingContract
{
    protected override Task<ILogUnderTest> OpenAsync() => EventStoreDbUnderTest.OpenAsync();
}

public sealed class EventStoreDbModelTests : ModelContract
{
    protected override Task<ILogUnderTest> OpenAsync() => EventStoreDbUnderTest.OpenAsync();
}

public sealed class EventStoreDbSignedInAppendTests : AppendContract
{
    protected override Task<ILogUnderTest> OpenAsync() => EventStoreDbUnderTest.OpenSignedInAsync();
}

public sealed class EventStoreDbSignedInReadTests : ReadContract
{
    protected override Task<ILogUnderTest> OpenAsync() => EventStoreDbUnderTest.OpenSignedInAsync();
}

public sealed class EventStoreDbSignedInFollowTests : FollowContract
{
    protected override Task<ILogUnderTest> OpenAsync() => EventStoreDbUnderTest.OpenSignedInAsync();
}

public sealed class EventStoreDbSignedInConcurrencyTests : ConcurrencyContract
{
    protected override bool CancelledMayBeThere => true;

    protected override Task<ILogUnderTest> OpenAsync() => EventStoreDbUnderTest.OpenSignedInAsync();
}

public sealed class EventStoreDbSignedInParkingTests : ParkingContract
{
    protected override Task<ILogUnderTest> OpenAsync() => EventStoreDbUnderTest.OpenSignedInAsync();
}

public sealed class EventStoreDbSignedInModelTests : ModelContract
{
    protected override Task<ILogUnderTest> OpenAsync() => EventStoreDbUnderTest.OpenSignedInAsync();
}

/// <summary>
/// A log of its own on a server (MaxAppendSize there: 16000000). The environment variable EVENTSTORE names one that asks nobody who they are,
/// EVENTSTORE_TLS one that does, with user and certificate authority.
/// </summary>
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

    public static Task<ILogUnderTest> OpenSignedInAsync() => Task.FromResult<ILogUnderTest>(new EventStoreDbUnderTest(ServerWithSignIn()));

    /// <summary>Connection string of the server that is open to all; without one the test that asks is skipped, and says why.</summary>
    public static string Server() => Named("EVENTSTORE", "esdb://127.0.0.1:2113?tls=false");

    /// <summary>The same for the one with TLS and users.</summary>
    public static string ServerWithSignIn() => Named("EVENTSTORE_TLS", "esdb://admin:changeit@127.0.0.1:2113?tls=true&tlsCaFile=ca.crt");

    private static string Named(string variable, string example)
    {
#if FULL_REGISTRY
        var server = Environment.GetEnvironmentVariable(variable) ?? "";
        Skip.If(server.Length == 0, $"EventStoreDB: no server is named. Set {variable} to its connection string, e.g. {example}.");
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
