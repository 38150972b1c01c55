using System.Collections;
using System.Reflection;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Barnahus.Platform.Tests.State;

/// <summary>
/// What is said to be durable is: asked of the very connections that write, since a setting holds for its connection and a file does not show it.
/// </summary>
public sealed class DurabilityTests
{
    private const long Normal = 1;
    private const long Full = 2;

    [Fact]
    public async Task Log_access_log_and_vault_are_synced_at_every_commit_and_state_may_lag()
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
        try
        {
            await using var stores = Stores.Open(new ConfigurationBuilder().AddCommandLine([$"--Data={Path.Combine(folder, "data")}"]).Build());

            // The vault's writer opens its connection with the first key.
            await stores.Vault.GetOrCreateAsync(new KeyName(SubjectId.Child(Guid.CreateVersion7()), Regime.Police), default);
            Writers(stores.Log).ShouldBe([(Full, "wal")]);
            Writers(stores.Accesses).ShouldBe([(Full, "wal")]);
            Writers(stores.Vault).ShouldBe([(Full, "wal"), (Full, "wal")], "the one that makes keys, and the one that reads them");
            Writers(stores.State).ShouldBe([(Normal, "wal")]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Every connection a store holds, however deep, that is not opened for reading only.</summary>
    private static List<(long Synchronous, string JournalMode)> Writers(object store)
    {
        var connections = new HashSet<SqliteConnection>();
        Find(store, [], connections);
        return [.. connections
            .Where(connection => new SqliteConnectionStringBuilder(connection.ConnectionString).Mode != SqliteOpenMode.ReadOnly)
            .Select(connection => ((long)Ask(connection, "PRAGMA synchronous"), (string)Ask(connection, "PRAGMA journal_mode")))];
    }

    private static object Ask(SqliteConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragma;
        return command.ExecuteScalar()!;
    }

    private static void Find(object? value, HashSet<object> seen, HashSet<SqliteConnection> found)
    {
        switch (value)
        {
            case null or string:
                return;
            case SqliteConnection connection:
                found.Add(connection);
                return;
            case IEnumerable many:
                foreach (var one in many)
                {
                    Find(one, seen, found);
                }

                return;
        }

        if (value.GetType().Assembly != typeof(Stores).Assembly || !seen.Add(value))
        {
            return;
        }

        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                Find(field.GetValue(value), seen, found);
            }
        }
    }
}
