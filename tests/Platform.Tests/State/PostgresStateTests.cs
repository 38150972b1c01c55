using Barnahus.Platform.EventLog;
using Barnahus.Platform.State;
using Barnahus.Testing.Postgres;
using Npgsql;

namespace Barnahus.Platform.Tests.State;

public sealed class PostgresStateTests : StateContract
{
    private PostgresTestDatabase database = null!;

    [SkippableFact]
    public async Task Cut_connections_are_replaced_without_a_word()
    {
        var lease = (await Here.TryLeaseAsync("job", "a", Minute, None)).ShouldNotBeNull();
        for (var i = 1; i <= 3; i++)
        {
            await database.CutConnectionsAsync();
            await Here.SaveAsync(lease, new LogPosition(i), None);
            (await Here.TryLeaseAsync("job", "a", Minute, None)).ShouldBe(lease);
            (await There.LoadAsync("job", None)).ShouldBe(new LogPosition(i));
        }
    }

    [SkippableFact]
    public async Task A_server_that_is_away_is_out_of_reach_and_a_save_in_doubt_is_never_taken_for_done()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await using var gone = await cluster.CreateDatabaseAsync();
        await using var store = PostgresStateStore.Open(gone.ConnectionString, gone.OwnerConnectionString);
        var lease = (await store.TryLeaseAsync("job", "a", Minute, None)).ShouldNotBeNull();
        await cluster.Node.StopAsync();
        await Should.ThrowAsync<StateUnreachableException>(() => store.SaveAsync(lease, new LogPosition(1), None));
        Should.Throw<StateUnreachableException>(() => PostgresStateStore.Open(gone.ConnectionString, null)).ToString()
            .ShouldNotContain(new NpgsqlConnectionStringBuilder(gone.Work).Password!);
        await cluster.Node.RestartAsync();
        await store.SaveAsync(lease, new LogPosition(2), None);
        (await store.LoadAsync("job", None)).ShouldBe(new LogPosition(2));
    }

    [SkippableFact]
    public async Task A_save_under_way_and_a_new_holder_wait_for_each_other()
    {
        // A save that has seen its lease, and is not committed yet, is held open by hand: the new holder must not get the lease beside it.
        var lease = (await Here.TryLeaseAsync("job", "a", Minute, None)).ShouldNotBeNull();
        await PassAsync(Minute);
        await using var source = NpgsqlDataSource.Create(database.Work);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var save = new NpgsqlCommand("SELECT name FROM leases WHERE name = 'job' AND token = 1 FOR UPDATE", connection, transaction))
        {
            (await save.ExecuteScalarAsync()).ShouldBe("job");
        }

        var taking = There.TryLeaseAsync("job", "b", Minute, None);
        await Task.Delay(100);
        taking.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync();
        (await taking).ShouldBe(new Lease("job", "b", 2));
        await Should.ThrowAsync<FencedException>(() => Here.SaveAsync(lease, new LogPosition(1), None));
    }

    protected override async Task PrepareAsync()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
    }

    protected override IStateStore Open() => PostgresStateStore.Open(database.ConnectionString, database.OwnerConnectionString);

    protected override TimeSpan Shortest => TimeSpan.FromSeconds(20);

    // The database's clock cannot be set: instead of it, what it is compared with.
    protected override Task PassAsync(TimeSpan passed) => PostgresTestDatabase.ExecuteAsync(
        database.Owner, $"UPDATE leases SET expires_at = expires_at - interval '{passed.TotalMilliseconds} milliseconds'");

    protected override async Task CleanAsync() => await database.DisposeAsync();
}
