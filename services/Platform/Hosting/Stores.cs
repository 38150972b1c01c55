using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql.Sqlite;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.State;
using Microsoft.Extensions.Configuration;

namespace Barnahus.Platform.Hosting;

/// <summary>The log and the three small stores beside it. Opened once per process, shared by all its applications.</summary>
public sealed class Stores : IAsyncDisposable
{
    private static readonly string[] Names = ["EventLog", "AccessLog", "Vault", "State"];

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
    /// A PostgreSQL database is made ready by its owner's <c>…:OwnerConnectionString</c>; without it, it must be.
    /// </summary>
    /// <exception cref="NotSupportedException">No engine of this build answers to a connection string.</exception>
    /// <exception cref="VaultMissingException">The log has events and the vault is not there.</exception>
    /// <exception cref="InvalidDataException">A store holds something else, is of another version, or two are to use one database.</exception>
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

        RefuseSharedDatabases(configuration);
        var opened = new Stack<object>();
        try
        {
            var log = Opened(EventLogs.Open(Named("EventLog", "events.db"), Owner("EventLog")));
            var accesses = Opened(EventLogs.Open(Named("AccessLog", "accesses.db"), Owner("AccessLog")));

            // Beside a log that has events a vault is never made: theirs is away.
            var logIsNew = log.HeadAsync(CancellationToken.None).GetAwaiter().GetResult() == LogPosition.Start;
            var vault = Opened(OpenVault(Named("Vault", "vault.db"), Owner("Vault"), configuration["Vault:KeyFile"] ?? $"{folder}.key", logIsNew));

            // The embedded log is open in one process only. After a crash the subscriptions and timers go on at once, and not when old leases run out.
            var state = Named("State", "state.db") is var named && PostgresDatabase.IsNamedBy(named)
                ? Opened<IStateStore>(PostgresStateStore.Open(named, Owner("State")))
                : Opened<IStateStore>(SqliteStateStore.Open(SqlitePath("State", named), alone: log is SqliteEventLog));

            // A vault that was restored destroys again what the log says, before anybody can ask it.
            new KeyDestruction(log, vault).ReplayAsync(CancellationToken.None).GetAwaiter().GetResult();
            return new Stores(log, accesses, vault, state);
        }
        catch
        {
            CloseAsync(opened).GetAwaiter().GetResult();
            throw;
        }

        T Opened<T>(T store)
            where T : notnull
        {
            opened.Push(store);
            return store;
        }

        string Named(string store, string file) => configuration[$"{store}:ConnectionString"] ?? $"sqlite:{Path.Combine(folder, file)}";

        string? Owner(string store) => configuration[$"{store}:OwnerConnectionString"] is { Length: > 0 } owner ? owner : null;
    }

    private static SqlKeyVault OpenVault(string named, string? owner, string keyFile, bool mayBeNew)
    {
        if (PostgresDatabase.IsNamedBy(named))
        {
            // Whether the vault is new only its database knows: a key is never made beside it, but once, by whoever sets it up.
            return SqlKeyVault.OpenPostgres(named, owner, new VaultOptions { KeyFile = keyFile }.LoadKey(), mayBeNew);
        }

        var options = new VaultOptions { Database = SqlitePath("Vault", named), KeyFile = keyFile, MayBeNew = mayBeNew };
        return SqlKeyVault.OpenSqlite(options.Database, options.LoadKey(), mayBeNew);
    }

    private static string SqlitePath(string store, string named) => named.StartsWith("sqlite:", StringComparison.Ordinal)
        ? named["sqlite:".Length..]
        : throw new NotSupportedException($"{store}:ConnectionString must be sqlite:path/to/file.db or postgres:Host=...;Database=...;Username=...;Password=... in this build.");

    /// <summary>The event log and the access log have the same tables: in one place they would be one log.</summary>
    private static void RefuseSharedDatabases(IConfiguration configuration)
    {
        var shared = Names
            .Where(store => configuration[$"{store}:ConnectionString"] is { Length: > 0 })
            .GroupBy(store => PlaceOf(configuration[$"{store}:ConnectionString"]!), StringComparer.Ordinal)
            .FirstOrDefault(place => place.Count() > 1);
        if (shared is not null)
        {
            throw new InvalidDataException($"{string.Join(" and ", shared)} are to use one database, {shared.Key}. Give each a database of its own.");
        }
    }

    /// <summary>Without who connects: two roles in one place are one place.</summary>
    private static string PlaceOf(string named) => PostgresDatabase.IsNamedBy(named) ? PostgresDatabase.PlaceOf(named)
        : named.StartsWith("sqlite:", StringComparison.Ordinal) ? Path.GetFullPath(named["sqlite:".Length..])
        : named[(named.LastIndexOf('@') + 1)..];

    public ValueTask DisposeAsync() => new(CloseAsync([State, Vault, Accesses, Log]));

    private static async Task CloseAsync(IEnumerable<object> stores)
    {
        foreach (var store in stores)
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
