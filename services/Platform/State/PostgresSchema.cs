using Npgsql;

namespace Barnahus.Platform.State;

/// <summary>What a PostgreSQL database of this system holds. It says so itself, in a table of one row.</summary>
/// <param name="Kind">Word by which the database knows what it is for.</param>
/// <param name="What">The same for people: "an event log".</param>
/// <param name="Versions">Statements that lead from each version of the tables to the next; the first makes them.</param>
/// <param name="Rights">What the role at work may do with each table, and nothing else: <c>("events", "SELECT, INSERT")</c>.</param>
internal sealed record PostgresSchema(string Kind, string What, IReadOnlyList<string> Versions, IReadOnlyList<(string Table, string May)> Rights)
{
    private const string AllRights = "SELECT, INSERT, UPDATE, DELETE, TRUNCATE";

    /// <summary>Makes or upgrades the tables and gives a role its rights. Of several processes that start together one does it and the others wait.</summary>
    /// <param name="owner">As the role that owns them.</param>
    /// <param name="role">Who is at work.</param>
    /// <param name="whenNone">Thrown where there are none yet, and nothing is made; null: they are made.</param>
    public void Create(NpgsqlDataSource owner, string role, Exception? whenNone)
    {
        using var connection = owner.OpenConnection();
        using var transaction = connection.BeginTransaction();
        Execute(connection, "SELECT pg_advisory_xact_lock(hashtext('barnahus schema'))");
        Execute(connection, "CREATE TABLE IF NOT EXISTS barnahus (kind text NOT NULL, version int NOT NULL)");
        var version = Version(connection);
        if (version is null && whenNone is not null)
        {
            throw whenNone;
        }

        for (var next = version ?? 0; next < Versions.Count; next++)
        {
            Execute(connection, Versions[next]);
        }

        Execute(connection, version is null ? "INSERT INTO barnahus VALUES (@kind, @version)" : "UPDATE barnahus SET version = @version", ("kind", Kind), ("version", Versions.Count));
        foreach (var (table, may) in Rights.Append(("barnahus", "SELECT")))
        {
            Execute(connection, $"REVOKE ALL ON {table} FROM PUBLIC, {Quoted(role)}; GRANT {may} ON {table} TO {Quoted(role)}");
        }

        transaction.Commit();
    }

    /// <summary>The database is of this kind and version, and the role may do what it must and no more.</summary>
    /// <exception cref="InvalidDataException">It is not, or it may.</exception>
    public void Check(NpgsqlDataSource database, NpgsqlConnectionStringBuilder settings, Exception? whenNone)
    {
        using var connection = database.OpenConnection();
        if (Scalar(connection, "SELECT to_regclass('barnahus')::text") is not string || Version(connection) is not { } version)
        {
            throw whenNone ?? new InvalidDataException(
                $"The database {settings.Database} is empty. Give OwnerConnectionString beside ConnectionString once, and {What} is made in it.");
        }

        if (version != Versions.Count)
        {
            throw new InvalidDataException(
                $"The database {settings.Database} has schema version {version}; this version of the program knows {Versions.Count}. "
                + "Start with OwnerConnectionString to upgrade it.");
        }

        foreach (var (table, may) in Rights)
        {
            var tooMuch = AllRights.Split(", ").Except(may.Split(", "))
                .Where(right => Scalar(connection, $"SELECT {Asks(right)}(@table, @right)", ("table", table), ("right", right)) is true).ToList();
            if (tooMuch.Count > 0)
            {
                throw new InvalidDataException(
                    $"The role {settings.Username} may {string.Join(", ", tooMuch)} on {table} of {settings.Database}. It must not own the tables, nor be a superuser: "
                    + "give ConnectionString a role of its own, and the owner's to OwnerConnectionString.");
            }
        }
    }

    // A right to one column is too much already; rows are deleted whole, and their right has no columns.
    private static string Asks(string right) => right is "DELETE" or "TRUNCATE" ? "has_table_privilege" : "has_any_column_privilege";

    /// <summary>Version of the tables; null when there are none yet.</summary>
    private int? Version(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT kind, version FROM barnahus", connection);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        var (kind, version) = (reader.GetString(0), reader.GetInt32(1));
        return kind == Kind && version <= Versions.Count
            ? version
            : throw new InvalidDataException(kind == Kind
                ? $"The database {connection.Database} has schema version {version}; this version of the program knows {Versions.Count}. Run the version that wrote it, or a later one."
                : $"The database {connection.Database} is not {What} but \"{kind}\". Give each store a database of its own.");
    }

    private static string Quoted(string role) => $"\"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void Execute(NpgsqlConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        command.ExecuteNonQuery();
    }

    private static object? Scalar(NpgsqlConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteScalar();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
