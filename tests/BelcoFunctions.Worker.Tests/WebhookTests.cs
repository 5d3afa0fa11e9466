using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Worker.Tests;

/// <summary>Webhooks, from the host's request to the message on the broker.</summary>
[Collection(WorkerCollection.Name)]
public sealed class WebhookTests(WorkerFixture fixture)
{
    private LoadedWorker Worker => fixture.Worker;

    [AzuriteFact]
    public async Task A_signed_webhook_is_answered_200_and_is_a_message_byte_for_byte()
    {
        var body = Webhooks.Create("conversation.created", "signed", 1);

        var answer = await Worker.AcceptAsync(body);

        Assert.Equal("""{"requestId":"signed-request-1","queue":"conversation-created"}""", answer.Body);
        Assert.Equal("application/json", answer.Headers["Content-Type"]);
        var message = Assert.Single(fixture.Broker[QueueNames.ConversationCreated].Messages);
        Assert.Equal(body, message.Body.ToArray());
        Assert.Equal("signed-request-1.signed-item-1", message.MessageId);
    }

    [AzuriteFact]
    public async Task A_refused_webhook_gets_its_status_and_reaches_no_queue()
    {
        var queue = fixture.Broker[QueueNames.ConversationAssigned];
        var body = Webhooks.Create("conversation.assigned", "refused", 1);
        var tooLarge = new byte[WebhookSettings.DefaultMaxBodyBytes + 1];
        var chunked = Webhooks.Signed([]) with { Headers = [("Transfer-Encoding", "chunked")] };

        Assert.Equal(401, (await Worker.PostAsync(Webhooks.Unsigned(body))).Status);
        Assert.Equal(411, (await Worker.PostAsync(chunked)).Status);
        Assert.Equal(413, (await Worker.PostAsync(Webhooks.Signed(tooLarge))).Status);
        queue.IsFull = true;
        var answer = await Worker.PostAsync(Webhooks.Signed(body));
        queue.IsFull = false;

        Assert.Equal((503, "10"), (answer.Status, answer.Headers["Retry-After"]));
        Assert.Empty(queue.Messages);
        await Worker.AcceptAsync(body);
        Assert.Single(queue.Messages);
    }

    [AzuriteFact]
    public async Task Two_hundred_webhooks_at_once_are_all_accepted()
    {
        var queue = fixture.Broker[QueueNames.ConversationReplied];
        byte[][] bodies = [.. Enumerable.Range(0, 200).Select(number => Webhooks.Create("conversation.replied", "many", number))];

        await Task.WhenAll(bodies.Select(Worker.AcceptAsync));
        await Worker.ProcessAllAsync(queue);

        Assert.Empty(queue.Messages);
        Assert.Empty(queue.DeadLetters.Messages);
        Assert.Equal(200, (int)(await Worker.GetConversationAsync("many"))["events"]!);
    }

    [AzuriteFact]
    public async Task A_client_that_hangs_up_while_it_waits_gets_499_and_is_no_error()
    {
        var sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var answered = new ManualResetEventSlim();
        using var timeout = TestTimeout.Start();
        fixture.Broker.Faults.Before = operation =>
        {
            if (operation.Kind is not BrokerOperationKind.Send) return null;
            sending.TrySetResult();
            answered.Wait(timeout.Token);
            return null;
        };
        try
        {
            var answer = await Worker.PostAsync(
                Webhooks.Signed(Webhooks.Create("conversation.note.added", "hung-up", 1)), hangUp: sending.Task);
            Assert.Equal(499, answer.Status);
        }
        finally
        {
            answered.Set();
            fixture.Broker.Faults.Before = null;
        }

        Assert.DoesNotContain(Worker.Stream.Logs, log => log.Level >= RpcLog.Types.Level.Error);
    }
}
