using System.Net;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

public sealed class EraserTests(AzuriteFixture azurite) : ErasingTests(azurite)
{
    [AzuriteFact]
    public async Task A_conversation_becomes_a_tombstone_that_no_query_shows()
    {
        var other = Reply("other", 1);
        await Table.ProjectAsync(Reply("c", 1), Reply("c", 2), other);

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 2 }, await EraseAsync(OneConversation));

        var tombstone = (await Table.RowsAsync("conversation_")).Single(ConversationRow.IsTombstone);
        Assert.Equal(["ConversationId", "ErasedAt", "ErasedThrough", "ReceivedThrough", "SchemaVersion", "ShopId"],
            tombstone.Keys.Except(["odata.etag", "Timestamp", "PartitionKey", "RowKey"]).Order());
        Assert.Equal(Now, tombstone.GetDateTimeOffset("ErasedThrough"));
        Assert.Single(await Table.RowsAsync("timeline_"));
        var list = ReadApi.Json(await new ReadApi(Table).ListAsync());
        Assert.Equal("other", (string?)Assert.Single(list["conversations"]!.AsArray())!["conversationId"]);
        Assert.Equal(HttpStatusCode.NotFound, (await new ReadApi(Table).GetAsync("c")).Status);
        Assert.Equal(["other"], await Table.Rebuilder().ListAsync(Shop, CancellationToken.None)
            .Select(conversation => conversation.ConversationId).ToListAsync());
        Assert.Equal(new RebuildOutcome.Unchanged(),
            await Table.Rebuilder().RebuildAsync(Shop, "c", dryRun: false, CancellationToken.None));
    }

    [AzuriteFact]
    public async Task A_count_finds_what_an_erasure_erases_and_writes_nothing()
    {
        await Table.ProjectAsync(Reply("c", 2), await ReceiveAsync(EventFactory.ReplyOfSize(200_000)), Reply("other", 1));
        await KeepAsync("""{"requestId":"1","eventName":"contact.updated","payload":{"shopId":"shop","of":["c"]}}""");
        await KeepAsync("""{"requestId":"2","eventName":"contact.updated","payload":{"shopId":"shop","of":["d"]}}""");
        var before = (await Table.RowsAsync()).Select(row => row.ETag).ToList();
        var request = new ErasureRequest.OfConversation(Shop, "c", TestReceiver.Now);

        var counted = await Table.Eraser().CountAsync(request, Erased(), CancellationToken.None);

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 2, UnprojectedEvents = 1, Blobs = 1 }, counted);
        Assert.Equal(before, (await Table.RowsAsync()).Select(row => row.ETag));
        Assert.Equal(counted, await EraseAsync(request));
        Assert.True((await EraseAsync(request)).IsEmpty);
        Assert.True((await Table.Eraser().CountAsync(request, Erased(), CancellationToken.None)).IsEmpty);
        Assert.Empty(await Table.Container().GetBlobsAsync().ToListAsync());
        Assert.Single(await Table.Unprojected().QueryAsync<TableEntity>().ToListAsync());
    }

    [AzuriteFact]
    public async Task A_conversation_of_a_newer_version_stays_and_is_reported()
    {
        await Table.ProjectAsync(Reply("c", 1), Reply("d", 1));
        await Table.Client().UpsertEntityAsync(
            new TableEntity(Shop, "conversation_c") { ["SchemaVersion"] = RowValues.SchemaVersion + 1 });

        var receipt = await EraseAsync(new ErasureRequest.OfCustomer(Shop, "YX6HM6Sfbt4GvbvZb", Now));

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 1, Remaining = 1 }, receipt);
        Assert.Equal("c", Assert.Single(await Table.RowsAsync("timeline_")).GetString("ConversationId"));
    }

    [AzuriteFact]
    public async Task Hundreds_of_events_with_a_blob_among_them_are_deleted_and_later_ones_are_folded()
    {
        await Table.ProjectAsync([.. Enumerable.Range(2, 248).Select(second => Reply("c", second))]);
        await Table.ProjectAsync(await ReceiveAsync(EventFactory.ReplyOfSize(200_000)));

        var receipt = await EraseAsync(new ErasureRequest.OfConversation(Shop, "c", EventFactory.Start.AddSeconds(240)));

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 240, Blobs = 1, LaterEvents = 9 }, receipt);
        var row = Assert.Single(await Table.RowsAsync("conversation_"));
        Assert.Equal(9, row.GetInt32("Events"));
        Assert.Equal(new RebuildOutcome.Unchanged(),
            await Table.Rebuilder().RebuildAsync(Shop, "c", dryRun: false, CancellationToken.None));
        Assert.Single(await Table.RowsAsync("recent_"));
    }

    [AzuriteFact]
    public async Task A_conversation_whose_row_cannot_be_read_is_erased()
    {
        await Table.ProjectAsync(Reply("c", 1), Reply("c", 2));
        var row = Assert.Single(await Table.RowsAsync("conversation_"));
        row["Events"] = "two";
        await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        var counted = await Table.Eraser().CountAsync(OneConversation, Erased(), CancellationToken.None);

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 2 }, counted);
        Assert.Equal(counted, await EraseAsync(OneConversation));
        Assert.True(ConversationRow.IsTombstone(Assert.Single(await Table.RowsAsync("conversation_"))));
        Assert.Empty(await Table.RowsAsync("recent_"));
    }
}
