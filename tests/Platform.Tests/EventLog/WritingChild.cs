using System.Globalization;
using System.Text;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql.Sqlite;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>A process that appends with eight writers and says each acknowledged event on its output, until it is killed.</summary>
internal static class WritingChild
{
    public static async Task<int> RunAsync(string path)
    {
        await using var log = SqliteEventLog.Open(path);
        await using var output = Console.OpenStandardOutput();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var stream = $"test.writer-{Guid.NewGuid():D}";
            for (var revision = -1L; ; revision++)
            {
                var e = new EventToAppend(Guid.NewGuid(), "test.written.v1", new byte[500], new byte[100]);
                var appended = await log.AppendAsync(stream, revision, [e], CancellationToken.None);
                var line = string.Create(CultureInfo.InvariantCulture, $"{e.Id:D} {stream} {appended.Revision} {appended.Position}\n");
                output.Write(Encoding.ASCII.GetBytes(line));
            }
        })));
        return 0;
    }
}
