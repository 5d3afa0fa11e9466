using Azure.Messaging.ServiceBus;

namespace BelcoFunctions.Worker.Tests;

/// <summary>Batches, from the broker through the worker and back to the broker.</summary>
[Collection(WorkerCollection.Name)]
public sealed class BatchTests(WorkerFixture fixture)
{
    private BrokerQueue Queue => fixture.Broker[QueueNames.ConversationReopened];

    [AzuriteFact]
    public async Task A_good_message_becomes_rows_and_a_poisonous_one_beside_it_a_dead_letter()
    {
        await fixture.Worker.AcceptAsync(Webhooks.Create("conversation.reopened", "batch", 1));
        Queue.Enqueue(new ServiceBusMessage("not an event"));

        Assert.Equal(2, await fixture.Worker.ProcessBatchAsync(Queue));

        Assert.Empty(Queue.Messages);
        var dead = Assert.Single(Queue.DeadLetters.Messages);
        Assert.Equal(("not an event", "NeverProjectable"), (dead.Body.ToString(), dead.DeadLetterReason));
        Assert.Equal("open", (string)(await fixture.Worker.GetConversationAsync("batch"))["status"]!);
        var logs = fixture.Worker.Stream.Logs;
        Assert.Contains(logs, log => log.Message.Contains("is now a dead letter", StringComparison.Ordinal));
        Assert.DoesNotContain(logs, log => log.Category.StartsWith("System.Net.Http.HttpClient", StringComparison.Ordinal));
    }
}
