using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Barnahus.Gateway.Tests.Hardening;

/// <summary>A connection to a server that says exactly what a test wants, as slowly as it wants.</summary>
internal sealed class Wire : IDisposable
{
    private readonly TcpClient _client = new();

    public static async Task<Wire> ToAsync(Uri address)
    {
        var wire = new Wire();
        await wire._client.ConnectAsync(address.Host, address.Port);
        return wire;
    }

    public async Task SayAsync(string text) => await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>Says a piece a second until the other side hangs up, and gives what it said and after how long.</summary>
    public async Task<(string Answer, TimeSpan After)> DripAsync(TimeSpan patience, string piece = "a")
    {
        var watch = Stopwatch.StartNew();
        var answer = AnswerAsync();
        while (await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1))) != answer && watch.Elapsed < patience)
        {
            try
            {
                await SayAsync(piece);
            }
            catch (IOException)
            {
                break;
            }
        }

        return (await answer.WaitAsync(TimeSpan.FromSeconds(5)), watch.Elapsed);
    }

    /// <summary>Everything the other side says until it hangs up.</summary>
    public async Task<string> AnswerAsync()
    {
        var said = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await _client.GetStream().ReadAsync(buffer) is > 0 and var count)
            {
                said.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // Hung up without a word.
        }

        return said.ToString();
    }

    public void Dispose() => _client.Dispose();
}
