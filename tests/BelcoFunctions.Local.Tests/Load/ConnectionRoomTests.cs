namespace BelcoFunctions.Local.Tests.Load;

/// <summary>Clients that connect and stay silent, more than there is room for.</summary>
[Collection(Azurite.Name)]
public sealed class ConnectionRoomTests(AzuriteFixture azurite) : HostTests(azurite)
{
    private const int More = 20;

    [AzuriteFact]
    public async Task They_do_not_shut_webhooks_out()
    {
        List<TcpClient> silent = [];
        try
        {
            for (var count = 0; count < ConnectionRoom.MaxConnections + More; count++) silent.Add(await ConnectAsync());

            await PostAsync(PayloadFiles.InShop("conversation.closed", "connection-room"));

            // Those that were silent for longest lost their connections.
            using var timeout = TestTimeout.Start();
            foreach (var client in silent[..More]) Assert.Equal(0, await ReadAsync(client, timeout.Token));
        }
        finally
        {
            silent.ForEach(client => client.Dispose());
        }
    }

    [AzuriteFact]
    public async Task A_connection_with_a_request_is_not_closed_for_them()
    {
        var body = PayloadFiles.InShop("conversation.closed", "connection-room");
        using var busy = await ConnectAsync();
        await busy.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /api/webhooks/belco HTTP/1.1\r\nHost: localhost\r\n"
            + $"Content-Length: {body.Length}\r\nExpect: 100-continue\r\n\r\n"));
        var buffer = new byte[1000];
        // "100 Continue": the request has begun.
        Assert.NotEqual(0, await busy.GetStream().ReadAsync(buffer));
        List<TcpClient> silent = [];
        try
        {
            for (var count = 0; count < ConnectionRoom.MaxConnections + More; count++) silent.Add(await ConnectAsync());

            await busy.GetStream().WriteAsync(body);

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

    private static async Task<int> ReadAsync(TcpClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], cancellationToken);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
