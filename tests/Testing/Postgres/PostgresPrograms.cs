using System.Diagnostics;

namespace Barnahus.Testing.Postgres;

/// <summary>PostgreSQL's programs, which Debian keeps off the PATH, and the user under which its server runs: it refuses root.</summary>
internal static class PostgresPrograms
{
    /// <summary>Folder of the newest installed version; null when there is none.</summary>
    public static string? Folder { get; } = Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    /// <summary>A folder becomes the server's.</summary>
    public static async Task GiveAsync(string folder)
    {
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("/bin/chown", ["-R", "postgres", folder]);
        }
    }

    /// <summary>A command of the server's user.</summary>
    public static ProcessStartInfo AsServer(string program, IEnumerable<string> arguments) => Environment.IsPrivilegedProcess
        ? new("runuser", ["-u", "postgres", "--", program, .. arguments]) { WorkingDirectory = "/" }
        : new(program, arguments) { WorkingDirectory = "/" };

    public static Task<string> RunAsServerAsync(string program, params string[] arguments) => RunAsync(AsServer(Path.Combine(Folder!, program), arguments));

    public static Task<string> RunAsync(string program, IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(Path.Combine(Folder!, program), arguments);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return RunAsync(start);
    }

    private static async Task<string> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? said[0]
            : throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} failed:\n{said[0]}\n{said[1]}");
    }

    private static IEnumerable<string> Candidates()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        return versions.OrderByDescending(folder => Version.TryParse(Path.GetFileName(folder) + ".0", out var version) ? version : new Version())
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'));
    }
}
