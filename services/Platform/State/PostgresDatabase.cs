using Npgsql;

namespace Barnahus.Platform.State;

/// <summary>
/// Opens the PostgreSQL databases of this system: schema created and versioned by its owner, used by a role that may do no more than it must,
/// every wait bounded. A password never leaves the connection string.
/// </summary>
internal static class PostgresDatabase
{
    /// <summary>How a connection string says that it is for PostgreSQL; what follows is Npgsql's.</summary>
    public const string Scheme = "postgres:";

    public static bool IsNamedBy(string connectionString) => connectionString.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>A pool of connections of the runtime role, after its schema was made (by the owner, if given) and looked at.</summary>
    /// <param name="connectionString"><c>postgres:Host=...;Database=...;Username=...;Password=...</c> of the role at work.</param>
    /// <param name="owner">The same for the role that owns the tables; null when somebody else made them.</param>
    /// <param name="schema">What it holds.</param>
    /// <param name="whenNone">Thrown where it holds nothing yet; null: the owner makes it.</param>
    /// <exception cref="ArgumentException">A connection string cannot be read.</exception>
    /// <exception cref="InvalidDataException">The database holds something else, nothing, another version, or grants too much.</exception>
    public static NpgsqlDataSource Open(string connectionString, string? owner, PostgresSchema schema, Exception? whenNone = null)
    {
        var settings = Read(connectionString);
        if (owner is not null)
        {
            using var owning = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Read(owner).ToString()) { Pooling = false });
            schema.Create(owning, settings.Username!, whenNone);
        }

        var database = NpgsqlDataSource.Create(settings);
        try
        {
            schema.Check(database, settings, whenNone);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Where a connection string leads: two stores must not be led to one database.</summary>
    public static string PlaceOf(string connectionString)
    {
        var settings = Read(connectionString);
        return $"{settings.Host}:{settings.Port}/{settings.Database}";
    }

    /// <summary>What the connection string says, and where it is silent, what suits us.</summary>
    private static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        NpgsqlConnectionStringBuilder given;
        try
        {
            given = new(IsNamedBy(connectionString) ? connectionString[Scheme.Length..] : connectionString);
        }
#pragma warning disable MA0054 // Without the cause: it may repeat a part of the string.
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new ArgumentException(
                "A connection string for PostgreSQL cannot be read. Write it as postgres:Host=...;Port=...;Database=...;Username=...;Password=...",
                nameof(connectionString));
        }
#pragma warning restore MA0054

        if (given is not { Host.Length: > 0, Database.Length: > 0, Username.Length: > 0 })
        {
            throw new ArgumentException("A connection string for PostgreSQL names no Host, Database or Username.", nameof(connectionString));
        }

        // Written into one of our own, so that a setting that stands twice under two names is one.
        var settings = new NpgsqlConnectionStringBuilder
        {
            ApplicationName = "barnahus",
            Timeout = 5,
            CommandTimeout = 10,
            MaxPoolSize = 10,
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
            ConnectionIdleLifetime = 60,
        };
        foreach (var (name, value) in given)
        {
            settings[name] = value;
        }

        // Npgsql would look after an idle connection by itself, and close one that broke behind the back of whoever holds it; its next use then fails
        // like a mistake of ours instead of a server out of reach. Every wait is bounded anyway.
        settings.KeepAlive = 0;

        // Details of an error hold values of rows.
        settings.IncludeErrorDetail = false;
        settings.PersistSecurityInfo = false;
        return settings;
    }
}
