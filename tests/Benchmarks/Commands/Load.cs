using System.Diagnostics;
using System.Net;

namespace Barnahus.Benchmarks.Commands;

/// <summary>32 connections, each sending its next request when the last was answered.</summary>
internal sealed class Load : IDisposable
{
    private const int Connections = 32;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(2);

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = Connections,
    });

    /// <param name="request">Makes the n-th request; counts from 0 over the whole run.</param>
    /// <returns>Answers per second.</returns>
    /// <exception cref="InvalidOperationException">An answer was no success: a figure over refusals is worth nothing.</exception>
    public async Task<double> RunAsync(Func<int, HttpRequestMessage> request)
    {
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < Span)
            {
                using var message = request(Interlocked.Increment(ref next));
                using var response = await http.SendAsync(message, CancellationToken.None);
                if (response.StatusCode != HttpStatusCode.OK)
                {
                    throw new InvalidOperationException($"{message.RequestUri}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                }

                await response.Content.CopyToAsync(Stream.Null);
            }
        })));
        return (next + 1) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose() => http.Dispose();
}
