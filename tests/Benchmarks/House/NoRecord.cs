using System.Runtime.CompilerServices;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;

namespace Barnahus.Benchmarks.House;

/// <summary>An access log that keeps nothing: beside it the real one shows what it costs that every look is durable before the body leaves.</summary>
internal sealed class NoRecord : IEventLog
{
    /// <summary>Puts it in the place of the real one.</summary>
    public static readonly ServiceModule Module = new(
        "no-record", services => services.AddSingleton(provider => new AccessLog(new NoRecord(), provider.GetRequiredService<EventCodec>())), _ => { }, _ => { });

    public Task<Appended> AppendAsync(string stream, long expectedRevision, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken) =>
        Task.FromResult(new Appended(expectedRevision + events.Count, LogPosition.Start));

    public Task<IReadOnlyList<LoggedEvent>> ReadStreamAsync(
        string stream, long fromRevision, int maxCount, ReadDirection direction, CancellationToken cancellationToken) => Nothing;

    public Task<IReadOnlyList<LoggedEvent>> ReadAllAsync(LogPosition after, int maxCount, CancellationToken cancellationToken) => Nothing;

    public Task<LoggedEvent?> ReadAtAsync(LogPosition position, CancellationToken cancellationToken) => Task.FromResult<LoggedEvent?>(null);

    public async IAsyncEnumerable<IReadOnlyList<LoggedEvent>> FollowAsync(LogPosition after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return [];
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public Task<LogPosition> HeadAsync(CancellationToken cancellationToken) => Task.FromResult(LogPosition.Start);

    private static Task<IReadOnlyList<LoggedEvent>> Nothing => Task.FromResult<IReadOnlyList<LoggedEvent>>([]);
}
