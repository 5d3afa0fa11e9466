using System.Net;
using System.Net.Sockets;

namespace BelcoFunctions.Testing;

/// <summary>A port for a program that cannot choose one itself, or that must get the same port when it starts again.</summary>
internal static class FreePort
{
    // Below the range from which operating systems assign ports, so that nobody else gets it in the meantime.
    private const int First = 10_000, Last = 32_000;

    public static int Choose()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Another program has it.
            }
        }
    }
}
