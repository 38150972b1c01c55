using System.Diagnostics;
using System.Net;
using System.Text;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>What only the engine over a network can get wrong: other logs beside it, traces, cut wires, a server that is away.</summary>
public sealed class EventStoreDbLogTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [SkippableFact]
    public async Task A_running_trace_changes_no_event()
    {
        await using var engine = await EventStoreDbUnderTest.OpenAsync();
        using var listener = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        using var trace = new Activity("a request").Start();
        var events = new[] { Event(), Event() };
        await engine.Log.AppendAsync("test.traced", StreamRevision.None, events, None);

        Activity.Current.ShouldBe(trace);
        var read = await engine.Log.ReadStreamAsync("test.traced", 0, 10, ReadDirection.Forwards, None);
        read.Select(e => Encoding.UTF8.GetString(e.Metadata.Span)).ShouldBe(events.Select(e => Encoding.UTF8.GetString(e.Metadata.Span)));
    }

    [SkippableFact]
    public async Task Two_logs_on_one_server_do_not_see_each_other()
    {
        await using var one = await EventStoreDbUnderTest.OpenAsync();
        await using var other = await EventStoreDbUnderTest.OpenAsync();
        var (here, there) = (Event(), Event());
        await one.Log.AppendAsync("test.same", StreamRevision.None, [here], None);
        await other.Log.AppendAsync("test.same", StreamRevision.None, [there], None);

        (await one.Log.ReadAllAsync(LogPosition.Start, 10, None)).ShouldHaveSingleItem().Id.ShouldBe(here.Id);
        var read = (await other.Log.ReadAllAsync(LogPosition.Start, 10, None)).ShouldHaveSingleItem();
        (read.Id, read.Stream).ShouldBe((there.Id, "test.same"));
        (await one.Log.HeadAsync(None)).ShouldBeLessThan(await other.Log.HeadAsync(None));
    }

    [SkippableFact]
    public async Task One_id_twice_in_one_append_is_refused_whole()
    {
        await using var engine = await EventStoreDbUnderTest.OpenAsync();
        var e = Event();
        await Should.ThrowAsync<DuplicateEventException>(() => engine.Log.AppendAsync("test.a", StreamRevision.None, [e, Event(), e], None));
        (await engine.Log.HeadAsync(None)).ShouldBe(LogPosition.Start);
    }

    [SkippableFact]
    public async Task Cut_wires_lose_nothing_double_nothing_and_nobody_notices()
    {
        var server = new Uri(EventStoreDbUnderTest.Server());
        Skip.If(server.Scheme != "esdb", "EventStoreDB: a cluster tells the client where its nodes are, so no wire can stand between.");
        await using var wire = new Wire(new IPEndPoint((await Dns.GetHostAddressesAsync(server.Host))[0], server.Port));
        var onWire = EventStoreDbUnderTest.OnServer(new UriBuilder(server) { Host = "127.0.0.1", Port = wire.Port, Path = "" }.Uri.ToString());
        await using var log = (IAsyncDisposable)EventLogs.Open(onWire);
        using var ending = new CancellationTokenSource();
        var followed = FollowAsync((IEventLog)log, 160, ending.Token);
        var cutting = CutAsync(wire, ending.Token);
        var acknowledged = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => WriteAsync((IEventLog)log, $"test.writer-{writer}", 20)));

        (await followed.WaitAsync(TimeSpan.FromMinutes(2))).Order().ShouldBe(acknowledged.SelectMany(ids => ids).Order());
        await ending.CancelAsync();
        (await cutting).ShouldBeGreaterThan(3);
        Skip.If(wire.Connections < 3, "EventStoreDB: the node that EVENTSTORE names does not lead, and sent the client past the wire to the one that does.");
        foreach (var (ids, writer) in acknowledged.Select((ids, i) => (ids, i)))
        {
            var read = await ((IEventLog)log).ReadStreamAsync($"test.writer-{writer}", 0, 100, ReadDirection.Forwards, None);
            read.Select(e => e.Id).ShouldBe(ids);
        }
    }

    [SkippableFact]
    public async Task A_server_that_is_away_is_told_in_time_and_waited_for_by_who_follows()
    {
        Built();
        await using var nobody = new Wire(new IPEndPoint(IPAddress.Loopback, 1));
        await using var disposable = (IAsyncDisposable)EventLogs.Open($"esdb://127.0.0.1:{nobody.Port}?tls=false");
        var log = (IEventLog)disposable;
        using var ending = new CancellationTokenSource();
        var following = FollowAsync(log, 1, ending.Token);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Should.ThrowAsync<LogUnreachableException>(() => log.AppendAsync("test.a", StreamRevision.None, [Event()], None)),
            Should.ThrowAsync<LogUnreachableException>(() => log.HeadAsync(None)));

        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        following.IsCompleted.ShouldBeFalse();
        await ending.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => following.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [SkippableTheory]
    [InlineData("esdb://admin:secret:secret@127.0.0.1:2113")]
    [InlineData("esdb://admin:secret@127.0.0.1:2113?nonsense=1")]
    [InlineData("esdb://admin:secret@127.0.0.1:2113?log=Not/A/Name")]
    [InlineData("esdb:admin:secret@127.0.0.1")]
    public void What_is_not_understood_is_said_without_its_secrets(string connectionString)
    {
        Built();
        var told = Should.Throw<FormatException>(() => EventLogs.Open(connectionString));
        told.Message.ShouldNotContain("secret");
        told.InnerException.ShouldBeNull();
    }

    private static void Built()
    {
#if !FULL_REGISTRY
        throw new SkipException("EventStoreDB: the engine was not built, since its client is not in the registry (deploy/registry).");
#endif
    }

    private static async Task<List<Guid>> WriteAsync(IEventLog log, string stream, int count)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            var e = Event();
            (await log.AppendAsync(stream, i - 1, [e], None)).Revision.ShouldBe(i);
            ids.Add(e.Id);
            await Task.Delay(20);
        }

        return ids;
    }

    private static async Task<List<Guid>> FollowAsync(IEventLog log, int count, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        await foreach (var batch in log.FollowAsync(LogPosition.Start, cancellationToken))
        {
            ids.AddRange(batch.Select(e => e.Id));
            if (ids.Count >= count)
            {
                break;
            }
        }

        return ids;
    }

    private static async Task<int> CutAsync(Wire wire, CancellationToken cancellationToken)
    {
        var cuts = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(150, CancellationToken.None);
            wire.Cut();
            cuts++;
        }

        return cuts;
    }

    private static EventToAppend Event() => new(Guid.NewGuid(), "test.happened.v1", "{}"u8.ToArray(), """{"subject":"none"}"""u8.ToArray());
}
