using System.Net;
using System.Net.Sockets;

namespace Barnahus.Nodes;

/// <summary>Free ports on loopback.</summary>
public static class Ports
{
    // Below those that the system hands to whoever connects or asks for any port (from 32768 on): nobody takes one of these by chance before it is used.
    private const int First = 15_000;
    private const int Last = 32_000;
    private static readonly HashSet<int> Given = [];

    /// <summary>As many different ports as asked for, free at this moment; this process is given none of them again.</summary>
    public static IReadOnlyList<int> Free(int count)
    {
        var ports = new List<int>();
        lock (Given)
        {
            while (ports.Count < count)
            {
                var port = Random.Shared.Next(First, Last);
                if (Given.Add(port) && IsFree(port))
                {
                    ports.Add(port);
                }
            }
        }

        return ports;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
