using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql.Postgres;
using Barnahus.Testing.Postgres;
using Npgsql;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>
/// Several processes at once, connections that are cut and a server that goes away: every append is acknowledged or in doubt, what was in
/// doubt is settled by asking again, and who follows meets each event once, in order.
/// </summary>
public sealed class PostgresFaultTests : IAsyncLifetime
{
    private const int Writers = 8;
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly bool All = Environment.GetEnvironmentVariable("BARNAHUS_ALL") == "1";
    private readonly ConcurrentDictionary<Guid, Appended> acknowledged = new();
    private int inDoubt;

    public Task InitializeAsync()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task Several_processes_write_one_log_without_a_gap()
    {
        await using var database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        await using var one = Open(database);
        await using var other = Open(database);
        await RunAsync(one, other, () => Task.CompletedTask, All ? 2000 : 100);
        inDoubt.ShouldBe(0);
    }

    [SkippableFact]
    public async Task Two_processes_that_race_for_a_revision_do_not_both_win()
    {
        await using var database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        await using var one = Open(database);
        await using var other = Open(database);
        for (var revision = -1; revision < (All ? 1000 : 50); revision++)
        {
            var won = await Task.WhenAll(new[] { one, other, one, other }.Select(async log =>
            {
                try
                {
                    await log.AppendAsync("test.raced", revision, [Event()], None);
                    return true;
                }
                catch (WrongRevisionException)
                {
                    return false;
                }
            }));
            won.Count(w => w).ShouldBe(1);
        }
    }

    [SkippableFact]
    public async Task A_connection_that_broke_while_nobody_wrote_is_replaced()
    {
        await using var database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        await using var log = PostgresEventLog.Open($"{database.ConnectionString};KeepAlive=1", database.OwnerConnectionString);
        await log.AppendAsync("test.idle", StreamRevision.None, [Event()], None);
        await database.CutConnectionsAsync();
        await Task.Delay(TimeSpan.FromSeconds(3));
        (await log.AppendAsync("test.idle", 0, [Event()], None)).Revision.ShouldBe(1);
    }

    [SkippableFact]
    public async Task Cut_connections_lose_nothing_and_double_nothing()
    {
        await using var database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        await using var one = Open(database);
        await using var other = Open(database);
        await RunAsync(one, other, async () =>
        {
            for (var cut = 0; cut < (All ? 200 : 15); cut++)
            {
                await Task.Delay(Random.Shared.Next(1, 40));
                await database.CutConnectionsAsync();
            }
        });
    }

    [SkippableFact]
    public async Task A_process_that_is_killed_while_it_writes_holds_up_no_other_and_leaves_what_it_acknowledged()
    {
        await using var database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        await using var log = Open(database);
        var lines = await Task.WhenAll(
            WritingChild.WriteAndKillAsync(database.ConnectionString, Random.Shared.Next(50, 300)),
            WritingChild.WriteAndKillAsync(database.ConnectionString, Random.Shared.Next(300, 1000)));

        await log.AppendAsync("test.after", StreamRevision.None, [Event()], None);
        var all = await log.ReadAllAsync(LogPosition.Start, int.MaxValue, None);
        all.Select((e, i) => e.Position.Value == i + 1).ShouldAllBe(dense => dense);
        var there = all.Select(WritingChild.LineOf).ToHashSet();
        lines.SelectMany(said => said).Where(line => !there.Contains(line)).ShouldBeEmpty();
        (all.Count - 1 - lines.Sum(said => said.Count)).ShouldBeInRange(0, 2 * WritingChild.Writers);
    }

    [SkippableFact]
    public async Task A_server_that_crashes_and_comes_back_lost_nothing_that_was_acknowledged()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await using var database = await cluster.CreateDatabaseAsync();
        await using var one = Open(database);
        await using var other = Open(database);
        await RunAsync(one, other, async () =>
        {
            for (var round = 0; round < (All ? 20 : 2); round++)
            {
                await Task.Delay(Random.Shared.Next(50, 300));
                await (round % 2 == 0 ? cluster.Node.CrashAsync() : cluster.Node.StopAsync());
                await Should.ThrowAsync<LogUnreachableException>(() => one.HeadAsync(None));
                await Should.ThrowAsync<LogUnreachableException>(() => one.AppendAsync("test.none", 0, [Event()], None));
                await cluster.Node.RestartAsync();
            }
        });
        inDoubt.ShouldBeGreaterThan(0);
    }

    [SkippableFact]
    public async Task Who_holds_the_lock_too_long_makes_others_say_so_and_not_wait_for_ever()
    {
        await using var database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        await using var log = Open(database);
        var e = Event();
        await using (var source = NpgsqlDataSource.Create(database.Work))
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var hold = new NpgsqlCommand($"SELECT pg_advisory_lock({PostgresEventTable.AppendLock})", connection);
            await hold.ExecuteNonQueryAsync();
            await Should.ThrowAsync<LogUnreachableException>(() => log.AppendAsync("test.a", StreamRevision.None, [e], None).WaitAsync(TimeSpan.FromSeconds(60)));
        }

        (await log.AppendAsync("test.a", StreamRevision.None, [e], None)).Position.ShouldBe(new LogPosition(1));
    }

    [SkippableFact]
    public async Task An_append_of_another_process_wakes_who_follows()
    {
        await using var database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        await using var here = Open(database);
        await using var there = Open(database);
        await using var following = here.FollowAsync(LogPosition.Start, None).GetAsyncEnumerator();
        await following.MoveNextAsync();
        var took = Stopwatch.StartNew();
        for (var i = 0; i < 10; i++)
        {
            var e = Event();
            await there.AppendAsync("test.a", i - 1, [e], None);
            (await following.MoveNextAsync()).ShouldBeTrue();
            following.Current.ShouldHaveSingleItem().Id.ShouldBe(e.Id);
            (await following.MoveNextAsync()).ShouldBeTrue();
            following.Current.ShouldBeEmpty();
        }

        // By looking alone it would take three seconds each.
        took.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    private static PostgresEventLog Open(PostgresTestDatabase database) => PostgresEventLog.Open(database.ConnectionString, database.OwnerConnectionString);

    private static EventToAppend Event() => new(Guid.NewGuid(), "test.happened.v1", Encoding.UTF8.GetBytes("{}"), new byte[100]);

    /// <summary>Writers on both, a follower on each, and something that happens meanwhile; then all is compared.</summary>
    private async Task RunAsync(PostgresEventLog one, PostgresEventLog other, Func<Task> meanwhile, int atLeast = 20)
    {
        using var ending = new CancellationTokenSource();
        var followed = new[] { one, other }.Select(log => (Ids: new List<Guid>(), Log: log)).ToList();
        var following = followed.Select(f => Task.Run(() => FollowAsync(f.Log, f.Ids, ending.Token))).ToList();
        using var enough = new CancellationTokenSource();
        var writing = Enumerable.Range(0, Writers).Select(i => Task.Run(() => WriteAsync(i % 2 == 0 ? one : other, atLeast, enough.Token))).ToList();
        await meanwhile();
        await enough.CancelAsync();
        await Task.WhenAll(writing);

        var all = await one.ReadAllAsync(LogPosition.Start, int.MaxValue, None);
        all.Select((e, i) => e.Position.Value == i + 1).ShouldAllBe(dense => dense);
        all.Select(e => e.Id).Distinct().Count().ShouldBe(all.Count);
        all.ToDictionary(e => e.Id, e => new Appended(e.Revision, e.Position)).OrderBy(p => p.Key).ShouldBe(acknowledged.OrderBy(p => p.Key));
        for (var patience = Stopwatch.StartNew(); followed.Exists(f => f.Ids.Count < all.Count) && patience.Elapsed < TimeSpan.FromMinutes(1);)
        {
            await Task.Delay(50);
        }

        await ending.CancelAsync();
        await Task.WhenAll(following).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        followed.ForEach(f => f.Ids.ShouldBe(all.Select(e => e.Id)));
    }

    private async Task WriteAsync(PostgresEventLog log, int atLeast, CancellationToken enough)
    {
        var stream = $"test.writer-{Guid.NewGuid():D}";
        for (var i = 0; i < atLeast || !enough.IsCancellationRequested; i++)
        {
            var e = Event();
            while (!acknowledged.ContainsKey(e.Id))
            {
                try
                {
                    acknowledged[e.Id] = await log.AppendAsync(stream, i - 1, [e], None);
                }
                catch (LogUnreachableException)
                {
                    Interlocked.Increment(ref inDoubt);
                    await Task.Delay(20, None);
                }
            }
        }
    }

    private static async Task FollowAsync(PostgresEventLog log, List<Guid> ids, CancellationToken ending)
    {
        await foreach (var batch in log.FollowAsync(LogPosition.Start, ending))
        {
            ids.AddRange(batch.Select(e => e.Id));
        }
    }
}
