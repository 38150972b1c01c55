using System.Diagnostics;

namespace Barnahus.Benchmarks.House;

/// <summary>A program of this build in a process of its own, until it is disposed of.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;

    private ChildProcess(Process process, string readyLine, TimeSpan took) => (this.process, ReadyLine, Took) = (process, readyLine, took);

    /// <summary>What it printed when it was ready.</summary>
    public string ReadyLine { get; }

    /// <summary>From before the process was made until it said that it is ready.</summary>
    public TimeSpan Took { get; }

    public int Id => process.Id;

    /// <param name="assembly">File beside this program.</param>
    /// <param name="ready">How the line starts that says so.</param>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public static async Task<ChildProcess> StartAsync(string assembly, string ready, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var began = Stopwatch.GetTimestamp();
        var child = Process.Start(start)!;
        var said = new List<string>();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(ready, StringComparison.Ordinal))
            {
                var took = Stopwatch.GetElapsedTime(began);
                // Read on, or it would stand still once the pipe is full.
                _ = child.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new(child, line, took);
            }

            said.Add(line);
        }

        throw new InvalidOperationException($"{assembly} ended before it was ready: {string.Join('\n', said)}");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
