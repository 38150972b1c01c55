using System.Globalization;
using Barnahus.Platform.EventLog.Sql.Postgres;
using Barnahus.Platform.State;
using Barnahus.Testing.Postgres;

namespace Barnahus.Benchmarks.Log;

/// <summary>P1: the PostgreSQL engine beside pgbench, on one private server in the same run.</summary>
internal static class PostgresBenchmark
{
    private const int Rounds = 5;

    /// <param name="writers">How many append at once.</param>
    /// <param name="perWriter">Appends of each.</param>
    /// <param name="eventBytes">Data and metadata of each event.</param>
    /// <param name="run">Appends so: the same load as for the embedded log.</param>
    public static async Task<Outcome> RunAsync(int writers, int perWriter, int eventBytes, Func<Append, int, Task<double>> run)
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await using var yardstick = await cluster.CreateDatabaseAsync();
        await using var ours = await cluster.CreateDatabaseAsync();
        await PostgresTestDatabase.ExecuteAsync(yardstick.Administrator, "CREATE TABLE bench (id bigint PRIMARY KEY, data text NOT NULL)");
        var script = Path.Combine(cluster.Folder, "insert.sql");
        await File.WriteAllTextAsync(script, $"\\set id random(1, 9000000000000000000)\nINSERT INTO bench VALUES (:id, '{new string('x', eventBytes)}');\n");
        Task<double> PgbenchAsync(int clients) => PgbenchRowsAsync(cluster, yardstick.Name, script, clients, writers * perWriter / clients);

        await using var log = PostgresEventLog.Open(ours.ConnectionString, ours.OwnerConnectionString);
        await using var other = PostgresEventLog.Open(ours.ConnectionString, owner: null);
        var appended = await Figure.MeasureAsync(
            "P1", $"append, {writers} writers, {eventBytes} bytes; pgbench: insert, unique index", "events/s", 1.0, Rounds,
            () => run(log.AppendAsync, writers), () => PgbenchAsync(writers));
        var two = await Figure.MeasureAsync(
            "P1b", $"the same from 2 processes, {writers / 2} writers each", "events/s", null, Rounds,
            async () => (await Task.WhenAll(run(log.AppendAsync, writers / 2), run(other.AppendAsync, writers / 2))).Sum(), () => PgbenchAsync(writers));
        var alone = await Figure.MeasureAsync(
            "P1c", "append, 1 writer; pgbench: 1 client", "events/s", null, Rounds, () => run(log.AppendAsync, 1), () => PgbenchAsync(1));

        await using var database = PostgresDatabase.Open(ours.ConnectionString, null, PostgresEventTable.Schema);
        var profile = await AppendProfile.TakeAsync(
            new PostgresAppendTransaction(database),
            append => run(append, writers),
            writers * perWriter,
            "PostgreSQL: begin, lock, head, revisions, when the guess was wrong",
            "PostgreSQL: begin, lock, insert, commit (a round trip)");
        return new([appended, two, alone], profile);
    }

    private static async Task<double> PgbenchRowsAsync(PostgresCluster cluster, string database, string script, int clients, int each)
    {
        var said = await cluster.Node.RunAsync(
            "pgbench", "-n", "-M", "prepared", "-c", $"{clients}", "-j", $"{Math.Min(clients, 2)}", "-t", $"{Math.Min(each, 2000)}", "-f", script, database);
        var tps = said.Split('\n').Single(line => line.StartsWith("tps = ", StringComparison.Ordinal));
        return double.Parse(tps.Split(' ')[2], CultureInfo.InvariantCulture);
    }
}
