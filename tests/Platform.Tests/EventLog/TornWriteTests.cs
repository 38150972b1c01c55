using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql.Sqlite;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>
/// A power cut while the last transaction is written: the write-ahead file ends, or turns to noise, at some byte of it. What was
/// acknowledged before is there, of the last append there is all or nothing, and the log takes new events.
/// </summary>
public sealed class TornWriteTests
{
    private const int Earlier = 20;
    private const int Last = 5;

    private static readonly bool All = Environment.GetEnvironmentVariable("BARNAHUS_ALL") == "1";

    [Theory]
    [InlineData(Tear.Cut)]
    [InlineData(Tear.Zeroes)]
    [InlineData(Tear.Noise)]
    public async Task A_torn_last_write_loses_nothing_that_was_acknowledged_and_keeps_the_last_whole_or_not_at_all(Tear tear)
    {
        var (database, wal, from) = await WriteAsync();
        (wal.Length - from).ShouldBeGreaterThan(4096);
        var outcomes = new HashSet<int>();
        using var folder = new Folder();
        foreach (var at in Places(from, wal.Length, tear))
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.Path, "log.db"), database);
            await File.WriteAllBytesAsync(Path.Combine(folder.Path, "log.db-wal"), Torn(wal, at, tear));
            outcomes.Add(await CheckAsync(folder));
            folder.Clear();
        }

        // Both must have been seen, or the test looked at the wrong bytes.
        outcomes.ShouldBe([Earlier, Earlier + Last], ignoreOrder: true);
    }

    private static async Task<(byte[] Database, byte[] Wal, int From)> WriteAsync()
    {
        await using var log = new TemporaryLog();
        for (var i = 0; i < Earlier; i++)
        {
            await AppendAsync(log.Log, $"test.earlier-{i}", 1);
        }

        var from = (int)new FileInfo(log.Path + "-wal").Length;
        await AppendAsync(log.Log, "test.last", Last);
        return (Read(log.Path), Read(log.Path + "-wal"), from);
    }

    private static async Task<int> CheckAsync(Folder folder)
    {
        await using var log = SqliteEventLog.Open(Path.Combine(folder.Path, "log.db"));
        var all = await log.ReadAllAsync(LogPosition.Start, 1000, CancellationToken.None);
        all.Take(Earlier).Select(e => e.Stream).ShouldBe(Enumerable.Range(0, Earlier).Select(i => $"test.earlier-{i}"));
        all.Select((e, i) => e.Position.Value == i + 1).ShouldAllBe(dense => dense);
        all.Count.ShouldBeOneOf(Earlier, Earlier + Last);
        all.Skip(Earlier).ShouldAllBe(e => e.Stream == "test.last" && e.Data.Length == 700);
        (await log.ReadStreamAsync("test.last", 0, 100, ReadDirection.Forwards, CancellationToken.None)).Count.ShouldBe(all.Count - Earlier);
        await AppendAsync(log, "test.after", 2);
        (await log.HeadAsync(CancellationToken.None)).ShouldBe(new LogPosition(all.Count + 2));
        return all.Count;
    }

    private static IEnumerable<int> Places(int from, int to, Tear tear) =>
        All ? Enumerable.Range(from, to - from + 1).Where(at => tear == Tear.Cut || at % 16 == 0 || at == to)
            : Enumerable.Range(0, 60).Select(_ => Random.Shared.Next(from, to)).Concat([from, from + 1, from + 23, from + 24, to - 1, to]);

    private static byte[] Torn(byte[] wal, int at, Tear tear)
    {
        if (tear == Tear.Cut)
        {
            return wal[..at];
        }

        var torn = (byte[])wal.Clone();
        if (tear == Tear.Noise)
        {
            Random.Shared.NextBytes(torn.AsSpan(at));
        }
        else
        {
            torn.AsSpan(at).Clear();
        }

        return torn;
    }

    private static Task<Appended> AppendAsync(IEventLog log, string stream, int count) => log.AppendAsync(
        stream,
        StreamRevision.None,
        [.. Enumerable.Range(0, count).Select(_ => new EventToAppend(Guid.NewGuid(), "test.happened.v1", NoZeroes(700), NoZeroes(100)))],
        CancellationToken.None);

    // A tear into zeroes must change something.
    private static byte[] NoZeroes(int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)Random.Shared.Next(1, 256))];

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>What stands in place of the rest.</summary>
    public enum Tear
    {
        Cut,
        Zeroes,
        Noise,
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("barnahus-").FullName;

        public void Clear()
        {
            foreach (var file in Directory.GetFiles(Path))
            {
                File.Delete(file);
            }
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
