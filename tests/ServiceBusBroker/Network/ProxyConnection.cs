using System.Net;
using System.Net.Sockets;

namespace BelcoFunctions.ServiceBusBroker.Network;

/// <summary>A client's connection through a <see cref="TcpProxy"/>. While it is frozen, it stays open and passes nothing on, not
/// even that one side closed it.</summary>
internal sealed class ProxyConnection(Socket client)
{
    private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource? frozen;

    public void Freeze() => frozen ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw()
    {
        frozen?.TrySetResult();
        frozen = null;
    }

    /// <summary>Closes both sides with a reset.</summary>
    public void Cut()
    {
        cut.TrySetResult();
        Reset(client);
        Reset(server);
    }

    /// <summary>Forwards until both sides have ended. Does not throw.</summary>
    public async Task RunAsync(int targetPort)
    {
        await CutOnErrorAsync(ConnectAsync(targetPort));
        await Task.WhenAll(CutOnErrorAsync(ForwardAsync(client, server)), CutOnErrorAsync(ForwardAsync(server, client)));
        client.Dispose();
        server.Dispose();
    }

    private async Task ConnectAsync(int targetPort)
    {
        await PassAsync();
        await server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, targetPort));
    }

    private async Task ForwardAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer) is > 0 and var count)
        {
            await PassAsync();
            for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
        }

        await PassAsync();
        to.Shutdown(SocketShutdown.Send);
    }

    private async Task CutOnErrorAsync(Task task)
    {
        try { await task; }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            await PassAsync();
            Cut();
        }
    }

    private Task PassAsync() => frozen is { } gate ? Task.WhenAny(gate.Task, cut.Task) : Task.CompletedTask;

    private static void Reset(Socket socket)
    {
        try { socket.LingerState = new LingerOption(true, 0); }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }
}
