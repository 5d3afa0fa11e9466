using System.Security.Cryptography;
using BelcoFunctions.Cli.Tests.Commands.Server;

namespace BelcoFunctions.Cli.Tests.Commands.DeadLetters;

public sealed class DeadLetterCommandTests(RunningServe serve) : IClassFixture<RunningServe>
{
    private const string ShopId = "dead-letters";

    [AzuriteFact]
    public async Task A_dead_letter_is_listed_and_redriven_once_its_cause_is_fixed()
    {
        var body = PayloadFiles.InShop("conversation.replied", ShopId);
        var blob = Convert.ToHexString(SHA256.HashData(body));
        serve.Enqueue(new QueuedEvent
        {
            Queue = QueueNames.ConversationReplied,
            EventName = "conversation.replied",
            RequestId = "the-request",
            ItemId = "item",
            ReceivedAt = DateTimeOffset.UtcNow,
            PayloadBlob = blob,
            Body = default,
        });
        await serve.WaitForDeadLetterAsync();

        var table = await serve.RunAsync("dead-letters");
        foreach (var word in new[] { "queue", "age", "tries", "reason", "requestId", "NeverProjectable" })
        {
            Assert.Contains(word, table, StringComparison.Ordinal);
        }

        var listed = Assert.Single(await serve.ListAsync("dead-letters"));
        Assert.Equal((QueueNames.ConversationReplied, 1, "the-request"),
            ((string?)listed["queue"], (int)listed["tries"]!, (string?)listed["requestId"]));
        Assert.Equal(("NeverProjectable", $"The blob {blob} that has its body is missing."),
            ((string?)listed["reason"], (string?)listed["description"]));

        var preview = await serve.RunAsync("redrive", "--dry-run");
        Assert.Contains(QueueNames.ConversationReplied, preview, StringComparison.Ordinal);
        Assert.Equal("1 dead letter would be put back. Nothing was changed.", RunningServe.LastLine(preview));
        var counted = Assert.Single(await serve.ListAsync("redrive", "--dry-run", "--limit", "5"));
        Assert.Equal((QueueNames.ConversationReplied, "NeverProjectable", 1),
            ((string?)counted["queue"], (string?)counted["reason"], (int)counted["count"]!));
        Assert.Equal("There are no dead letters to put back.\n",
            await serve.RunAsync("redrive", "--dry-run", "--queue", QueueNames.ConversationClosed));
        Assert.Single(await serve.ListAsync("dead-letters"));

        await new BlobPayloadStore(serve.Storage.Payloads).PutAsync(body, CancellationToken.None);
        Assert.Equal("0 dead letters were put back into their queues.\n",
            await serve.RunAsync("redrive", "--queue", QueueNames.ConversationClosed));
        Assert.Equal("1 dead letter was put back into its queue.\n", await serve.RunAsync("redrive"));

        await serve.WaitForConversationAsync(ShopId, events: 1);
        Assert.Equal("There are no dead letters.\n", await serve.RunAsync("dead-letters"));
        Assert.Empty(await serve.ListAsync("dead-letters"));
    }

    [AzuriteTheory]
    [InlineData("redrive", "0")]
    [InlineData("redrive", "-1")]
    [InlineData("replay", "many")]
    [InlineData("replay", "1.5")]
    public async Task A_limit_that_is_no_number_is_an_error(string command, string limit) =>
        (await serve.FailAsync(command, "--limit", limit)).AssertError("--limit must be a number from 1 to");

    [AzuriteFact]
    public async Task A_queue_that_does_not_exist_is_an_error() =>
        (await serve.FailAsync("redrive", "--queue", "conversations")).AssertError("'conversations' not recognized");
}
