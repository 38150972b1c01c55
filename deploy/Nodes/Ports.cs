using System.Net;
using System.Net.Sockets;

namespace Barnahus.Nodes;

/// <summary>Free ports on loopback.</summary>
public static class Ports
{
    /// <summary>As many different ports as asked for, free at this moment.</summary>
    public static IReadOnlyList<int> Free(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
