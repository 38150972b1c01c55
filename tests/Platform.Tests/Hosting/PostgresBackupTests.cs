using Barnahus.Testing.Postgres;
using Npgsql;

namespace Barnahus.Platform.Tests.Hosting;

public sealed class PostgresBackupTests : BackupContract
{
    private readonly Dictionary<string, PostgresTestDatabase> used = [];
    private readonly Dictionary<string, PostgresTestDatabase> restored = [];

    public override async Task InitializeAsync()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        await base.InitializeAsync();
        foreach (var store in AllStores)
        {
            used[store] = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
            restored[store] = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        }
    }

    public override async Task DisposeAsync()
    {
        foreach (var database in used.Values.Concat(restored.Values))
        {
            await database.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    protected override Dictionary<string, string?> Settings(bool restored) => (restored ? this.restored : used)
        .SelectMany(pair => new KeyValuePair<string, string?>[]
        {
            new($"{pair.Key}:ConnectionString", pair.Value.ConnectionString), new($"{pair.Key}:OwnerConnectionString", pair.Value.OwnerConnectionString),
        })
        .ToDictionary();

    protected override Task BackUpAsync(string store) =>
        used[store].Cluster.Node.RunAsync("pg_dump", "--format=custom", "--no-owner", "--no-privileges", $"--file={Dump(store)}", used[store].Name);

    protected override async Task RestoreAsync()
    {
        foreach (var (store, database) in restored)
        {
            await database.Cluster.Node.RunAsync(
                "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", $"--role={new NpgsqlConnectionStringBuilder(database.Owner).Username}",
                $"--dbname={database.Name}", Dump(store));
        }
    }

    private string Dump(string store) => Path.Combine(Folder, $"{store}.dump");
}
