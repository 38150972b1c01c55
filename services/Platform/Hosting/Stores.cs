using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql.Sqlite;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.State;
using Microsoft.Extensions.Configuration;

namespace Barnahus.Platform.Hosting;

/// <summary>The log and the three small stores beside it. Opened once per process, shared by all its applications.</summary>
public sealed class Stores : IAsyncDisposable
{
    private Stores(IEventLog log, IEventLog accesses, IKeyVault vault, IStateStore state)
    {
        Log = log;
        Accesses = accesses;
        Vault = vault;
        State = state;
    }

    public IEventLog Log { get; }

    /// <summary>The access log.</summary>
    public IEventLog Accesses { get; }

    public IKeyVault Vault { get; }

    public IStateStore State { get; }

    /// <summary>
    /// Opens what the configuration names: <c>EventLog:ConnectionString</c>, <c>AccessLog:…</c>, <c>Vault:…</c>, <c>State:…</c>;
    /// what is not named is a SQLite file in the folder <c>Data</c>, made when missing. The key-encryption key is the file
    /// <c>Vault:KeyFile</c> (beside the folder by default, never in it) or an environment variable (<see cref="VaultOptions"/>).
    /// </summary>
    /// <exception cref="NotSupportedException">No engine of this build answers to a connection string.</exception>
    public static Stores Open(IConfiguration configuration)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(configuration["Data"] ?? "data"));
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            // For its owner only, from its first moment on.
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var log = EventLogs.Open(Named("EventLog", "events.db"));
        var accesses = EventLogs.Open(Named("AccessLog", "accesses.db"));
        var vaultOptions = new VaultOptions { Database = SqlitePath("Vault", "vault.db"), KeyFile = configuration["Vault:KeyFile"] ?? $"{folder}.key" };
        var vault = SqliteKeyVault.Open(vaultOptions.Database, vaultOptions.LoadKey());

        // This engine's log is open in one process only. After a crash the subscriptions and timers go on at once, and not when old leases run out.
        var state = SqliteStateStore.Open(SqlitePath("State", "state.db"), alone: log is SqliteEventLog);
        return new Stores(log, accesses, vault, state);

        string Named(string store, string file) => configuration[$"{store}:ConnectionString"] ?? $"sqlite:{Path.Combine(folder, file)}";

        string SqlitePath(string store, string file) => Named(store, file) is var named && named.StartsWith("sqlite:", StringComparison.Ordinal)
            ? named["sqlite:".Length..]
            : throw new NotSupportedException($"{store}:ConnectionString must be sqlite:path/to/file.db in this build.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in new object[] { State, Vault, Accesses, Log })
        {
            switch (store)
            {
                case IAsyncDisposable asynchronous:
                    await asynchronous.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
    }
}
