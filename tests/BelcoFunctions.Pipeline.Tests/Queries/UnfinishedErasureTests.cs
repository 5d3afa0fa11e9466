using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Tests.Queries;

/// <summary>An erasure that was killed leaves timeline rows until the eraser finishes it.</summary>
public sealed class UnfinishedErasureTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [AzuriteFact]
    public async Task Rows_of_erased_events_are_not_shown()
    {
        await Table.ProjectAsync(Reply("c", 1), Reply("c", 10));
        var row = Assert.Single(await Table.RowsAsync("conversation_"));
        row["ErasedThrough"] = EventFactory.Start.AddSeconds(5);
        await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        var queries = new ConversationQueries(Table.Conversations());

        var shown = ReadApi.Json(await new ReadApi(Table).GetAsync("c"))["timeline"]!.AsArray();
        var conversation = await queries.GetConversationAsync(EventFactory.ShopId, "c", CancellationToken.None);
        var all = await queries.ReadTimelineAsync(conversation!, CancellationToken.None).ToListAsync();

        Assert.Equal("item-10", (string)Assert.Single(shown)!["itemId"]!);
        Assert.Equal("item-10", Assert.Single(all).ItemId);
    }
}
