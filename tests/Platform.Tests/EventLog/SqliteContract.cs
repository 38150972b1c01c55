using Barnahus.Platform.EventLog;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.EventLog;

public sealed class SqliteAppendTests : AppendContract
{
    protected override Task<ILogUnderTest> OpenAsync() => SqliteUnderTest.OpenAsync();
}

public sealed class SqliteReadTests : ReadContract
{
    protected override Task<ILogUnderTest> OpenAsync() => SqliteUnderTest.OpenAsync();
}

public sealed class SqliteFollowTests : FollowContract
{
    protected override Task<ILogUnderTest> OpenAsync() => SqliteUnderTest.OpenAsync();
}

public sealed class SqliteConcurrencyTests : ConcurrencyContract
{
    protected override Task<ILogUnderTest> OpenAsync() => SqliteUnderTest.OpenAsync();
}

public sealed class SqliteParkingTests : ParkingContract
{
    protected override Task<ILogUnderTest> OpenAsync() => SqliteUnderTest.OpenAsync();
}

public sealed class SqliteModelTests : ModelContract
{
    protected override Task<ILogUnderTest> OpenAsync() => SqliteUnderTest.OpenAsync();
}

internal sealed class SqliteUnderTest : ILogUnderTest
{
    private readonly TemporaryLog temporary = new();

    public IEventLog Log => temporary.Log;

    public static Task<ILogUnderTest> OpenAsync() => Task.FromResult<ILogUnderTest>(new SqliteUnderTest());

    public Task<IEventLog> RestartAsync() => temporary.RestartAsync();

    public ValueTask DisposeAsync() => temporary.DisposeAsync();
}
