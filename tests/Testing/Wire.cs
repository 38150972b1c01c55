using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Barnahus.Testing;

/// <summary>
/// A wire to a server on this machine, for a test to spoil: it can be cut (everything on it breaks, and who connects anew gets through again), it can
/// be slow, and it can refuse (nobody listens any more). With a server that is gone it breaks at once, as a connection to the server itself would.
/// </summary>
public sealed class Wire : IAsyncDisposable
{
    private const int ChunkBytes = 64 * 1024;
    private readonly IPEndPoint _server;
    private readonly ConcurrentDictionary<TcpClient, TcpClient> _ends = new();
    private readonly CancellationTokenSource _ending = new();
    private TcpListener? _listener = new(IPAddress.Loopback, 0);
    private Task _accepting;
    private long _delay;

    /// <param name="server">Where it leads to.</param>
    public Wire(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Where it begins, on loopback.</summary>
    public int Port { get; }

    /// <summary>Connections that came about so far.</summary>
    public int Connections { get; private set; }

    /// <summary>How long every piece of what is said travels, in each direction.</summary>
    public TimeSpan Delay
    {
        get => new(Interlocked.Read(ref _delay));
        set => Interlocked.Exchange(ref _delay, value.Ticks);
    }

    public void Cut()
    {
        foreach (var (near, far) in _ends)
        {
            // Null where its end was met meanwhile.
            near.Client?.Close(0);
            far.Client?.Close(0);
            _ends.TryRemove(near, out _);
        }
    }

    /// <summary>Everything on it breaks, and its port is closed until <see cref="Mend"/>.</summary>
    public async Task RefuseAsync()
    {
        _listener?.Stop();
        _listener = null;
        await _accepting;
        Cut();
    }

    /// <summary>It listens again, at the same port, and is as fast as ever.</summary>
    public void Mend()
    {
        Delay = TimeSpan.Zero;
        if (_listener is null)
        {
            _listener = new TcpListener(IPAddress.Loopback, Port);
            _listener.Start();
            _accepting = AcceptAsync(_listener);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await RefuseAsync();
        _ending.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = LeadAsync(await listener.AcceptTcpClientAsync(_ending.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Refusing, or disposed of.
        }
    }

    private async Task LeadAsync(TcpClient near)
    {
        var far = new TcpClient();
        try
        {
            await far.ConnectAsync(_server, _ending.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException)
        {
            near.Client.Close(0);
            far.Dispose();
            return;
        }

        near.NoDelay = far.NoDelay = true;
        _ends[near] = far;
        Connections++;
        await Task.WhenAll(CarryAsync(near, far), CarryAsync(far, near));
        _ends.TryRemove(near, out _);
        near.Dispose();
        far.Dispose();
    }

    private async Task CarryAsync(TcpClient from, TcpClient to)
    {
        try
        {
            var (source, target) = (from.GetStream(), to.GetStream());
            var chunk = new byte[ChunkBytes];
            while (await source.ReadAsync(chunk, _ending.Token) is > 0 and var length)
            {
                if (Delay is { Ticks: > 0 } delay)
                {
                    await Task.Delay(delay, _ending.Token);
                }

                await target.WriteAsync(chunk.AsMemory(0, length), _ending.Token);
            }
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException or SocketException or OperationCanceledException or InvalidOperationException)
        {
            // As meant.
        }
        finally
        {
            to.Close();
        }
    }
}
