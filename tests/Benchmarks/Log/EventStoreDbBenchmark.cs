using Barnahus.EventStoreDb;
using Barnahus.Platform.EventLog;
using Esdb = EventStore.Client;

namespace Barnahus.Benchmarks.Log;

/// <summary>P3: the EventStoreDB engine beside its official client alone, on one server in the same run. Built where the client is (deploy/registry).</summary>
internal static class EventStoreDbBenchmark
{
    private const int Rounds = 5;

    /// <summary>Nothing, and why, where no server is named.</summary>
    /// <param name="writers">How many append at once.</param>
    /// <param name="eventBytes">Data and metadata of each event.</param>
    /// <param name="run">Appends so: the same load for both.</param>
    public static async Task<IReadOnlyList<Figure>> RunAsync(int writers, int eventBytes, Func<Append, int, Task<double>> run)
    {
        if (Environment.GetEnvironmentVariable("EVENTSTORE") is not { Length: > 0 } server)
        {
            Console.Error.WriteLine("P3 is left out: no EventStoreDB is named. Set EVENTSTORE to its connection string, e.g. esdb://127.0.0.1:2113?tls=false.");
            return [];
        }

        var log = EventStoreDbLog.Open($"{server}{(server.Contains('?', StringComparison.Ordinal) ? '&' : '?')}log=bench-{Guid.NewGuid():N}");
        await using var closing = (IAsyncDisposable)log;
        await using var client = new Esdb.EventStoreClient(Esdb.EventStoreClientSettings.Create(server));
        return [await Figure.MeasureAsync(
            "P3", $"append, {writers} writers, {eventBytes} bytes; bare: the official client", "events/s", 0.9, Rounds,
            () => run(log.AppendAsync, writers), () => run(BareAsync, writers))];

        async Task<Appended> BareAsync(string stream, long expectedRevision, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken)
        {
            var data = events.Select(e => new Esdb.EventData(Esdb.Uuid.FromGuid(e.Id), e.Type, e.Data, e.Metadata));
            var result = expectedRevision == StreamRevision.None
                ? await client.AppendToStreamAsync(stream, Esdb.StreamState.NoStream, data, cancellationToken: cancellationToken)
                : await client.AppendToStreamAsync(stream, Esdb.StreamRevision.FromInt64(expectedRevision), data, cancellationToken: cancellationToken);
            return new(result.NextExpectedStreamRevision.ToInt64(), new((long)result.LogPosition.CommitPosition));
        }
    }
}
