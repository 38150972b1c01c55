using System.Data;
using System.Data.Common;
using Barnahus.Platform.State;
using Npgsql;

namespace Barnahus.Platform.Privacy;

/// <summary>A vault in a PostgreSQL database. The role at work adds, reads and destroys keys; a tombstone and a secret it can never change.</summary>
internal sealed class PostgresVaultTables(NpgsqlConnection connection) : VaultTables(connection)
{
    // A destroyed key is a dead row until it is vacuumed: so that comes soon.
    public static readonly PostgresSchema Schema = new("key-vault", "a key vault", ["""
        CREATE TABLE keys (subject text COLLATE "C" NOT NULL, regime text COLLATE "C" NOT NULL, wrapped bytea NOT NULL, PRIMARY KEY (subject, regime))
          WITH (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0);
        CREATE TABLE tombstones (
          number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          subject text COLLATE "C" NOT NULL, regime text COLLATE "C" NOT NULL, destroyed_at text NOT NULL, UNIQUE (subject, regime));
        CREATE TABLE secrets (name text COLLATE "C" PRIMARY KEY, wrapped bytea NOT NULL);
        """],
        [("keys", "SELECT, INSERT, DELETE"), ("tombstones", "SELECT, INSERT"), ("secrets", "SELECT, INSERT")]);

    /// <summary>Nothing to do here: dead rows go with the next vacuum, the server's write-ahead log and its backups with their retention.</summary>
    public override void Flush()
    {
    }

    // One at a time, like SQLite's: then the same code is right on both, and numbers of tombstones commit in their order.
    protected override DbTransaction Begin()
    {
        var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        try
        {
            using var alone = new NpgsqlCommand(
                """
                SET LOCAL lock_timeout = '5s';
                SET LOCAL idle_in_transaction_session_timeout = '10s';
                SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
                SELECT pg_advisory_xact_lock(hashtext('barnahus key vault'))
                """,
                connection,
                transaction);
            alone.ExecuteNonQuery();
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }
}
