using System.Diagnostics;
using System.Globalization;

namespace Barnahus.Nodes;

/// <summary>Ends what was started, and removes its folder, when this process ends, however it ends: a shell at the other end of a pipe, which sees it close.</summary>
public sealed class Guard : IDisposable
{
    private readonly Process _shell;
    private readonly Lock _lock = new();

    /// <param name="folder">Removed in the end; none when null.</param>
    public Guard(string? folder = null)
    {
        const string Script = """
            while read -r id started; do known="$known $id:$started"; done
            for one in $known; do
              line=$(cat "/proc/${one%:*}/stat" 2>/dev/null) || continue
              set -- ${line##*) }
              [ "${20}" = "${one#*:}" ] && kill -9 "${one%:*}"
            done
            [ -z "$folder" ] || rm -rf -- "$folder" || { sleep 1; rm -rf -- "$folder"; }
            """;
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var argument in new[] { "sh", "-c", Script })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["folder"] = folder;

        _shell = Process.Start(start)!;
    }

    /// <summary>From now on it ends when this process does.</summary>
    public void Watch(Child child)
    {
        lock (_lock)
        {
            _shell.StandardInput.WriteLine($"{child.Id.ToString(CultureInfo.InvariantCulture)} {child.StartedAt.ToString(CultureInfo.InvariantCulture)}");
            _shell.StandardInput.Flush();
        }
    }

    /// <summary>Ends all that is still there.</summary>
    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit();
        _shell.Dispose();
    }
}
