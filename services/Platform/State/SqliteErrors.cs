using Microsoft.Data.Sqlite;

namespace Barnahus.Platform.State;

/// <summary>What a failure of SQLite means to us: most say that the file or its disk is not to be had now, and only some that the program is wrong.</summary>
internal static class SqliteErrors
{
    // https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int NoMemory = 7;
    private const int ReadOnly = 8;
    private const int DiskFailed = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;

    /// <summary>The disk is full, broken or mounted for reading only, or somebody else holds the file.</summary>
    public static bool IsOutOfReach(SqliteException failure) =>
        failure.SqliteErrorCode is Busy or Locked or NoMemory or ReadOnly or DiskFailed or Full or CannotOpen;
}
