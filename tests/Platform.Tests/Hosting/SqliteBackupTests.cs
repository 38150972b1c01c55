using Microsoft.Data.Sqlite;

namespace Barnahus.Platform.Tests.Hosting;

public sealed class SqliteBackupTests : BackupContract
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["EventLog"] = "events.db", ["AccessLog"] = "accesses.db", ["Vault"] = "vault.db", ["State"] = "state.db",
    };

    protected override Dictionary<string, string?> Settings(bool restored) => [];

    // What sqlite3's .backup does.
    protected override Task BackUpAsync(string store)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "restored"));
        using var from = Open(Path.Combine(Folder, "data", Files[store]));
        using var to = Open(Path.Combine(Folder, "restored", Files[store]));
        from.BackupDatabase(to);
        return Task.CompletedTask;
    }

    protected override Task RestoreAsync() => Task.CompletedTask;

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
