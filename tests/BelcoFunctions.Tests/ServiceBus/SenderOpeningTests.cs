using System.Collections.Concurrent;
using BelcoFunctions.ServiceBusBroker;

namespace BelcoFunctions.Tests.ServiceBus;

public sealed class SenderOpeningTests
{
    [Fact]
    public async Task Senders_are_connected_at_start_and_the_first_webhook_only_sends()
    {
        await using var app = new BrokerApp();
        ConcurrentQueue<BrokerOperation> operations = [];
        app.Broker.Faults.After = operations.Enqueue;

        await app.OpenSendersAsync();
        Assert.All(operations, operation => Assert.Equal(BrokerOperationKind.Open, operation.Kind));
        Assert.Equal(QueueNames.All.Order(), operations.Select(operation => operation.Queue).Order());
        operations.Clear();

        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync("1")).StatusCode);
        Assert.Equal([BrokerOperationKind.Send], operations.Select(operation => operation.Kind));
    }

    [Fact]
    public async Task A_start_without_Service_Bus_is_silent_and_the_first_webhook_connects()
    {
        await using var app = new BrokerApp();
        app.Broker.Network.Refuse();
        await app.OpenSendersAsync();

        app.Broker.Network.Restore();

        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync("1")).StatusCode);
        Assert.Empty(app.Log<WebhookReceiver>());
    }

    [Fact]
    public async Task The_app_stops_without_waiting_for_a_sender_that_does_not_connect()
    {
        var sender = new HangingSender();
        var client = Substitute.For<ServiceBusClient>();
        client.CreateSender(default).ReturnsForAnyArgs(sender);
        using var opening = new SenderOpening(new ServiceBusEventQueue(client));
        await opening.StartAsync(CancellationToken.None);
        await sender.Connecting.WaitAsync(TestTimeout.Limit);

        await opening.StopAsync(CancellationToken.None).WaitAsync(TestTimeout.Limit);

        Assert.True(opening.ExecuteTask!.IsCompletedSuccessfully);
    }

    /// <summary>Ignores its token, as the client does while it connects.</summary>
    private sealed class HangingSender : ServiceBusSender
    {
        private readonly TaskCompletionSource connecting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Connecting => connecting.Task;

        public override ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default)
        {
            connecting.TrySetResult();
            return new(new TaskCompletionSource<ServiceBusMessageBatch>().Task);
        }
    }
}
