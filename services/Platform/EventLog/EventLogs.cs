using System.Collections.Concurrent;
using Barnahus.Platform.EventLog.Sql.Postgres;
using Barnahus.Platform.EventLog.Sql.Sqlite;
using Barnahus.Platform.State;

namespace Barnahus.Platform.EventLog;

/// <summary>Chooses the engine of a log by configuration alone.</summary>
public static class EventLogs
{
    private const string Sqlite = "sqlite:";
    private static readonly ConcurrentDictionary<string, Func<string, IEventLog>> Added = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>An engine of an assembly that the platform does not know: a host adds it before it opens a log.</summary>
    /// <param name="scheme">What stands before the first colon of its connection strings.</param>
    /// <param name="open">Opens the log of a connection string.</param>
    public static void Add(string scheme, Func<string, IEventLog> open) => Added[scheme] = open;

    /// <summary>Opens a log, creating it where it does not exist. Dispose of it at the end: it is <see cref="IAsyncDisposable"/>.</summary>
    /// <param name="connectionString"><c>sqlite:path/to/file.db</c> or <c>postgres:Host=...;Database=...;Username=...;Password=...</c>.</param>
    /// <param name="owner">PostgreSQL: the same for the role that owns the tables and makes them; not needed when they are there.</param>
    /// <exception cref="NotSupportedException">No engine of this build answers to the connection string.</exception>
    /// <exception cref="LogInUseException">Another process has the log open.</exception>
    /// <exception cref="LogUnreachableException">The server does not answer.</exception>
    /// <exception cref="InvalidDataException">What is there is no event log, or of another version.</exception>
    public static IEventLog Open(string connectionString, string? owner = null)
    {
        if (PostgresDatabase.IsNamedBy(connectionString))
        {
            return PostgresEventLog.Open(connectionString, owner);
        }

        if (connectionString.StartsWith(Sqlite, StringComparison.OrdinalIgnoreCase) && connectionString.Length > Sqlite.Length)
        {
            return SqliteEventLog.Open(connectionString[Sqlite.Length..]);
        }

        // The connection string may hold a password: only its scheme is repeated.
        var colon = connectionString.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon > 0 ? connectionString[..colon] : "";
        return Added.TryGetValue(scheme, out var open) ? open(connectionString) : throw new NotSupportedException(
            $"The event log engine \"{scheme}\" is not built in. Give EventLog:ConnectionString as sqlite:path/to/file.db, "
            + "postgres:Host=...;Database=...;Username=...;Password=... or, where Barnahus was built with the full registry, esdb://host:2113.");
    }
}

/// <summary>The log's file is open in another process, or a second time in this one.</summary>
public sealed class LogInUseException(string path, Exception cause)
    : IOException($"The event log {path} is in use. Stop the process that has it open, or give this one a data folder of its own.", cause);
