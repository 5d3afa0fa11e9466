namespace BelcoFunctions.Cli.Tests.Serve.Host;

/// <summary>Tests of a local host. Each has its own host, which must not log an error.</summary>
public abstract class HostTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly TemporaryFolder data = new();
    private readonly CapturedLog log = new();
    private ServeHost? host;

    protected string Storage => azurite.ConnectionString;

    protected Uri Address => host!.Address;

    protected HttpClient Http { get; } = new();

    protected virtual WebhookSettings Settings => new();

    public async Task InitializeAsync()
    {
        if (SharedAzurite.ReasonToSkip is not null) return;
        var options = new ServeHostOptions(Port: 0, data.Path, azurite.ConnectionString, Settings) { Log = log };
        host = await ServeHost.StartAsync(options, _ => { }, CancellationToken.None);
        Http.BaseAddress = host.Address;
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (host is not null) await host.DisposeAsync();
        data.Dispose();
        Assert.True(log.Errors.Count == 0, string.Join(Environment.NewLine, log.Errors.Take(3)));
    }

    protected async Task PostAsync(byte[] body)
    {
        using var response = await Http.PostWebhookAsync(body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    protected Task<JsonObject> WaitForConversationAsync(
        string shopId, int events, string conversationId = PayloadFiles.ConversationId) =>
        Http.WaitForConversationAsync(shopId, events, conversationId);
}
