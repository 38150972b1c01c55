using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql.Postgres;
using Barnahus.Testing.Postgres;

namespace Barnahus.Platform.Tests.EventLog;

public sealed class PostgresAppendTests : AppendContract
{
    protected override Task<ILogUnderTest> OpenAsync() => PostgresUnderTest.OpenAsync();
}

public sealed class PostgresReadTests : ReadContract
{
    protected override Task<ILogUnderTest> OpenAsync() => PostgresUnderTest.OpenAsync();
}

public sealed class PostgresFollowTests : FollowContract
{
    protected override Task<ILogUnderTest> OpenAsync() => PostgresUnderTest.OpenAsync();
}

public sealed class PostgresConcurrencyTests : ConcurrencyContract
{
    protected override Task<ILogUnderTest> OpenAsync() => PostgresUnderTest.OpenAsync();
}

public sealed class PostgresParkingTests : ParkingContract
{
    protected override Task<ILogUnderTest> OpenAsync() => PostgresUnderTest.OpenAsync();
}

public sealed class PostgresModelTests : ModelContract
{
    protected override int Walks => 20;

    protected override Task<ILogUnderTest> OpenAsync() => PostgresUnderTest.OpenAsync();
}

/// <summary>The engine on a database of its own.</summary>
internal sealed class PostgresUnderTest : ILogUnderTest
{
    private readonly PostgresTestDatabase database;
    private PostgresEventLog log;

    private PostgresUnderTest(PostgresTestDatabase database)
    {
        this.database = database;
        log = PostgresEventLog.Open(database.ConnectionString, database.OwnerConnectionString);
    }

    public IEventLog Log => log;

    public static async Task<ILogUnderTest> OpenAsync()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        return new PostgresUnderTest(await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync());
    }

    public async Task<IEventLog> RestartAsync()
    {
        await log.DisposeAsync();
        return log = PostgresEventLog.Open(database.ConnectionString, owner: null);
    }

    public async ValueTask DisposeAsync()
    {
        await log.DisposeAsync();
        await database.DisposeAsync();
    }
}
