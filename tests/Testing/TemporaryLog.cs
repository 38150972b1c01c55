using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql.Sqlite;

namespace Barnahus.Testing;

/// <summary>An embedded log in a temporary folder that goes when the test is done.</summary>
public sealed class TemporaryLog : IAsyncDisposable
{
    private SqliteEventLog log;

    public TemporaryLog() => log = SqliteEventLog.Open(Path);

    /// <summary>The folder of the log; a test may keep other files there.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("barnahus-").FullName;

    /// <summary>The log's file.</summary>
    public string Path => System.IO.Path.Combine(Folder, "log.db");

    /// <summary>The log; another object after <see cref="RestartAsync"/>.</summary>
    public IEventLog Log => log;

    /// <summary>Closes the log and opens it again, as a restart of the process would.</summary>
    public async Task<IEventLog> RestartAsync()
    {
        await log.DisposeAsync();
        return log = SqliteEventLog.Open(Path);
    }

    public async ValueTask DisposeAsync()
    {
        await log.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
