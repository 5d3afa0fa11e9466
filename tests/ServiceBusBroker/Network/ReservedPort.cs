using System.Net;
using System.Net.Sockets;

namespace BelcoFunctions.ServiceBusBroker.Network;

/// <summary>A reserved port of 127.0.0.1. Nobody else gets it. Connections are refused while nobody listens on it. A listener
/// must set the option ReuseAddress.</summary>
internal sealed class ReservedPort : IDisposable
{
    private readonly Socket reservation = Bind(0);

    public int Number => ((IPEndPoint)reservation.LocalEndPoint!).Port;

    public Socket Listen()
    {
        var socket = Bind(Number);
        socket.Listen();
        return socket;
    }

    public void Dispose() => reservation.Dispose();

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }
}
