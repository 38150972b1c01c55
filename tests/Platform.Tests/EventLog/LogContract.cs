using System.Text;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>An engine under the contract: opens logs and restarts them. One per engine; the suites need nothing else.</summary>
public interface ILogUnderTest : IAsyncDisposable
{
    IEventLog Log { get; }

    /// <summary>Closes the log and opens it again as another process would find it.</summary>
    Task<IEventLog> RestartAsync();
}

/// <summary>
/// What every engine promises. An engine takes part by one class per suite that opens it (SqliteContract.cs shows how).
/// </summary>
public abstract class LogContract : IAsyncLifetime
{
    /// <summary>Long runs widen counts under <c>deploy/test --all</c>.</summary>
    protected static readonly bool All = Environment.GetEnvironmentVariable("BARNAHUS_ALL") == "1";

    protected static readonly CancellationToken None = CancellationToken.None;

    protected ILogUnderTest Engine { get; private set; } = null!;

    protected IEventLog Log => Engine.Log;

    public async Task InitializeAsync() => Engine = await OpenAsync();

    public async Task DisposeAsync() => await Engine.DisposeAsync();

    protected abstract Task<ILogUnderTest> OpenAsync();

    protected static string NewStream() => $"test.thing-{Guid.NewGuid():D}";

    protected static EventToAppend Event(string data = "{}", string type = "test.happened.v1", Guid? id = null) =>
        new(id ?? Guid.NewGuid(), type, Encoding.UTF8.GetBytes(data), Encoding.UTF8.GetBytes("""{"subject":"none"}"""));

    protected static EventToAppend[] Events(int count) => [.. Enumerable.Range(0, count).Select(i => Event($$"""{"n":{{i}}}"""))];

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    protected Task<Appended> AppendAsync(string stream, long expected, params EventToAppend[] events) =>
        Log.AppendAsync(stream, expected, events, None);

    protected Task<IReadOnlyList<LoggedEvent>> ReadAsync(string stream, long from = 0, int max = 1000, ReadDirection direction = default) =>
        Log.ReadStreamAsync(stream, from, max, direction, None);

    protected async Task<IReadOnlyList<LoggedEvent>> ReadAllAsync(LogPosition after = default)
    {
        var all = new List<LoggedEvent>();
        while (await Log.ReadAllAsync(after, 100, None) is { Count: > 0 } page)
        {
            all.AddRange(page);
            after = page[^1].Position;
        }

        return all;
    }
}
