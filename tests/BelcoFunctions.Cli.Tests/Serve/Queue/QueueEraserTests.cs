using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Cli.Tests.Serve.Queue;

/// <summary>Erased data leaves no byte in the queue file.</summary>
[Collection(SharedAzurite.Name)]
public sealed class QueueEraserTests(AzuriteFixture azurite) : QueueTests
{
    private const int MaxSent = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private const string Words = "these-are-the-words";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    // Tests share the tables.
    private readonly string shopId = $"shop-{Guid.NewGuid():N}";

    [AzuriteFact]
    public async Task Erasing_removes_messages_completed_messages_dead_letters_and_copies_to_the_last_byte()
    {
        var (blobs, erased, conversations) = await EraseCustomerAsync();
        var payloads = new LocalPayloadStore(blobs, Open.Queue);
        foreach (var (queue, settlement) in new (string, Settlement?)[]
        {
            (QueueNames.ConversationReplied, null),
            (QueueNames.ConversationClosed, new Settlement.Complete()),
            (QueueNames.ConversationReopened, new Settlement.DeadLetter("Failed", "broken")),
        })
        {
            await EnqueueAsync(queue, Body("customer", Words));
            await EnqueueAsync(queue, Body("other", "kept"));
            var blob = await payloads.PutAsync(Body("customer", Words + queue), CancellationToken.None);
            await Open.Queue.EnqueueAsync(
                OpenQueue.Event("large", queue) with { Body = default, PayloadBlob = blob }, CancellationToken.None);
            if (settlement is null) continue;
            await Open.Queue.SettleAsync([.. (await Open.ReceiveDueAsync(queue)).Select(delivery => (delivery, settlement))]);
        }

        using var connection = QueueDatabase.Open(Open.Folder, create: false);
        var eraser = new QueueEraser(connection, blobs, erased, conversations);
        Assert.Equal(new ErasedFromQueue(4, 2), await eraser.CountAsync(CancellationToken.None));
        Assert.True(HasWords());

        // The queue stays open, as in a running serve.
        Assert.Equal(new ErasedFromQueue(4, 2), await eraser.EraseAsync(CancellationToken.None));

        Assert.False(HasWords());
        Assert.Equal(new ErasedFromQueue(0, 0), await eraser.CountAsync(CancellationToken.None));
        Assert.Equal("other", Assert.Single(await Open.ReceiveDueIdsAsync()));
        Assert.Equal("other", Assert.Single(DeadLetterRows.List(connection)).RequestId);
    }

    [AzuriteTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_event_whose_blob_is_missing_is_removed_only_after_an_erasure(bool hasErasedRows)
    {
        var (blobs, erased, conversations) = await EraseCustomerAsync();
        await Open.Queue.EnqueueAsync(OpenQueue.Event("large") with { Body = default, PayloadBlob = "missing" },
            CancellationToken.None);
        using var connection = QueueDatabase.Open(Open.Folder, create: false);

        var found = await new QueueEraser(connection, blobs, erased, conversations) { HasErasedRows = hasErasedRows }
            .EraseAsync(CancellationToken.None);

        Assert.Equal(hasErasedRows ? 1 : 0, found.Messages);
    }

    [AzuriteFact]
    public async Task A_queue_that_is_used_during_an_erasure_loses_and_repeats_nothing()
    {
        var (blobs, erased, conversations) = await EraseCustomerAsync();
        using var stop = new CancellationTokenSource();
        List<string> sent = [];
        var sending = Task.Run(async () =>
        {
            while (sent.Count < MaxSent && !stop.IsCancellationRequested)
            {
                var id = $"request-{sent.Count}";
                await Open.Queue.EnqueueAsync(
                    OpenQueue.Event(id) with { Body = Body("other", id), PayloadBlob = null }, CancellationToken.None);
                sent.Add(id);
                // Without a pause, other writers might never get a turn on a slow disk.
                await Task.Delay(Pause);
            }
        });
        for (var times = 0; times < 5; times++)
        {
            await EnqueueAsync(QueueNames.ConversationClosed, Body("customer", Words));
            using var connection = QueueDatabase.Open(Open.Folder, create: false);
            var eraser = new QueueEraser(connection, blobs, erased, conversations);
            Assert.Equal(1, (await eraser.EraseAsync(CancellationToken.None)).Messages);
            Assert.False(HasWords());
        }

        await stop.CancelAsync();
        await sending;
        List<string> received = [];
        while (await Open.ReceiveDueIdsAsync() is { Length: > 0 } ids) received.AddRange(ids);
        Assert.Equal(sent, received);
    }

    [AzuriteFact]
    public async Task A_dead_letter_whose_blob_is_gone_is_erased()
    {
        var (blobs, erased, conversations) = await EraseCustomerAsync();
        await Open.EnqueueAsync("one");
        await Open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "The blob is missing."));

        using var connection = QueueDatabase.Open(Open.Folder, create: false);
        var eraser = new QueueEraser(connection, blobs, erased, conversations);
        Assert.Equal(new ErasedFromQueue(0, 1), await eraser.EraseAsync(CancellationToken.None));
    }

    [AzuriteFact]
    public async Task The_conversation_of_an_erased_dead_letter_is_erased_with_all_its_events()
    {
        var (blobs, erased, conversations) = await EraseCustomerAsync();
        // The first event does not name the customer.
        foreach (var customer in new[] { "other", "customer" })
        {
            var body = Encoding.UTF8.GetString(PayloadFiles.InShop("conversation.replied", shopId))
                .Replace("YX6HM6Sfbt4GvbvZb", customer, StringComparison.Ordinal);
            await EnqueueAsync(QueueNames.ConversationReplied, Encoding.UTF8.GetBytes(body));
            await Open.SettleDueAsync(new Settlement.DeadLetter("Failed", "broken"));
        }

        using var connection = QueueDatabase.Open(Open.Folder, create: false);
        var eraser = new QueueEraser(connection, blobs, erased, conversations);
        Assert.Equal(new ErasedFromQueue(0, 2), await eraser.EraseAsync(CancellationToken.None));

        Assert.Empty(DeadLetterRows.List(connection));
    }

    private async Task<(IPayloadStore, ErasureLookup, StrayConversations)> EraseCustomerAsync()
    {
        var storage = PipelineStorage.FromConnectionString(azurite.ConnectionString);
        await storage.CreateIfNotExistsAsync(CancellationToken.None);
        var (blobs, table) = (new BlobPayloadStore(storage.Payloads), storage.Conversations);
        await new Eraser(storage, new PayloadReader(blobs), TimeProvider.System).EraseAsync(
            new ErasureRequest.OfCustomer(shopId, "customer", Now), progress: null, CancellationToken.None);
        return (blobs, new ErasureLookup(table) { Remembers = true },
            new StrayConversations(table, new PayloadReader(blobs), TimeProvider.System));
    }

    private Task EnqueueAsync(string queue, byte[] body) => Open.Queue.EnqueueAsync(
        OpenQueue.Event(Encoding.UTF8.GetString(body).Contains("customer", StringComparison.Ordinal) ? "one" : "other", queue)
            with
        { Body = body, PayloadBlob = null }, CancellationToken.None);

    private byte[] Body(string customerId, string words) => Encoding.UTF8.GetBytes($$$"""
        {"requestId":"r","eventName":"conversation.replied",
        "payload":{"shopId":"{{{shopId}}}","id":"{{{customerId}}}","x":"{{{words}}}"}}
        """);

    private bool HasWords() => FileBytes.Has(Open.Folder, Words);
}
