using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql.Sqlite;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>kill -9 while writing: what was acknowledged is there, at its place, and the log goes on.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("barnahus-").FullName;

    private static int Rounds => Environment.GetEnvironmentVariable("BARNAHUS_ALL") == "1" ? 50 : 3;

    private string LogPath => Path.Combine(folder, "log.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_acknowledged_event_is_there_after_the_writer_was_killed()
    {
        var acknowledged = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var lines = await WritingChild.WriteAndKillAsync($"sqlite:{LogPath}", afterLines: Random.Shared.Next(50, 1000));
            lines.Count.ShouldBeGreaterThanOrEqualTo(50);
            acknowledged.AddRange(lines);

            await using var log = SqliteEventLog.Open(LogPath);
            var all = await log.ReadAllAsync(LogPosition.Start, int.MaxValue, CancellationToken.None);
            all.Select((e, i) => e.Position.Value == i + 1).ShouldAllBe(dense => dense);
            var there = all.Select(WritingChild.LineOf).ToHashSet();
            acknowledged.Where(line => !there.Contains(line)).ShouldBeEmpty();

            // Not acknowledged, yet applied: at most what eight writers had under way in each round.
            (all.Count - acknowledged.Count).ShouldBeInRange(0, WritingChild.Writers * (round + 1));
        }
    }
}
