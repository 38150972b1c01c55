using Barnahus.Platform.EventLog.Sql.Sqlite;

namespace Barnahus.Platform.EventLog;

/// <summary>Chooses the engine of a log by configuration alone.</summary>
public static class EventLogs
{
    private const string Sqlite = "sqlite:";

    /// <summary>Opens a log, creating it where it does not exist. Dispose of it at the end: it is <see cref="IAsyncDisposable"/>.</summary>
    /// <param name="connectionString"><c>sqlite:path/to/file.db</c>.</param>
    /// <exception cref="NotSupportedException">No engine of this build answers to the connection string.</exception>
    /// <exception cref="LogInUseException">Another process has the log open.</exception>
    public static IEventLog Open(string connectionString)
    {
        if (connectionString.StartsWith(Sqlite, StringComparison.OrdinalIgnoreCase) && connectionString.Length > Sqlite.Length)
        {
            return SqliteEventLog.Open(connectionString[Sqlite.Length..]);
        }

        // The connection string may hold a password: only its scheme is repeated.
        var colon = connectionString.IndexOf(':', StringComparison.Ordinal);
        throw new NotSupportedException(
            $"The event log engine \"{(colon > 0 ? connectionString[..colon] : "")}\" is not built in. Give EventLog:ConnectionString as sqlite:path/to/file.db.");
    }
}

/// <summary>The log's file is open in another process, or a second time in this one.</summary>
public sealed class LogInUseException(string path, Exception cause)
    : IOException($"The event log {path} is in use. Stop the process that has it open, or give this one a data folder of its own.", cause);
