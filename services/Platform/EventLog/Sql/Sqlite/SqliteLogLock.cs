using Barnahus.Platform.State;

namespace Barnahus.Platform.EventLog.Sql.Sqlite;

/// <summary>
/// A lock file beside the log, held as long as it is open: group commit and in-process waking are right only for one process. The
/// operating system lets go of it when the process ends, however it ends.
/// </summary>
internal sealed class SqliteLogLock : IDisposable
{
    private readonly FileStream file;

    private SqliteLogLock(FileStream file) => this.file = file;

    public static SqliteLogLock Take(string path)
    {
        var lockPath = path + ".lock";
        SqliteFile.CreatePrivate(lockPath);
        try
        {
            return new(new FileStream(lockPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken)
        {
            throw new LogInUseException(path, taken);
        }
    }

    public void Dispose() => file.Dispose();
}
