using BelcoFunctions.Cli.Tests.Serve.Host;

namespace BelcoFunctions.Cli.Tests.Serve.Load;

/// <summary>More clients than the host has room for, which connect and send nothing, or stop sending.</summary>
[Collection(SharedAzurite.Name)]
public sealed class ConnectionRoomTests(AzuriteFixture azurite) : HostTests(azurite)
{
    private const int More = 20;

    [AzuriteFact]
    public async Task Silent_clients_do_not_block_webhooks()
    {
        List<TcpClient> silent = [];
        try
        {
            for (var count = 0; count < ConnectionRoom.MaxConnections + More; count++) silent.Add(await ConnectAsync());

            await PostAsync(PayloadFiles.InShop("conversation.closed", "connection-room"));

            // The clients that were silent for longest lost their connections.
            using var timeout = TestTimeout.Start();
            foreach (var client in silent[..More]) Assert.Equal("", await ReadToEndAsync(client, timeout.Token));
        }
        finally
        {
            silent.ForEach(client => client.Dispose());
        }
    }

    [AzuriteFact]
    public async Task Clients_that_do_not_send_their_bodies_do_not_block_webhooks()
    {
        List<TcpClient> slow = [];
        try
        {
            for (var count = 0; count < ConnectionRoom.MaxConnections + More; count++) slow.Add(await BeginAsync(1000));

            await PostAsync(PayloadFiles.InShop("conversation.closed", "connection-room"));

            using var timeout = TestTimeout.Start();
            // On a slow machine, Kestrel's own limit closes them first.
            foreach (var client in slow[..More])
            {
                Assert.Matches("^$|^HTTP/1.1 408 ", await ReadToEndAsync(client, timeout.Token));
            }
        }
        finally
        {
            slow.ForEach(client => client.Dispose());
        }
    }

    [AzuriteFact]
    public async Task A_connection_with_a_request_is_not_closed_for_silent_ones()
    {
        var body = PayloadFiles.InShop("conversation.closed", "connection-room");
        using var busy = await BeginAsync(body.Length);
        List<TcpClient> silent = [];
        try
        {
            for (var count = 0; count < ConnectionRoom.MaxConnections + More; count++) silent.Add(await ConnectAsync());

            await busy.GetStream().WriteAsync(body);

            var buffer = new byte[1000];
            var read = await busy.GetStream().ReadAsync(buffer);
            Assert.StartsWith("HTTP/1.1 200", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
        }
        finally
        {
            silent.ForEach(client => client.Dispose());
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, Address.Port);
        return client;
    }

    /// <summary>Begins a request, and returns when its handler waits for the body.</summary>
    private async Task<TcpClient> BeginAsync(int bodyLength)
    {
        var client = await ConnectAsync();
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /api/webhooks/belco HTTP/1.1\r\nHost: localhost\r\n"
            + $"Content-Length: {bodyLength}\r\nExpect: 100-continue\r\n\r\n"));
        var expected = "HTTP/1.1 100 Continue\r\n\r\n";
        var answer = new byte[expected.Length];
        await client.GetStream().ReadExactlyAsync(answer);
        Assert.Equal(expected, Encoding.ASCII.GetString(answer));
        return client;
    }

    private static async Task<string> ReadToEndAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
        try
        {
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
