using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Barnahus.Nodes;

/// <summary>
/// A process that was started here and may outlive who started it. It is known by its id and the moment of its start, so that an id that the system
/// gave to another process since is never mistaken for it.
/// </summary>
/// <param name="Id">Process id.</param>
/// <param name="StartedAt">Start in ticks since the machine's start, as the kernel has it.</param>
public sealed record Child(int Id, long StartedAt)
{
    private const int SignalInterrupt = 2;
    private const int SignalQuit = 3;
    private const int SignalKill = 9;
    private const int SignalTerminate = 15;

    /// <summary>Still there, and still the same process.</summary>
    public bool IsAlive => TicksOf(Id) == StartedAt;

    /// <summary>Starts a program in a session of its own, away from this terminal.</summary>
    /// <param name="log">File its output is added to, readable to its owner only.</param>
    /// <param name="environment">What it is told besides this process's own environment; secrets go here, never into the arguments. Null takes a variable away.</param>
    /// <param name="user">Name of the user to run as; null: as this process.</param>
    /// <param name="command">Program and arguments.</param>
    public static Child Start(string log, IReadOnlyDictionary<string, string?> environment, string? user, params string[] command)
    {
        // The shell opens the log and becomes the program: the id stays the same.
        string[] shell = ["setsid", "sh", "-c", "umask 077; log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", log];
        string[] run = user is null ? [] : ["setpriv", $"--reuid={user}", $"--regid={user}", "--init-groups"];
        string[] all = [.. shell, .. run, .. command];
        var start = new ProcessStartInfo(all[0]) { UseShellExecute = false };
        foreach (var argument in all[1..])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} could not be started.");
        return new Child(process.Id, TicksOf(process.Id) ?? 0);
    }

    /// <summary>As a power cut would: nothing is told, nothing is flushed. Returns when it is gone.</summary>
    public void Kill() => End(SignalKill);

    /// <summary>As Ctrl-C does; to PostgreSQL: end now, without waiting for those connected.</summary>
    public void Interrupt() => End(SignalInterrupt);

    /// <summary>To PostgreSQL: end with all its processes and write nothing.</summary>
    public void Quit() => End(SignalQuit);

    /// <summary>Asks it to end.</summary>
    public void Terminate() => End(SignalTerminate);

    /// <summary>Stops its clock, so to speak: it holds all it has and answers nothing. <see cref="Continue"/> lets it go on.</summary>
    public void Pause() => End(19);

    /// <summary>Lets a paused process go on.</summary>
    public void Continue() => End(18);

    /// <summary>Waits until it has ended; false when it has not in time.</summary>
    public async Task<bool> EndedAsync(TimeSpan atMost)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < atMost;)
        {
            if (!IsAlive)
            {
                return true;
            }

            await Task.Delay(20);
        }

        return !IsAlive;
    }

    private void End(int signal)
    {
        if (IsAlive && kill(Id, signal) != 0 && IsAlive)
        {
            throw new Win32Exception();
        }
    }

    /// <summary>Null when there is no such process, or only its shell is left.</summary>
    private static long? TicksOf(int id)
    {
        try
        {
            // After the name in parentheses, which may hold anything: state, …, and as 22nd field the start.
            var text = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable IDE1006, SA1300 // The name of the function.
    private static extern int kill(int process, int signal);
#pragma warning restore IDE1006, SA1300
}
