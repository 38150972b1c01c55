using Barnahus.Platform.EventLog;
using Esdb = EventStore.Client;

namespace Barnahus.EventStoreDb;

/// <summary>
/// A log in EventStoreDB: its streams stand under the log's name, and the server's <c>$all</c> gives their order. A position is the event's
/// commit position, a byte offset in the server's log: it rises with every event, fits a <see cref="long"/> (the server counts in one), and
/// is the same on every node. A write over gRPC is its own commit, so commit and prepare position are one number.
/// </summary>
/// <remarks>
/// An append whose answer was lost is asked for again until <see cref="Answers.Patience"/> is over: the exact revision makes that safe. Ids
/// are compared at the expected revision only, so an id that stands elsewhere in the log is not noticed; nobody may rely on it (IEventLog).
/// </remarks>
public sealed class EventStoreDbLog : IEventLog, IAsyncDisposable
{
    private readonly LogOnServer log;
    private readonly Esdb.EventStoreClient client;
    private readonly CancellationTokenSource closing = new();

    private EventStoreDbLog(LogOnServer log)
    {
        this.log = log;
        client = new(log.Settings);
    }

    /// <summary>Schemes of connection strings that name this engine.</summary>
    public static IReadOnlyList<string> Schemes { get; } = ["esdb", "esdb+discover"];

    /// <summary>Opens a log. It connects at the first use, and again whenever it must.</summary>
    /// <param name="connectionString">
    /// As the client of EventStoreDB has it, e.g. <c>esdb+discover://user:password@host:2113?tls=true&amp;tlsCaFile=/run/ca.crt</c>, and
    /// <c>log=NAME</c>: the log's name on this server, <c>barnahus</c> when not given.
    /// </param>
    /// <exception cref="FormatException">It is not understood; the message repeats nothing of it.</exception>
    public static IEventLog Open(string connectionString) => new EventStoreDbLog(LogOnServer.Parse(connectionString));

    /// <inheritdoc/>
    public Task<Appended> AppendAsync(
        string stream, long expectedRevision, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken)
    {
        Proposals.Check(stream, expectedRevision, events);
        return AskAsync(token => AppendOnceAsync(stream, expectedRevision, events, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LoggedEvent>> ReadStreamAsync(
        string stream, long fromRevision, int maxCount, ReadDirection direction, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxCount);
        if (direction == ReadDirection.Backwards && fromRevision < 0)
        {
            return Task.FromResult<IReadOnlyList<LoggedEvent>>([]);
        }

        var from = direction == ReadDirection.Backwards && fromRevision == long.MaxValue
            ? Esdb.StreamPosition.End
            : Esdb.StreamPosition.FromInt64(Math.Max(0, fromRevision));
        var towards = direction == ReadDirection.Forwards ? Esdb.Direction.Forwards : Esdb.Direction.Backwards;
        return ReadAsync(
            token => client.ReadStreamAsync(towards, log.NameOnServer(stream), from, maxCount, cancellationToken: token).Messages, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LoggedEvent>> ReadAllAsync(LogPosition after, int maxCount, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxCount);

        // The server's reads begin at a position and not after it: one more, and the first left out where it is the one we have.
        var read = await ReadAllAsync(Esdb.Direction.Forwards, LogOnServer.On(after), maxCount + 1L, cancellationToken);
        var known = read.Count > 0 && read[0].Position <= after ? 1 : 0;
        return [.. read.Skip(known).Take(maxCount)];
    }

    /// <inheritdoc/>
    public async Task<LoggedEvent?> ReadAtAsync(LogPosition position, CancellationToken cancellationToken) =>
        await ReadAllAsync(Esdb.Direction.Forwards, LogOnServer.On(position), 1, cancellationToken) is [var found] && found.Position == position ? found : null;

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<LoggedEvent>> FollowAsync(
        LogPosition after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        await using var follower = new Follower(client, log, after, ending.Token);
        await foreach (var batch in follower.BatchesAsync(HeadAsync, ending.Token))
        {
            yield return batch;
        }
    }

    /// <inheritdoc/>
    public async Task<LogPosition> HeadAsync(CancellationToken cancellationToken) =>
        await ReadAllAsync(Esdb.Direction.Backwards, Esdb.Position.End, 1, cancellationToken) is [var last] ? last.Position : LogPosition.Start;

    /// <summary>Ends who follows and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await client.DisposeAsync();
    }

    private async Task<Appended> AppendOnceAsync(
        string stream, long expectedRevision, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken)
    {
        var name = log.NameOnServer(stream);
        var proposals = Proposals.Of(events);
        var appending = expectedRevision == StreamRevision.None
            ? client.AppendToStreamAsync(name, Esdb.StreamState.NoStream, proposals, cancellationToken: cancellationToken)
            : client.AppendToStreamAsync(name, Esdb.StreamRevision.FromInt64(expectedRevision), proposals, cancellationToken: cancellationToken);

        // The client sends all callers' appends over one stream, and a caller whose answer is lost there would wait for ever.
        var result = await appending.WaitAsync(Answers.Patience, cancellationToken);
        return result is Esdb.WrongExpectedVersionResult refused
            ? throw new WrongRevisionException(stream, expectedRevision, refused.ActualStreamRevision.ToInt64())
            : new(result.NextExpectedStreamRevision.ToInt64(), LogOnServer.Of(result.LogPosition));
    }

    private Task<IReadOnlyList<LoggedEvent>> ReadAllAsync(
        Esdb.Direction direction, Esdb.Position from, long maxCount, CancellationToken cancellationToken) => ReadAsync(
            token => client.ReadAllAsync(direction, from, log.Filter, maxCount, cancellationToken: token).Messages, cancellationToken);

    private Task<IReadOnlyList<LoggedEvent>> ReadAsync(
        Func<CancellationToken, IAsyncEnumerable<Esdb.StreamMessage>> read, CancellationToken cancellationToken) => AskAsync(
            async token =>
            {
                using var silence = CancellationTokenSource.CreateLinkedTokenSource(token);
                silence.CancelAfter(Answers.Patience);
                var events = new List<LoggedEvent>();
                await foreach (var message in read(silence.Token))
                {
                    silence.CancelAfter(Answers.Patience);
                    if (message is Esdb.StreamMessage.Event(var resolved))
                    {
                        events.Add(log.Logged(resolved));
                    }
                }

                return (IReadOnlyList<LoggedEvent>)events;
            },
            cancellationToken);

    private Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(closing.IsCancellationRequested, this);
        return Answers.AskAsync(ask, cancellationToken);
    }
}
