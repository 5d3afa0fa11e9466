using Azure.Core.Amqp;
using BelcoFunctions.ServiceBusBroker;

namespace BelcoFunctions.Tests.ServiceBus;

/// <summary>The results of settling messages on a broker.</summary>
public sealed class SettlingTests : IAsyncLifetime
{
    private readonly ManualTime time = new(TestApp.Now);
    private readonly BrokerApp app;
    private readonly ServiceBusReceiver receiver;
    private readonly ReceiverActions actions;

    public SettlingTests()
    {
        app = new BrokerApp(time: time);
        receiver = app.Client.CreateReceiver(BrokerApp.Closed);
        actions = new ReceiverActions(receiver);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await receiver.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_projected_event_and_its_duplicate_leave_the_queue()
    {
        app.Queue.Enqueue(Message("1"), Message("2"));
        await SettleAsync(count: 2);
        Assert.Empty(app.Queue.Messages);
        Assert.Empty(app.Queue.DeadLetters.Messages);
    }

    [Fact]
    public async Task An_event_that_can_never_be_projected_is_a_dead_letter_with_its_reason()
    {
        app.Queue.Enqueue(new ServiceBusMessage("hello"));

        await SettleAsync();

        Assert.Empty(app.Queue.Messages);
        var letter = Assert.Single(app.Queue.DeadLetters.Messages);
        Assert.Equal(("NeverProjectable", "hello"), (letter.DeadLetterReason, letter.Body.ToString()));
        Assert.Contains("not a JSON object", letter.DeadLetterErrorDescription, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_fails_comes_back_nine_times_and_is_then_a_dead_letter()
    {
        app.Queue.Enqueue(Message("1", TableDouble.RejectedShop));

        for (var delivery = 1; delivery < 10; delivery++)
        {
            await SettleAsync();
            var message = Assert.Single(app.Queue.Messages);
            Assert.Equal((delivery, delivery), (message.DeliveryCount, message.ApplicationProperties["failures"]));
        }

        await SettleAsync();

        Assert.Empty(app.Queue.Messages);
        Assert.Equal("Failed", Assert.Single(app.Queue.DeadLetters.Messages).DeadLetterReason);
    }

    [Fact]
    public async Task A_lock_that_is_lost_is_logged_and_the_message_stays()
    {
        app.Queue.Enqueue(Message("1"));
        app.Broker.Faults.Before = operation =>
        {
            if (operation.Kind is BrokerOperationKind.Complete) app.Queue.ExpireLocks();
            return null;
        };

        await SettleAsync();

        Assert.Single(app.Queue.Messages);
        Assert.Equal("conversation-closed: a message could not be settled: MessageLockLost. It will be delivered again.",
            Assert.Single(app.Log<BatchSettler>()));
    }

    [Fact]
    public async Task A_body_that_is_not_bytes_is_a_dead_letter_and_a_redrive_does_not_change_it()
    {
        app.Queue.Enqueue(
            Message("1", AmqpMessageBody.FromValue("text")), Message("2", AmqpMessageBody.FromValue(42)),
            Message("3", AmqpMessageBody.FromSequence([[1, "two"], ["three"]])));

        await SettleAsync(count: 3);
        AssertBodies(app.Queue.DeadLetters.Messages);
        Assert.All(app.Queue.DeadLetters.Messages, letter => Assert.Equal("NeverProjectable", letter.DeadLetterReason));

        time.SetUtcNow(DateTimeOffset.UtcNow);
        Assert.Equal("""{"moved":3,"remaining":0,"skipped":0,"more":false}""", (await app.RedriveAsync()).Text);
        AssertBodies(app.Queue.Messages);
    }

    private static void AssertBodies(IReadOnlyList<ServiceBusReceivedMessage> messages)
    {
        AmqpMessageBody[] bodies = [.. messages.Select(message => message.GetRawAmqpMessage().Body)];
        Assert.Equal(3, bodies.Length);
        Assert.True(bodies[0].TryGetValue(out var text));
        Assert.True(bodies[1].TryGetValue(out var number));
        Assert.Equal(("text", 42), (text, number));
        Assert.True(bodies[2].TryGetSequence(out var sequence));
        Assert.Equal([[1, "two"], ["three"]], sequence!);
    }

    private static ServiceBusMessage Message(string id, string shop = "any") =>
        new(PayloadFiles.InShop("conversation.closed", shop)) { MessageId = id };

    private static ServiceBusMessage Message(string id, AmqpMessageBody body)
    {
        var message = new ServiceBusMessage { MessageId = id };
        message.GetRawAmqpMessage().Body = body;
        return message;
    }

    /// <summary>Receives messages and calls the function, as the host does.</summary>
    private async Task SettleAsync(int count = 1)
    {
        using var timeout = TestTimeout.Start();
        List<ServiceBusReceivedMessage> batch = [];
        while (batch.Count < count)
        {
            batch.AddRange(await receiver.ReceiveMessagesAsync(count - batch.Count, cancellationToken: timeout.Token));
        }

        var settling = app.Settler.HandleAsync(BrokerApp.Closed, [.. batch], actions, CancellationToken.None);
        await time.NextWaitAsync(); // It gives itself a deadline, and waits once more if it has messages to abandon.
        var wait = time.NextWaitAsync();
        if (await Task.WhenAny(settling, wait) == wait) time.Advance(await wait);
        await settling.WaitAsync(ManualTime.Limit);
    }
}
