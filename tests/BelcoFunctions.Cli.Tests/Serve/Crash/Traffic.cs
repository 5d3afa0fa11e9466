namespace BelcoFunctions.Cli.Tests.Serve.Crash;

/// <summary>Several clients that post at once.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim acknowledgements = new(0);
    private readonly WebhookClient[] clients;
    private readonly Task running;

    public Traffic(int port, string shopId, int clientCount = 4, bool withLargeBodies = false)
    {
        ShopId = shopId;
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var url = new Uri(http.BaseAddress, ServeRoutes.Webhook);
        clients = [.. Enumerable.Range(0, clientCount)
            .Select(seed => new WebhookClient(http, url, shopId, seed, withLargeBodies))];
        running = Task.WhenAll(clients.Select(client => client.RunAsync(() => acknowledgements.Release(), stopping.Token)));
    }

    public string ShopId { get; }

    /// <summary>The events that were answered 200, after the clients have stopped.</summary>
    public HashSet<ItemIdentity> Acknowledged => [.. clients.SelectMany(client => client.Acknowledged)];

    /// <summary>Returns after this number of further acknowledgements.</summary>
    public async Task WaitForAsync(int acknowledged)
    {
        using var timeout = TestTimeout.Start();
        for (var i = 0; i < acknowledged; i++) await acknowledgements.WaitAsync(timeout.Token);
    }

    /// <summary>Waits until no event remains in a queue.</summary>
    public Task DrainAsync() => http.DrainAsync();

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        http.Dispose();
        stopping.Dispose();
        acknowledgements.Dispose();
    }
}
