using System.Collections.Concurrent;
using BelcoFunctions.ServiceBusBroker;

namespace BelcoFunctions.Tests.ServiceBus;

/// <summary>The operations of Service Bus that docs/cost.md counts, as a broker sees them.</summary>
public sealed class OperationTests : IAsyncLifetime
{
    private static readonly CostPage Page = CostPage.Read();

    private readonly BrokerApp app = new();
    private readonly ConcurrentQueue<BrokerOperationKind> operations = [];

    public Task InitializeAsync()
    {
        app.Broker.Faults.Before = operation =>
        {
            if (operation.Kind is not BrokerOperationKind.Open) operations.Enqueue(operation.Kind);
            return null;
        };
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public async Task Each_webhook_is_sent_received_and_completed_once(int batch)
    {
        foreach (var number in Enumerable.Range(0, batch)) await app.PostAsync($"{number}");
        await using var receiver = app.Client.CreateReceiver(BrokerApp.Closed);
        using var timeout = TestTimeout.Start();
        List<ServiceBusReceivedMessage> messages = [];
        while (messages.Count < batch)
        {
            messages.AddRange(await receiver.ReceiveMessagesAsync(batch - messages.Count, cancellationToken: timeout.Token));
        }

        await app.Settler.HandleAsync(BrokerApp.Closed, [.. messages], new ReceiverActions(receiver), timeout.Token);

        AssertCounted(batch, $"{batch} in a batch", ("send", BrokerOperationKind.Send), ("receive", BrokerOperationKind.Deliver),
            ("complete", BrokerOperationKind.Complete), ("renew a lock", BrokerOperationKind.RenewLock));
    }

    [Fact]
    public async Task A_health_check_peeks_into_every_queue()
    {
        await app.HealthAsync();
        AssertCounted(1, "", ("peek", BrokerOperationKind.Peek));
    }

    /// <summary>Asserts that these operations took place as often as the page says, and no others.</summary>
    private void AssertCounted(int events, string column, params (string Row, BrokerOperationKind Kind)[] rows)
    {
        Assert.Equal(
            rows.Select(row => (row.Kind, events * Page.Figure(row.Row, column))).Where(count => count.Item2 > 0).Order(),
            operations.CountBy(kind => kind).Select(count => (count.Key, (decimal)count.Value)).Order());
    }
}
