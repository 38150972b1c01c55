using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Barnahus.StackApp;

/// <summary>What <c>deploy/stack</c> can be asked.</summary>
internal static class Commands
{
    public static async Task<int> UpAsync(StackOptions options)
    {
        var stack = await Stack.UpAsync(options, Console.WriteLine);
        Console.WriteLine($"Barnahus is ready on {stack.Gateway.ToString().TrimEnd('/')}");
        return 0;
    }

    public static async Task<int> DownAsync(StackOptions options)
    {
        Console.WriteLine($"{await StackEnd.DownAsync(options.Data)} processes ended");
        return 0;
    }

    public static async Task<int> StatusAsync(StackOptions options)
    {
        var processes = StackState.Load(options.Data)?.Processes ?? [];
        var whole = processes.Count > 0;
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        foreach (var process in processes)
        {
            var status = !process.Child.IsAlive ? "gone"
                : process.Name is "epmd" or "broker" or "database" ? "running"
                : await HealthAsync(http, process.Port);
            whole &= status is "ready" or "running";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{process.Name,-14} {status,-10} pid {process.Child.Id,-8} {(process.Port == 0 ? "" : $"127.0.0.1:{process.Port}")}"));
        }

        Console.WriteLine(processes.Count == 0 ? $"Nothing was started in {options.Data}." : whole ? "All is well." : "Not all is well: see the lines above and the folder log.");
        return whole ? 0 : 1;
    }

    /// <summary>A verb of the services' own programs, for each service once.</summary>
    public static async Task<int> OnceAsync(StackOptions options, params string[] verb)
    {
        var plan = Stack.PlanOf(options.Data);
        var failed = 0;
        foreach (var name in plan.Names.Where(name => name != "gateway").DistinctBy(StackPlan.ServiceOf))
        {
            var start = new ProcessStartInfo("dotnet", [StackPlan.Program(name), .. verb]);
            foreach (var (setting, value) in plan.Environment(name))
            {
                start.Environment[setting] = value;
            }

            start.Environment["Logging__LogLevel__Default"] = "Warning";
            Console.Write($"{StackPlan.ServiceOf(name)}: ");
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            failed += process.ExitCode == 0 ? 0 : 1;
        }

        return failed == 0 ? 0 : 1;
    }

    public static string[] From(string[] args) => Array.IndexOf(args, "--from") is >= 0 and var at && at + 1 < args.Length ? ["--from", args[at + 1]] : [];

    public static string[] WithoutFrom(string[] args) => Array.IndexOf(args, "--from") is >= 0 and var at ? [.. args[..at], .. args.Skip(at + 2)] : args;

    private static async Task<string> HealthAsync(HttpClient http, int port)
    {
        try
        {
            using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/health/ready"));
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString() ?? "?";
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
        {
            return "no answer";
        }
    }
}
