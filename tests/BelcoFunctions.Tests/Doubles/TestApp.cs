using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BelcoFunctions.Tests.Doubles;

/// <summary>The app with doubles of Service Bus, the storage account and the clock.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2025, 6, 11, 9, 20, 0, TimeSpan.Zero);

    private readonly ServiceProvider services;

    /// <param name="settings">The settings. By default, webhooks need no signature.</param>
    /// <param name="more">Services that are added to those of the app, or replace them.</param>
    public TestApp(WebhookSettings? settings = null, Action<IServiceCollection>? more = null)
    {
        foreach (var queue in QueueNames.All)
        {
            var sender = Sender(queue);
            Client.CreateSender(queue).Returns(sender);
        }

        var collection = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<ILogger<BatchSettler>>(Log)
            .AddPipeline(settings ?? new WebhookSettings(), Storage(Conversations, UnprojectedEvents))
            .AddServiceBus(Client)
            .AddSingleton(Payloads);
        more?.Invoke(collection);
        services = collection.BuildServiceProvider();
    }

    public IServiceProvider Services => services;

    public ServiceBusClient Client { get; } = Substitute.For<ServiceBusClient>();

    public ManualTime Time { get; } = new(Now);

    public TableDouble Conversations { get; } = new();

    public TableDouble UnprojectedEvents { get; } = new();

    public IPayloadStore Payloads { get; } = Substitute.For<IPayloadStore>();

    /// <summary>Settles the messages of a batch.</summary>
    public ServiceBusMessageActions Actions { get; } = Substitute.For<ServiceBusMessageActions>();

    public RecordingLogger<BatchSettler> Log { get; } = new();

    /// <summary>The behaviour of a sender for a message.</summary>
    public Func<Task> Sending { get; set; } = () => Task.CompletedTask;

    public List<(string Queue, ServiceBusMessage Message)> Sent { get; } = [];

    public HttpFunctions Http => ActivatorUtilities.CreateInstance<HttpFunctions>(services);

    public QueueFunctions Queues => ActivatorUtilities.CreateInstance<QueueFunctions>(services);

    public BatchSettler Settler => services.GetRequiredService<BatchSettler>();

    public async Task<ResponseDouble> PostAsync(RequestDouble request) =>
        (ResponseDouble)await Http.ReceiveAsync(request, CancellationToken.None);

    /// <summary>Asserts that a message was abandoned once, with its number of failures. This holds even while the host is
    /// stopping.</summary>
    public Task AbandonedAsync(ServiceBusReceivedMessage message, int failures = 0) => Actions.Received(1).AbandonMessageAsync(
        message, Arg.Is<IDictionary<string, object>>(properties => (int)properties["failures"] == failures),
        CancellationToken.None);

    /// <summary>A storage account with these tables, and without blobs.</summary>
    public static PipelineStorage Storage(TableClient conversations, TableClient unprojectedEvents)
    {
        var tables = Substitute.For<TableServiceClient>();
        tables.GetTableClient("Conversations").Returns(conversations);
        tables.GetTableClient("UnprojectedEvents").Returns(unprojectedEvents);
        return new PipelineStorage(tables, Substitute.For<BlobServiceClient>());
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private ServiceBusSender Sender(string queue)
    {
        var sender = Substitute.For<ServiceBusSender>();
        sender.SendMessageAsync(Arg.Do<ServiceBusMessage>(message => Sent.Add((queue, message))), Arg.Any<CancellationToken>())
            .Returns(_ => Sending());
        return sender;
    }
}
