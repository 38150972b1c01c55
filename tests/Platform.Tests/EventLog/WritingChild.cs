using System.Diagnostics;
using System.Globalization;
using System.Text;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>A process that appends with eight writers and says each acknowledged event on its output, until it is killed.</summary>
internal static class WritingChild
{
    /// <summary>How many appends a child may have under way when it is killed.</summary>
    public const int Writers = 8;

    /// <summary>Starts the process, kills it (kill -9) when it has said so many lines, and gives all that it said.</summary>
    /// <param name="log">Connection string of the log.</param>
    public static async Task<List<string>> WriteAndKillAsync(string log, int afterLines)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WritingChild).Assembly.Location, "write"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var child = Process.Start(start)!;
        await child.StandardInput.WriteLineAsync(log);
        await child.StandardInput.FlushAsync();
        var lines = new List<string>();
        var complete = true;
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (lines.Count == afterLines)
            {
                child.Kill();
                complete = false;
            }
        }

        await child.WaitForExitAsync();
        complete.ShouldBeFalse("the child ended by itself");

        // The kill may have cut the last line in two.
        if (lines[^1].Split(' ') is not [_, _, _, { Length: > 0 }])
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }

    /// <summary>The line that a child says of an event, as it must stand in the log.</summary>
    public static string LineOf(LoggedEvent e) => string.Create(CultureInfo.InvariantCulture, $"{e.Id:D} {e.Stream} {e.Revision} {e.Position}");

    /// <summary>What the child does. The log is named on its input: arguments are seen by all of the machine.</summary>
    public static async Task<int> RunAsync()
    {
        var log = EventLogs.Open((await Console.In.ReadLineAsync())!);
        await using var output = Console.OpenStandardOutput();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
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
