using System.Diagnostics;
using System.Text.Json;
using Barnahus.Nodes;

namespace Barnahus.StackApp;

/// <summary>Waits until a process says that it is ready.</summary>
internal static class Readiness
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(180);

    /// <param name="name">Of the process, for the person who reads the error.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="log">File of its output.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time.</exception>
    public static async Task WaitAsync(string name, Child child, int port, string log)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(10) };
        var last = "no answer";
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < AtMost;)
        {
            if (!child.IsAlive)
            {
                throw new InvalidOperationException($"{name} ended before it was ready: see {log}");
            }

            try
            {
                // What is not ready says why.
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                last = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode && JsonDocument.Parse(last).RootElement.GetProperty("status").GetString() == "ready")
                {
                    return;
                }
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
                last = notYet.Message;
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"{name} was not ready in {AtMost.TotalSeconds} s: {last}");
    }
}
