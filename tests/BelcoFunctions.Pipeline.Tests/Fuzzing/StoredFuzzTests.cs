using System.Security.Cryptography;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Tests.Receiving;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Fuzzing;

/// <summary>Some hundred of the same mutations, all the way into a store.</summary>
[Collection(Azurite.Name)]
public sealed class StoredFuzzTests(AzuriteFixture azurite)
{
    private const int Count = 600;
    private const int Seed = 2;
    private const int BatchSize = 50;

    [AzuriteFact]
    public async Task Whatever_is_taken_is_found_in_a_row()
    {
        var storage = PipelineStorage.FromConnectionString(azurite.ConnectionString);
        await storage.CreateIfNotExistsAsync(CancellationToken.None);
        var payloads = new BlobPayloadStore(storage.Payloads);
        var reader = new PayloadReader(payloads);
        var processor = new DeliveryProcessor(
            new Projector(new ConversationTable(storage.Conversations), reader, TestMetrics.Projecting, TimeProvider.System),
            new UnprojectedEventStore(storage.UnprojectedEvents, reader), TestMetrics.Projecting);

        var taken = await TakeAsync(payloads);
        Assert.InRange(taken.Count, Count / 4, Count);
        foreach (var queue in taken.GroupBy(one => one.Queued.Queue))
        {
            foreach (var batch in queue.Chunk(BatchSize))
            {
                var settlements = await processor.ProcessAsync(
                    queue.Key, [.. batch.Select(one => new Delivery(one.Queued, Failures: 0))], CancellationToken.None);
                Assert.All(settlements, settlement => Assert.Equal(new Settlement.Complete(), settlement));
            }
        }

        foreach (var (queued, raw) in taken)
        {
            var row = queued.Queue is QueueNames.UnprojectedEvents
                ? await FindAsync(
                    storage.UnprojectedEvents, TableKeys.Escape(queued.EventName), Convert.ToHexString(SHA256.HashData(raw)))
                : await FindAsync(storage.Conversations, raw.ToEvent().Identity);
            Assert.Equal(raw, row.GetBytes("Raw") ?? await payloads.GetAsync(row.GetString("RawBlob"), CancellationToken.None));
        }

        await EachConversationShouldBeItsTimeline(storage.Conversations);
    }

    private static async Task<List<(QueuedEvent Queued, byte[] Raw)>> TakeAsync(BlobPayloadStore payloads)
    {
        List<(QueuedEvent, byte[])> taken = [];
        for (var number = 0; number < Count; number++)
        {
            var received = await Door.ReceiveAsync(Mutations.Body(Seed, number));
            if (received is not { Queued: { } queued, Raw: { } raw }) continue;
            var blob = queued.PayloadBlob is null ? null : await payloads.PutAsync(raw, CancellationToken.None);
            taken.Add((queued with { PayloadBlob = blob }, raw));
        }

        return taken;
    }

    // A fold of the raw events alone gives the row, also where mutations made one conversation of many.
    private static async Task EachConversationShouldBeItsTimeline(TableClient table)
    {
        var shop = TableKeys.Escape($"fuzz-{Seed}");
        var rows = await table.QueryAsync<TableEntity>(row => row.PartitionKey == shop).ToListAsync();
        foreach (var conversation in rows.Where(row => row.RowKey.StartsWith("conversation_", StringComparison.Ordinal)))
        {
            var timeline = KeyRange.Of(TableKeys.TimelinePrefix(conversation.GetString("ConversationId")));
            var entries = rows.FindAll(row => timeline.Contains(row.RowKey));
            if (entries.Exists(row => row.ContainsKey("RawBlob"))) continue;
            var nothing = new ConversationState(conversation.GetString("ShopId"), conversation.GetString("ConversationId"));
            var state = entries.Select(row => row.GetBytes("Raw")!.ToEvent()).Aggregate(nothing, (folded, e) => folded.Apply(e));
            Assert.Equal(ConversationRow.FromEntity(ConversationRow.ToEntity(state)), ConversationRow.FromEntity(conversation));
        }
    }

    private static Task<TableEntity> FindAsync(TableClient table, EventIdentity e) =>
        FindAsync(table, TableKeys.Escape(e.ShopId), TableKeys.Timeline(e));

    private static async Task<TableEntity> FindAsync(TableClient table, string partitionKey, string rowKey) =>
        (await table.GetEntityAsync<TableEntity>(partitionKey, rowKey)).Value;
}
