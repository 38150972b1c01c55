using System.Diagnostics;
using System.Globalization;

namespace Barnahus.Testing.Postgres;

/// <summary>
/// The server's process, below a guard that ends it and removes its folder when the other end of its standard input is gone: so it never outlives
/// this process.
/// </summary>
internal sealed class PostgresServer
{
    private const string Guard = """
        exec 3<&0
        "$1" -D "$2/data" >"$2/server.log" 2>&1 </dev/null & server=$!
        { read -r _ <&3; touch "$2/left"; kill -QUIT $server; } & reader=$!
        wait $server
        if [ -e "$2/left" ]; then rm -rf "$2"; else kill $reader; fi
        """;

    private readonly Process guard;
    private readonly string folder;

    private PostgresServer(Process guard, string folder) => (this.guard, this.folder) = (guard, folder);

    public bool HasEnded => guard.HasExited;

    private string Output => Path.Combine(folder, "server.log");

    /// <param name="folder">The cluster's: data in <c>data</c>.</param>
    public static PostgresServer Start(string folder)
    {
        var start = PostgresPrograms.AsServer(
            "/bin/sh",
            ["-c", Guard, "guard", Path.Combine(PostgresPrograms.Folder!, "postgres"), folder]);
        start.RedirectStandardInput = true;
        return new(Process.Start(start)!, folder);
    }

    public async Task<string> SaidAsync() => File.Exists(Output) ? await File.ReadAllTextAsync(Output) : "";

    public Task StopAsync() => EndAsync("INT");

    public Task CrashAsync() => EndAsync("QUIT");

    /// <summary>Ends it, if it runs, and removes its folder.</summary>
    public async Task LeaveAsync()
    {
        guard.StandardInput.Close();
        await guard.WaitForExitAsync();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task EndAsync(string signal)
    {
        var pid = File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First();
        using var kill = Process.Start("/bin/kill", ["-s", signal, int.Parse(pid, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await guard.WaitForExitAsync();
    }
}
