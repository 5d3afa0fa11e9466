using System.Security.Cryptography;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Fuzzing;

/// <summary>Projects some hundred of the same mutations into a real store.</summary>
[Collection(SharedAzurite.Name)]
public sealed class StoredFuzzTests(AzuriteFixture azurite)
{
    private const int Count = 600;
    private const int Seed = 2;
    private const int BatchSize = 50;

    [AzuriteFact]
    public async Task Every_event_that_is_queued_is_found_in_a_row()
    {
        var storage = PipelineStorage.FromConnectionString(azurite.ConnectionString);
        await storage.CreateIfNotExistsAsync(CancellationToken.None);
        var payloads = new BlobPayloadStore(storage.Payloads);
        var reader = new PayloadReader(payloads);
        var processor = new DeliveryProcessor(
            new Projector(storage, reader, TestMetrics.Projecting, TimeProvider.System),
            new UnprojectedEventStore(storage, reader, TimeProvider.System),
            TestMetrics.Projecting);

        var receiver = new TestReceiver(payloads);
        Dictionary<QueuedEvent, byte[]> bodies = new(ReferenceEqualityComparer.Instance);
        for (var number = 0; number < Count; number++)
        {
            var before = receiver.Queued.Count;
            await receiver.ReceiveAsync(Mutations.Body(Seed, number));
            if (receiver.Queued.Count > before) bodies.Add(receiver.Queued[^1], Mutations.Body(Seed, number));
        }

        Assert.InRange(receiver.Queued.Count, Count / 4, Count);
        foreach (var queue in receiver.Queued.GroupBy(queued => queued.Queue))
        {
            foreach (var batch in queue.Chunk(BatchSize))
            {
                var processed = await processor.ProcessAsync(
                    queue.Key, [.. batch.Select(queued => new Delivery(queued, Failures: 0))], CancellationToken.None);
                Assert.All(processed, each => Assert.Equal(new Settlement.Complete(), each.Settlement));
            }
        }

        foreach (var queued in receiver.Queued)
        {
            var raw = bodies[queued];
            var kept = await storage.UnprojectedEvents.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.Escape(queued.EventName), Convert.ToHexString(SHA256.HashData(raw)));
            if (kept.HasValue)
            {
                Assert.Equal(raw, await RawOf(kept.Value!));
                continue;
            }

            Assert.NotEqual(QueueNames.UnprojectedEvents, queued.Queue);
            TableEntity row = await storage.Conversations.Client.GetEntityAsync<TableEntity>(
                TableKeys.Escape(raw.ToEvent().ShopId), TableKeys.Timeline(raw.ToEvent().Identity));
            var standing = (await RawOf(row))!.ToEvent();
            // Mutations of one sample are of the same item. Another telling of it stands only if it says the same.
            Assert.True(standing.RequestId == raw.ToEvent().RequestId || ItemContent.IsSame(standing.Item, raw.ToEvent().Item));
        }

        await EachConversationShouldBeItsTimeline(storage.Conversations.Client);

        async Task<byte[]?> RawOf(TableEntity row) =>
            row.GetBytes("Raw") ?? await payloads.GetAsync(row.GetString("RawBlob"), CancellationToken.None);
    }

    // A fold of the raw events gives the row, even if mutations merged several conversations.
    private static async Task EachConversationShouldBeItsTimeline(TableClient table)
    {
        var shop = TableKeys.Escape($"fuzz-{Seed}");
        var rows = await table.QueryAsync<TableEntity>(row => row.PartitionKey == shop).ToListAsync();
        foreach (var conversation in rows.Where(row => row.RowKey.StartsWith("conversation_", StringComparison.Ordinal)))
        {
            var timeline = KeyRange.From(TableKeys.TimelinePrefix(conversation.GetString("ConversationId")));
            var entries = rows.FindAll(row => timeline.Contains(row.RowKey));
            if (entries.Exists(row => row.ContainsKey("RawBlob"))) continue;
            var state = entries.Select(row => row.GetBytes("Raw")!.ToEvent()).Fold();
            Assert.Equal(ConversationRow.FromEntity(ConversationRow.ToEntity(state)), ConversationRow.FromEntity(conversation));
        }
    }
}
