using System.Net.NetworkInformation;
using BelcoFunctions.Cli.Tests.Serve.Host;

namespace BelcoFunctions.Cli.Tests.Serve.Load;

/// <summary>Clients that hold connections and send little or nothing.</summary>
[Collection(SharedAzurite.Name)]
public sealed class SlowClientTests(AzuriteFixture azurite) : HostTests(azurite)
{
    private const string Head = "POST /api/webhooks/belco HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n";

    [AzuriteFact]
    public async Task Slow_clients_lose_their_connections_and_the_others_are_answered()
    {
        var silent = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ConnectAsync(Address, "")));
        using var half = await ConnectAsync(Address, "POST /api/webho");
        using var headless = await ConnectAsync(Address, Head[..^2]);
        using var slow = await ConnectAsync(Address, Head);
        using var stopping = TestTimeout.Start();

        var closings = Task.WhenAll(
            ReadToEndAsync(half, stopping.Token), ReadToEndAsync(headless, stopping.Token), ReadToEndAsync(slow, stopping.Token));
        var trickling = TrickleAsync(slow, stopping.Token);
        await TestTimeout.UntilAsync(async _ =>
        {
            await PostAsync(PayloadFiles.InShop("conversation.closed", "slow-clients"));
            return closings.IsCompleted;
        });

        Assert.All(await closings, answer => Assert.Matches("^$|^HTTP/1.1 408 ", answer));
        await trickling;
        foreach (var client in silent) client.Dispose();
    }

    [AzuriteFact]
    public async Task Nobody_can_connect_from_another_machine()
    {
        IPEndPoint[] listening = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(endPoint => endPoint.Port == Address.Port)];

        Assert.NotEmpty(listening);
        Assert.All(listening, endPoint => Assert.True(IPAddress.IsLoopback(endPoint.Address), $"{endPoint}"));
    }

    private static async Task<TcpClient> ConnectAsync(Uri address, string sent)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent));
        return client;
    }

    /// <summary>Sends a byte now and then until the connection is closed.</summary>
    private static async Task TrickleAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try
        {
            while (await pace.WaitForNextTickAsync(cancellationToken))
            {
                await client.GetStream().WriteAsync(new byte[] { 32 }, cancellationToken);
            }
        }
        catch (IOException)
        {
            // Closed, as it should be.
        }
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
