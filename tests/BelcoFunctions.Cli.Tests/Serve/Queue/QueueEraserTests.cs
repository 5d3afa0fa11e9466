using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Testing.Storage;

namespace BelcoFunctions.Cli.Tests.Serve.Queue;

/// <summary>Erased data leaves no byte in the queue file.</summary>
[Collection(SharedAzurite.Name)]
public sealed class QueueEraserTests(AzuriteFixture azurite) : QueueTests
{
    private const int MaxSent = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private const string Words = "these-are-the-words";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private const string ShopId = "shop";

    [AzuriteTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_erasing_only_waiting_events_of_a_running_serve_remain_in_the_file(bool isAlone)
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
        var eraser = new QueueEraser(connection, blobs, erased, conversations) { IsAlone = isAlone };
        Assert.Equal(new ErasedFromQueue(4, 2), await eraser.CountAsync(CancellationToken.None));
        Assert.True(HasWords());

        // The queue stays open, as in a running serve.
        Assert.Equal(new ErasedFromQueue(isAlone ? 4 : 2, 2) { ErasedByServe = isAlone ? 0 : 2 },
            await eraser.EraseAsync(CancellationToken.None));

        Assert.Equal(isAlone ? ["other"] : ["one", "other", "large"], await Open.ReceiveDueIdsAsync());
        // Serve erases and completes the others.
        var waiting = (await Open.ReceiveDueAsync()).Where(delivery => delivery.Event.RequestId != "other");
        await Open.Queue.SettleAsync([.. waiting.Select(delivery => (delivery, (Settlement)new Settlement.Complete()))]);
        if (!isAlone) await eraser.EraseAsync(CancellationToken.None);
        Assert.False(HasWords());
        Assert.Equal(new ErasedFromQueue(0, 0), await eraser.CountAsync(CancellationToken.None));
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

        var found = await new QueueEraser(connection, blobs, erased, conversations)
        {
            HasErasedRows = hasErasedRows,
            IsAlone = true,
        }.EraseAsync(CancellationToken.None);

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
            const string Closed = QueueNames.ConversationClosed;
            await EnqueueAsync(Closed, Body("customer", Words));
            await Open.Queue.SettleAsync([(Assert.Single(await Open.ReceiveDueAsync(Closed)), new Settlement.Complete())]);
            using var connection = QueueDatabase.Open(Open.Folder, create: false);
            var eraser = new QueueEraser(connection, blobs, erased, conversations);
            Assert.Equal(1, (await eraser.EraseAsync(CancellationToken.None)).Messages);
            Assert.False(HasWords());
        }

        await stop.CancelAsync();
        await sending;
        List<string> received = [];
        while (await Open.ReceiveDueAsync() is { Count: > 0 } batch)
        {
            received.AddRange(batch.Select(delivery => delivery.Event.RequestId));
            await Open.Queue.SettleAsync([.. batch.Select(delivery => (delivery, (Settlement)new Settlement.Complete()))]);
        }

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
            var body = Encoding.UTF8.GetString(PayloadFiles.InShop("conversation.replied", ShopId))
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
        // The tables that the other tests share are large by now. Azurite reads all of a table for each query.
        var storage = (await TestTable.CreateAsync(azurite)).Storage();
        var (blobs, table) = (new BlobPayloadStore(storage.Payloads), storage.Conversations);
        await new Eraser(storage, new PayloadReader(blobs), TimeProvider.System).EraseAsync(
            new ErasureRequest.OfCustomer(ShopId, "customer", Now), progress: null, CancellationToken.None);
        return (blobs, new ErasureLookup(table) { Remembers = true },
            new StrayConversations(table, new PayloadReader(blobs), TimeProvider.System));
    }

    private Task EnqueueAsync(string queue, byte[] body) => Open.Queue.EnqueueAsync(
        OpenQueue.Event(Encoding.UTF8.GetString(body).Contains("customer", StringComparison.Ordinal) ? "one" : "other", queue)
            with
        { Body = body, PayloadBlob = null }, CancellationToken.None);

    private static byte[] Body(string customerId, string words) => Encoding.UTF8.GetBytes($$$"""
        {"requestId":"r","eventName":"conversation.replied",
        "payload":{"shopId":"{{{ShopId}}}","id":"{{{customerId}}}","x":"{{{words}}}"}}
        """);

    private bool HasWords() => FileBytes.Has(Open.Folder, Words);
}
