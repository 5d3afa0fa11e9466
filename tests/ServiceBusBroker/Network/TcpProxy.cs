using System.Net.Sockets;

namespace BelcoFunctions.ServiceBusBroker.Network;

/// <summary>A network that fails when a test wants it to: passes connections on to a port of 127.0.0.1.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly ReservedPort port = new();
    private readonly int targetPort;
    private readonly Dictionary<ProxyConnection, Task> connections = [];
    private readonly List<Task> acceptLoops = [];
    private Socket? listener;
    private bool isFrozen;

    public TcpProxy(int targetPort)
    {
        this.targetPort = targetPort;
        Restore();
    }

    /// <summary>Where clients connect.</summary>
    public int Port => port.Number;

    /// <summary>Refuses new connections and cuts open ones, like a service that is down.</summary>
    public void Refuse()
    {
        lock (gate)
        {
            listener?.Dispose();
            listener = null;
        }

        Cut();
    }

    /// <summary>Ends all connections with a reset. New ones work.</summary>
    public void Cut() => ForEachConnection(connection => connection.Cut());

    /// <summary>Blocks open connections and new ones.</summary>
    public void Freeze()
    {
        lock (gate) isFrozen = true;
        FreezeOpen();
    }

    /// <summary>Blocks the open connections, as if a network device had forgotten them. New ones work.</summary>
    public void FreezeOpen() => ForEachConnection(connection => connection.Freeze());

    /// <summary>Returns to normal: accepts connections, and passes on the data of frozen ones.</summary>
    public void Restore()
    {
        lock (gate)
        {
            isFrozen = false;
            ForEachConnection(connection => connection.Thaw());
            if (listener is not null) return;
            listener = port.Listen();
            acceptLoops.Add(AcceptAsync(listener));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Refuse();
        Task[] running;
        lock (gate) running = [.. acceptLoops, .. connections.Values];
        await Task.WhenAll(running);
        port.Dispose();
    }

    // Over a copy, because a connection that ends leaves the dictionary.
    private void ForEachConnection(Action<ProxyConnection> action)
    {
        lock (gate) Array.ForEach([.. connections.Keys], action);
    }

    private async Task AcceptAsync(Socket socket)
    {
        try
        {
            while (true) Add(socket, await socket.AcceptAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed by Refuse.
        }
    }

    private void Add(Socket from, Socket client)
    {
        client.NoDelay = true;
        var connection = new ProxyConnection(client);
        lock (gate)
        {
            // Refused in the meantime.
            if (from != listener) connection.Cut();
            if (isFrozen) connection.Freeze();
            connections.Add(connection, Task.CompletedTask);
            connections[connection] = RunAsync(connection);
        }
    }

    private async Task RunAsync(ProxyConnection connection)
    {
        await Task.Yield();
        await connection.RunAsync(targetPort);
        lock (gate) connections.Remove(connection);
    }
}
