using System.Data.Common;
using Barnahus.Platform.State;
using Microsoft.Data.Sqlite;

namespace Barnahus.Platform.Privacy;

/// <summary>A vault in one SQLite file, which several processes of one machine may share.</summary>
internal sealed class SqliteVaultTables : VaultTables
{
    // secure_delete: the bytes of a destroyed key are overwritten, not only marked as free.
    private const string Mode = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;";
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS keys (subject TEXT NOT NULL, regime TEXT NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (subject, regime)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS tombstones (
            number INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, regime TEXT NOT NULL, destroyed_at TEXT NOT NULL, UNIQUE (subject, regime));
        CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;
        """;

    private readonly SqliteConnection _connection;

    private SqliteVaultTables(SqliteConnection connection)
        : base(connection) => _connection = connection;

    /// <param name="path">The file.</param>
    /// <param name="patience">How long to wait for another process.</param>
    /// <param name="make">Make it when it is not there; else one that is away, with the disk it is on, is an error.</param>
    public static SqliteVaultTables Open(string path, TimeSpan patience, bool make)
    {
        // A wrapped key and whose it is are nobody's but the owner's, whatever the mode of the folder; side files take this file's mode.
        if (make)
        {
            SqliteFile.CreatePrivate(path);
        }
        else
        {
            SqliteFile.ClosePrivate(path);
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)patience.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();
            SqliteFile.Execute(connection, Mode);
            if (make)
            {
                SqliteFile.Execute(connection, Schema);
            }

            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Empties the write-ahead log, in which pages from before a destruction may still stand.</summary>
    public override void Flush() => SqliteFile.Execute(_connection, "PRAGMA wal_checkpoint(TRUNCATE);");

    protected override DbTransaction Begin() => _connection.BeginTransaction();
}
