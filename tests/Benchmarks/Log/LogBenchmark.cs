using System.Diagnostics;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql;
using Barnahus.Platform.EventLog.Sql.Sqlite;
using Barnahus.Platform.State;
using Barnahus.Testing.Postgres;

namespace Barnahus.Benchmarks.Log;

/// <summary>P1 to P3, and how fast the embedded log is read.</summary>
internal sealed class LogBenchmark : IBenchmark
{
    private const int Writers = 32;
    private const int PerWriter = 200;
    private const int EventBytes = 500;
    private const int Rounds = 7;
    private const int StreamLength = 20;

    public string Name => "log";

    public string What => "the event log: on PostgreSQL beside pgbench (P1), embedded beside bare SQLite (P2), on EventStoreDB beside its client (P3), reading all, reading a stream";

    public async Task<Outcome> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-bench-").FullName;
        try
        {
            var path = Path.Combine(folder, "log.db");
            using var bare = new BareSqlite(Path.Combine(folder, "bare.db"), EventBytes);
            await using var log = SqliteEventLog.Open(path);
            var appended = await Figure.MeasureAsync(
                "P2",
                "append, 32 writers, 500 bytes, synchronous=FULL; bare: 32 rows per commit",
                "events/s",
                0.7,
                Rounds,
                () => AppendAsync(log.AppendAsync, Writers),
                () => Task.FromResult(bare.Insert(Writers * PerWriter / 32, 32)));

            var alone = await Figure.MeasureAsync(
                "alone",
                "append, 1 writer; bare: 1 row per commit",
                "events/s",
                null,
                Rounds,
                () => AppendAloneAsync(log),
                () => Task.FromResult(bare.Insert(PerWriter, 1)));

            bare.ReadFrom(path);
            var read = await Figure.MeasureAsync(
                "read", "read all, pages of 1000; bare: one SELECT of the same columns", "events/s", null, Rounds,
                () => ReadAllAsync(log, cancellationToken), () => Task.FromResult(bare.ReadAll()));
            var streams = await StreamsAsync(log, cancellationToken);
            var stream = await Figure.MeasureAsync(
                "load", $"read a stream of {StreamLength}; bare: one SELECT of the same columns", "streams/s", null, Rounds,
                () => ReadStreamsAsync(log, streams, cancellationToken), () => Task.FromResult(bare.ReadStreams(streams)));
            var profile = await AppendProfile.TakeAsync(
                new SqliteAppendTransaction(SqliteFile.OpenWriter(Path.Combine(folder, "profile.db"), SqliteEventTable.Schema), TimeProvider.System, new LogTail()),
                append => AppendAsync(append, Writers),
                Writers * PerWriter,
                "SQLite: begin, revision of a stream seen first",
                "SQLite: insert row and two indexes, commit, sync");
            Figure[] others = [.. await OnEventStoreDbAsync(), alone, read, stream];
            if (PostgresCluster.Missing is { } missing)
            {
                Console.Error.WriteLine($"P1 is left out: {missing}");
                return new([appended, .. others], profile);
            }

            var postgres = await PostgresBenchmark.RunAsync(Writers, PerWriter, EventBytes, AppendAsync);
            return new([.. postgres.Figures, appended, .. others], [.. postgres.Profile, .. profile]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<IReadOnlyList<Figure>> OnEventStoreDbAsync()
    {
#if FULL_REGISTRY
        return EventStoreDbBenchmark.RunAsync(Writers, EventBytes, AppendAsync);
#else
        Console.Error.WriteLine("P3 is left out: the EventStoreDB engine was not built, since its client is not in the registry (deploy/registry).");
        return Task.FromResult<IReadOnlyList<Figure>>([]);
#endif
    }

    private static async Task<double> AppendAsync(Append append, int writers)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            var stream = $"bench.writer-{Guid.NewGuid():D}";
            for (var i = 0; i < PerWriter; i++)
            {
                await append(stream, i - 1, [NewEvent()], CancellationToken.None);
            }
        })));
        return writers * PerWriter / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> AppendAloneAsync(SqliteEventLog log)
    {
        var stream = $"bench.alone-{Guid.NewGuid():D}";
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < PerWriter; i++)
        {
            await log.AppendAsync(stream, i - 1, [NewEvent()], CancellationToken.None);
        }

        return PerWriter / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> ReadAllAsync(SqliteEventLog log, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        var after = LogPosition.Start;
        while (await log.ReadAllAsync(after, 1000, cancellationToken) is { Count: > 0 } page)
        {
            count += page.Count;
            after = page[^1].Position;
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<string[]> StreamsAsync(SqliteEventLog log, CancellationToken cancellationToken)
    {
        string[] streams = [.. Enumerable.Range(0, 500).Select(_ => $"bench.thing-{Guid.NewGuid():D}")];
        await Task.WhenAll(streams.Select(stream => log.AppendAsync(
            stream, StreamRevision.None, [.. Enumerable.Range(0, StreamLength).Select(_ => NewEvent())], cancellationToken)));
        return streams;
    }

    private static async Task<double> ReadStreamsAsync(SqliteEventLog log, string[] streams, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var stream in streams)
        {
            await log.ReadStreamAsync(stream, 0, 500, ReadDirection.Forwards, cancellationToken);
        }

        return streams.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static EventToAppend NewEvent() => new(Guid.NewGuid(), "bench.written.v1", new byte[EventBytes - 100], new byte[100]);
}

/// <summary>The shape of <see cref="IEventLog.AppendAsync"/>.</summary>
internal delegate Task<Appended> Append(
    string stream, long expectedRevision, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken);
