using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>A wire to a server on this machine that a test can cut: everything on it breaks, and who connects anew gets through again.</summary>
internal sealed class CuttableWire : IAsyncDisposable
{
    private readonly IPEndPoint server;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, TcpClient> ends = new();
    private readonly CancellationTokenSource ending = new();
    private readonly Task accepting;

    public CuttableWire(IPEndPoint server)
    {
        this.server = server;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    public void Cut()
    {
        foreach (var (near, far) in ends)
        {
            near.Client.Close(0);
            far.Client.Close(0);
            ends.TryRemove(near, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting;
        Cut();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync(ending.Token);
                var far = new TcpClient();
                await far.ConnectAsync(server, ending.Token);
                near.NoDelay = far.NoDelay = true;
                ends[near] = far;
                Connections++;
                _ = CarryAsync(near.GetStream(), far.GetStream());
                _ = CarryAsync(far.GetStream(), near.GetStream());
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }

    private static async Task CarryAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to);
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException or SocketException)
        {
            // As meant.
        }
        finally
        {
            to.Close();
        }
    }
}
