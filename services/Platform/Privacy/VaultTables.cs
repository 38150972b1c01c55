using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Barnahus.Platform.Privacy;

/// <summary>
/// The tables of a vault over one connection: wrapped keys, tombstones, and the installation's own secrets. Not thread-safe: its owner takes turns.
/// A key and its tombstone never stand together.
/// </summary>
internal abstract class VaultTables(DbConnection connection) : IDisposable
{
    private DbTransaction? _transaction;

    public static string NameOf(KeyName name) => $"{name.Subject}/{FieldSeal.NameOf(name.Regime)}";

    /// <summary>Runs as one durable transaction, alone in writing.</summary>
    public void InTransaction(Action work)
    {
        using var transaction = Begin();
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

    /// <summary>What stands under a name: when it was destroyed, or the wrapped key, or neither.</summary>
    public (DateTimeOffset? DestroyedAt, byte[]? Wrapped) Find(KeyName name)
    {
        using var command = Command(
            """
            SELECT (SELECT destroyed_at FROM tombstones WHERE subject = @subject AND regime = @regime),
                   (SELECT wrapped FROM keys WHERE subject = @subject AND regime = @regime)
            """,
            name);
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.IsDBNull(0) ? null : ParseTime(reader.GetString(0)), reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1));
    }

    public void Insert(KeyName name, byte[] wrapped)
    {
        using var command = Command("INSERT INTO keys (subject, regime, wrapped) VALUES (@subject, @regime, @wrapped)", name, ("@wrapped", wrapped));
        command.ExecuteNonQuery();
    }

    public void Destroy(KeyName name, DateTimeOffset at)
    {
        using var delete = Command("DELETE FROM keys WHERE subject = @subject AND regime = @regime", name);
        delete.ExecuteNonQuery();
        using var insert = Command(
            "INSERT INTO tombstones (subject, regime, destroyed_at) VALUES (@subject, @regime, @at) ON CONFLICT DO NOTHING",
            name,
            ("@at", at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)));
        insert.ExecuteNonQuery();
    }

    /// <summary>Removes what of a destroyed key may still stand beside the tables, as far as the engine can.</summary>
    public abstract void Flush();

    /// <summary>Keys destroyed after a tombstone's number, by whatever process, in order.</summary>
    public List<(long Number, KeyName Name, DateTimeOffset At)> DestroyedSince(long number)
    {
        using var command = Command("SELECT number, subject, regime, destroyed_at FROM tombstones WHERE number > @number ORDER BY number", ("@number", number));
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

    /// <summary>A secret of the installation itself; null when it is not there.</summary>
    /// <exception cref="CryptographicException">It was wrapped under another key-encryption key.</exception>
    public byte[]? FindSecret(string name, IKeyEncryption encryption)
    {
        using var select = Command("SELECT wrapped FROM secrets WHERE name = @name", ("@name", name));
        return select.ExecuteScalar() is byte[] wrapped ? encryption.Unwrap(wrapped, Encoding.UTF8.GetBytes(name)) : null;
    }

    /// <summary>Makes a secret of the installation.</summary>
    public byte[] MakeSecret(string name, IKeyEncryption encryption)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        using var insert = Command(
            "INSERT INTO secrets (name, wrapped) VALUES (@name, @wrapped)", ("@name", name), ("@wrapped", encryption.Wrap(secret, Encoding.UTF8.GetBytes(name))));
        insert.ExecuteNonQuery();
        return secret;
    }

    public void Dispose() => connection.Dispose();

    /// <summary>Begins a transaction that no other process writes beside.</summary>
    protected abstract DbTransaction Begin();

    private static DateTimeOffset ParseTime(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private DbCommand Command(string sql, KeyName name, params ReadOnlySpan<(string Name, object Value)> more) =>
        Command(sql, [("@subject", name.Subject.ToString()), ("@regime", FieldSeal.NameOf(name.Regime)), .. more]);

    private DbCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
