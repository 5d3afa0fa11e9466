using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using BelcoFunctions.DeadLetters;
using BelcoFunctions.Functions;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.ServiceBus;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BelcoFunctions.Benchmarks.App;

/// <summary>Measures what the Functions app's own code adds to the library: a webhook from the worker's request to a sender
/// that takes it
/// at once, and a batch of 50 messages from the trigger to their settlement. The Functions host, its worker and Service Bus
/// are not measured.</summary>
internal sealed class AppBenchmark : IBenchmark
{
    private const double NoMoreThanTheLibrary = 2;

    public string Name => "app";

    public string Summary => "what the Functions app adds to the library, for a webhook and for a batch of 50";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var queue = new ServiceBusEventQueue(new NoOpServiceBus());
        await using var services = new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddPipeline(Webhooks.Settings, new PipelineStorage(new NoOpTables(), new BlobServiceClient(new Uri("https://none"))))
            .AddSingleton<IEventQueue>(queue).AddSingleton<ServiceBusClient>(new NoOpServiceBus())
            .AddSingleton<DeadLetterRedrive>().AddSingleton<DeadLetterEraser>()
            .AddSingleton<HttpFunctions>().AddSingleton<BatchSettler>()
            .BuildServiceProvider();
        var (receiver, http) = (services.GetRequiredService<WebhookReceiver>(), services.GetRequiredService<HttpFunctions>());
        var processor = services.GetRequiredService<DeliveryProcessor>();
        var settler = services.GetRequiredService<BatchSettler>();

        var body = Webhooks.Body(Conversations.ShopId, conversation: 0, number: 1);
        var signature = Webhooks.Sign(body);
        var headers = new SignedHeaders(signature);
        QueuedEvent[] events = [.. Conversations.TenAtATime.Batches(DeliveryProcessor.BatchSize).SelectMany(batch => batch)];
        ServiceBusReceivedMessage[] messages = [.. events.Select(Received)];
        Delivery[] deliveries = [.. messages.Select(message => message.ToDelivery(QueueNames.ConversationReplied))];

        var readings = await session.InterleaveAsync(cancellationToken,
            Operation.Side("receive, library", () => ReceiveAsync().GetAwaiter().GetResult()),
            Operation.Side("receive, app", () => PostAsync().GetAwaiter().GetResult()),
            Operation.Side("batch, library", () => ProcessAsync().GetAwaiter().GetResult()),
            Operation.Side("batch, app", () => SettleAsync().GetAwaiter().GetResult()));
        return
        [
            .. Compare("a webhook in the app, beside the library's part", readings[0], readings[1]),
            .. Compare("a batch of 50 messages in the app, beside the library's part", readings[2], readings[3]),
        ];

        async Task<ReceiveOutcome> ReceiveAsync()
        {
            using var stream = new MemoryStream(body);
            return await receiver.ReceiveAsync(stream, body.Length, headers, cancellationToken) is ReceiveOutcome.Queued queued
                ? queued : throw new InvalidOperationException("A webhook was not queued.");
        }

        async Task<HttpResponseData> PostAsync()
        {
            var response = await http.ReceiveAsync(new WorkerRequest(body, signature), cancellationToken);
            return response.StatusCode is System.Net.HttpStatusCode.OK
                ? response : throw new InvalidOperationException($"A webhook was answered {response.StatusCode}.");
        }

        async Task<int> ProcessAsync()
        {
            var processed = await processor.ProcessAsync(QueueNames.ConversationReplied, deliveries, cancellationToken);
            return Checked(processed.Count(each => each.Settlement is Settlement.Complete));
        }

        async Task<int> SettleAsync()
        {
            var actions = new CountingActions();
            await settler.HandleAsync(QueueNames.ConversationReplied, messages, actions, cancellationToken);
            return Checked(actions.Completed);
        }

        int Checked(int completed) => completed == messages.Length
            ? completed : throw new InvalidOperationException($"Only {completed} of {messages.Length} were completed.");
    }

    private static IEnumerable<Comparison> Compare(string what, SideReadings library, SideReadings app) =>
    [
        Comparison.Create(what, Operation.Nanoseconds, library, app, Goal.AtMost(NoMoreThanTheLibrary)),
        Comparison.Create(what, Operation.Bytes, library, app, Goal.AtMost(NoMoreThanTheLibrary)),
    ];

    // As Service Bus delivers what the app sent.
    private static ServiceBusReceivedMessage Received(QueuedEvent queued)
    {
        var message = queued.ToMessage();
        return ServiceBusModelFactory.ServiceBusReceivedMessage(message.Body, message.MessageId, subject: message.Subject,
            properties: message.ApplicationProperties, deliveryCount: 1);
    }

    private sealed class NoOpTables : TableServiceClient
    {
        public override TableClient GetTableClient(string tableName) => new NoOpTable();
    }
}
