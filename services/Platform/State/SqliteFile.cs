using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Barnahus.Platform.State;

/// <summary>Opens the SQLite files of this system: created for their owner only, in write-ahead mode, with a schema that knows its version.</summary>
internal static class SqliteFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    static SqliteFile() => Batteries_V2.Init();

    /// <summary>The connection that writes. Creates folder, file and schema where they are missing.</summary>
    /// <exception cref="InvalidDataException">The file is something else, or of a later version of the program.</exception>
    public static SqliteConnection OpenWriter(string path, SqliteSchema schema)
    {
        CreatePrivate(path);
        var connection = Open(path, SqliteOpenMode.ReadWrite);
        try
        {
            if (Scalar(connection, "PRAGMA journal_mode = WAL") is not "wal")
            {
                throw new InvalidDataException($"{path} does not take write-ahead mode. Put the data folder on a local disk.");
            }

            Execute(connection, $"PRAGMA synchronous = {schema.Synchronous}");
            Create(connection, path, schema);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that can only read, beside an open writer: it never checkpoints, so the writer is alone in that too.</summary>
    public static SqliteConnection OpenReader(string path) => Open(path, SqliteOpenMode.ReadOnly);

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A statement kept prepared on its connection, with its parameters in order.</summary>
    public static SqliteCommand Prepare(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, SqliteType Type)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, type) in parameters)
        {
            command.Parameters.Add(name, type);
        }

        command.Prepare();
        return command;
    }

    /// <summary>Creates an empty file (and its folder) that only its owner may read; SQLite gives its side files the same mode.</summary>
    public static void CreatePrivate(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            new FileStream(path, options).Dispose();
        }
        else
        {
            ClosePrivate(path);
        }
    }

    /// <summary>A file that an earlier version or a restore left open to others is closed to them again.</summary>
    public static void ClosePrivate(string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        // Statements are kept prepared per connection, so connections are pooled here and not by the driver.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Create(SqliteConnection connection, string path, SqliteSchema schema)
    {
        using var transaction = connection.BeginTransaction();
        var version = (long)Scalar(connection, "PRAGMA user_version")!;
        var kind = (long)Scalar(connection, "PRAGMA application_id")!;
        var tables = (long)Scalar(connection, "SELECT count(*) FROM sqlite_master")!;
        if (version == 0 && tables == 0)
        {
            Execute(connection, schema.Sql);
            Execute(connection, $"PRAGMA application_id = {schema.ApplicationId}; PRAGMA user_version = {schema.Version}");
            transaction.Commit();
        }
        else if (kind != schema.ApplicationId)
        {
            throw new InvalidDataException($"{path} is not {schema.What}. Check the configured path.");
        }
        else if (version != schema.Version)
        {
            throw new InvalidDataException(
                $"{path} has schema version {version}; this version of the program knows {schema.Version}. Run the version that wrote it, or a later one.");
        }
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}

/// <summary>What a SQLite file of this system holds.</summary>
/// <param name="What">For people: "an event log".</param>
/// <param name="ApplicationId">Mark in the file's header that tells our kinds of files apart.</param>
/// <param name="Version">Version of the tables.</param>
/// <param name="Synchronous"><c>FULL</c>: durable at commit; <c>NORMAL</c>: consistent, but a power cut may take the last commits.</param>
/// <param name="Sql">Statements that create the tables.</param>
internal sealed record SqliteSchema(string What, int ApplicationId, int Version, string Synchronous, string Sql);
