using Barnahus.Platform.Privacy;
using Barnahus.Testing.Postgres;
using Npgsql;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>The vault in a database: also what several processes, cut connections and a server that is away do to it.</summary>
public sealed class PostgresKeyVaultTests : KeyVaultContract
{
    private PostgresTestDatabase _database = null!;

    [SkippableFact]
    public async Task Several_processes_that_start_together_have_one_secret()
    {
        var vaults = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Open())));
        vaults.Select(vault => Convert.ToHexString(vault.MatchKey().Span)).Distinct().ShouldHaveSingleItem();
        foreach (var vault in vaults)
        {
            await vault.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Cut_connections_are_replaced_and_no_key_changes() => await WithVaultAsync(async vault =>
    {
        var key = await CreateAsync(vault, Child);
        await _database.CutConnectionsAsync();
        await using var fresh = Open();
        await _database.CutConnectionsAsync();
        Bytes(fresh.Get(Child)).ShouldBe(key);
        await CreateAsync(vault, Other);
        await _database.CutConnectionsAsync();
        (await CreateAsync(fresh, Other)).ShouldBe(await CreateAsync(vault, Other));
        return key;
    });

    [SkippableFact]
    public async Task A_connection_that_broke_while_nobody_asked_is_replaced()
    {
        await using var vault = SqlKeyVault.OpenPostgres($"{_database.ConnectionString};KeepAlive=1", _database.OwnerConnectionString, Kek);
        var key = await CreateAsync(vault, Child);
        await _database.CutConnectionsAsync();
        await Task.Delay(TimeSpan.FromSeconds(3));
        (await CreateAsync(vault, Other)).Length.ShouldBe(32);
        Bytes(vault.Get(Child)).ShouldBe(key);
    }

    [SkippableFact]
    public async Task A_server_that_is_away_is_out_of_reach_and_nothing_is_erased()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await using var gone = await cluster.CreateDatabaseAsync();
        await using var vault = SqlKeyVault.OpenPostgres(gone.ConnectionString, gone.OwnerConnectionString, Kek);
        var key = await CreateAsync(vault, Child);
        await cluster.Node.CrashAsync();
        await Should.ThrowAsync<VaultUnreachableException>(() => vault.GetOrCreateAsync(Other, CancellationToken.None));
        Should.Throw<VaultUnreachableException>(() => vault.Get(Other)).ToString().ShouldNotContain(new NpgsqlConnectionStringBuilder(gone.Work).Password!);
        Should.Throw<VaultUnreachableException>(() => SqlKeyVault.OpenPostgres(gone.ConnectionString, null, Kek));

        await cluster.Node.RestartAsync();
        (await CreateAsync(vault, Child)).ShouldBe(key);
        (await CreateAsync(vault, Other)).Length.ShouldBe(32);
    }

    [SkippableFact]
    public async Task A_database_that_was_set_up_anew_is_not_taken_for_the_vault()
    {
        var clock = new StandingClock();
        await using var vault = Open(clock);
        await CreateAsync(vault, Child);
        await ExecuteAsync("CREATE TABLE kept AS SELECT * FROM secrets; UPDATE secrets SET name = 'another'");
        await _database.CutConnectionsAsync();
        await Should.ThrowAsync<VaultUnreachableException>(() => vault.GetOrCreateAsync(Other, CancellationToken.None));
        clock.Elapsed = SqlKeyVault.Freshness;
        Should.Throw<VaultUnreachableException>(() => vault.Get(Other));

        await ExecuteAsync("DELETE FROM secrets; INSERT INTO secrets SELECT * FROM kept");
        var other = await CreateAsync(vault, Other);
        await using var fresh = Open();
        Bytes(fresh.Get(Other)).ShouldBe(other);
    }

    [SkippableFact]
    public async Task Where_one_must_be_none_is_made_not_even_its_tables()
    {
        Should.Throw<VaultMissingException>(() => SqlKeyVault.OpenPostgres(_database.ConnectionString, _database.OwnerConnectionString, Kek, make: false));
        Should.Throw<VaultMissingException>(() => SqlKeyVault.OpenPostgres(_database.ConnectionString, null, Kek, make: false));
        (await _database.Cluster.Node.RunAsync("pg_dump", _database.Name)).ShouldNotContain("CREATE TABLE");

        // A dump of the tables alone has no secret.
        await Open().DisposeAsync();
        await ExecuteAsync("DELETE FROM secrets");
        Should.Throw<VaultMissingException>(() => SqlKeyVault.OpenPostgres(_database.ConnectionString, _database.OwnerConnectionString, Kek, make: false));
    }

    [SkippableTheory]
    [InlineData("DELETE FROM tombstones")]
    [InlineData("UPDATE tombstones SET destroyed_at = ''")]
    [InlineData("UPDATE keys SET wrapped = ''")]
    [InlineData("DELETE FROM secrets")]
    [InlineData("TRUNCATE keys")]
    [InlineData("CREATE TABLE more (n int)")]
    public async Task The_role_at_work_cannot(string statement)
    {
        await WithVaultAsync(vault => CreateAsync(vault, Child));
        var refused = await Should.ThrowAsync<PostgresException>(() => PostgresTestDatabase.ExecuteAsync(_database.Work, statement));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [SkippableFact]
    public async Task No_key_stands_in_the_database_in_clear()
    {
        var key = await WithVaultAsync(vault => CreateAsync(vault, Child));
        var dump = await _database.Cluster.Node.RunAsync("pg_dump", "--inserts", _database.Name);
        dump.ShouldContain(Child.Subject.ToString());
        dump.ShouldNotContain(Convert.ToHexStringLower(key));
    }

    public override async Task InitializeAsync()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        _database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
    }

    public override async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override SqlKeyVault Open(TimeProvider? clock = null, IKeyEncryption? encryption = null) =>
        SqlKeyVault.OpenPostgres(_database.ConnectionString, _database.OwnerConnectionString, encryption ?? Kek, clock: clock);

    protected override Task ExecuteAsync(string sql) => PostgresTestDatabase.ExecuteAsync(_database.Owner, sql);
}
