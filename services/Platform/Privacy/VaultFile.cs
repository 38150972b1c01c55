using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Barnahus.Platform.State;
using Microsoft.Data.Sqlite;

namespace Barnahus.Platform.Privacy;

/// <summary>
/// The tables of the vault in one SQLite file: wrapped keys, tombstones, and the installation's own secrets. Not thread-safe: its owner takes turns.
/// A key and its tombstone never stand together.
/// </summary>
internal sealed class VaultFile : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS keys (subject TEXT NOT NULL, regime TEXT NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (subject, regime)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS tombstones (
            number INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, regime TEXT NOT NULL, destroyed_at TEXT NOT NULL, UNIQUE (subject, regime));
        CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;
        """;

    private readonly SqliteConnection _connection;
    private SqliteTransaction? _transaction;

    public VaultFile(string path, TimeSpan patience)
    {
        // A wrapped key and whose it is are nobody's but the owner's, whatever the mode of the folder; side files take this file's mode.
        SqliteFile.CreatePrivate(path);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)patience.TotalSeconds),
        }.ToString());
        try
        {
            _connection.Open();
            // secure_delete: the bytes of a destroyed key are overwritten, not only marked as free.
            Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;");
            Run(Schema);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public static string NameOf(KeyName name) => $"{name.Subject}/{FieldSeal.NameOf(name.Regime)}";

    /// <summary>Runs as one durable transaction.</summary>
    public void InTransaction(Action work)
    {
        using var transaction = _connection.BeginTransaction();
        _transaction = transaction;
        try
        {
            work();
            transaction.Commit();
        }
        finally
        {
            _transaction = null;
        }
    }

    public byte[]? Wrapped(KeyName name) => Get("SELECT wrapped FROM keys WHERE subject = $subject AND regime = $regime", name) as byte[];

    public DateTimeOffset? DestroyedAt(KeyName name) =>
        Get("SELECT destroyed_at FROM tombstones WHERE subject = $subject AND regime = $regime", name) is string at ? ParseTime(at) : null;

    public void Insert(KeyName name, byte[] wrapped)
    {
        using var command = Command("INSERT INTO keys (subject, regime, wrapped) VALUES ($subject, $regime, $wrapped)", name);
        command.Parameters.AddWithValue("$wrapped", wrapped);
        command.ExecuteNonQuery();
    }

    public void Destroy(KeyName name, DateTimeOffset at)
    {
        using var command = Command(
            """
            DELETE FROM keys WHERE subject = $subject AND regime = $regime;
            INSERT INTO tombstones (subject, regime, destroyed_at) VALUES ($subject, $regime, $at) ON CONFLICT DO NOTHING;
            """,
            name);
        command.Parameters.AddWithValue("$at", at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        command.ExecuteNonQuery();
    }

    /// <summary>Empties the write-ahead log, in which pages from before a destruction may still stand.</summary>
    public void Flush() => Run("PRAGMA wal_checkpoint(TRUNCATE);");

    /// <summary>Keys destroyed after a tombstone's number, by whatever process, in order.</summary>
    public List<(long Number, KeyName Name, DateTimeOffset At)> DestroyedSince(long number)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT number, subject, regime, destroyed_at FROM tombstones WHERE number > $number ORDER BY number";
        command.Parameters.AddWithValue("$number", number);
        using var reader = command.ExecuteReader();
        var found = new List<(long, KeyName, DateTimeOffset)>();
        while (reader.Read())
        {
            found.Add((
                reader.GetInt64(0),
                new KeyName(SubjectId.Parse(reader.GetString(1)), FieldSeal.RegimeOf(reader.GetString(2))),
                ParseTime(reader.GetString(3))));
        }

        return found;
    }

    /// <summary>A secret of the installation itself; made, in a transaction, when it is not there.</summary>
    /// <exception cref="CryptographicException">It was wrapped under another key-encryption key.</exception>
    public byte[] Secret(string name, IKeyEncryption encryption)
    {
        using var select = _connection.CreateCommand();
        select.Transaction = _transaction;
        select.CommandText = "SELECT wrapped FROM secrets WHERE name = $name";
        select.Parameters.AddWithValue("$name", name);
        if (select.ExecuteScalar() is byte[] wrapped)
        {
            return encryption.Unwrap(wrapped, Encoding.UTF8.GetBytes(name));
        }

        var secret = RandomNumberGenerator.GetBytes(32);
        using var insert = _connection.CreateCommand();
        insert.Transaction = _transaction;
        insert.CommandText = "INSERT INTO secrets (name, wrapped) VALUES ($name, $wrapped)";
        insert.Parameters.AddWithValue("$name", name);
        insert.Parameters.AddWithValue("$wrapped", encryption.Wrap(secret, Encoding.UTF8.GetBytes(name)));
        insert.ExecuteNonQuery();
        return secret;
    }

    public void Dispose() => _connection.Dispose();

    private static DateTimeOffset ParseTime(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private object? Get(string sql, KeyName name)
    {
        using var command = Command(sql, name);
        return command.ExecuteScalar();
    }

    private SqliteCommand Command(string sql, KeyName name)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        command.Parameters.AddWithValue("$subject", name.Subject.ToString());
        command.Parameters.AddWithValue("$regime", FieldSeal.NameOf(name.Regime));
        return command;
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
