using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Maintenance;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>Rows of version 1 in this version, and rows of this version in version 1.</summary>
public sealed class Version1Tests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly ErasureRequest Request =
        new ErasureRequest.OfConversation(EventFactory.ShopId, "c", EventFactory.Start.AddSeconds(5));

    [AzuriteTheory]
    [InlineData(1)]
    [InlineData(9)]
    public async Task Version_1_cannot_take_what_is_left_of_a_conversation_for_a_whole_one(int second)
    {
        await Table.ProjectAsync(Reply("c", 1), Reply("c", second));
        var before = await RowAsync();
        Assert.Equal(ConversationRow.FromEntity(before), ConversationRowOfVersion1.FromEntity(before));

        await Table.Eraser().EraseAsync(Request, progress: null, CancellationToken.None);

        var row = await RowAsync();
        Assert.Equal(second == 1, ConversationRow.IsTombstone(row));
        Assert.Throws<InvalidOperationException>(() => ConversationRowOfVersion1.FromEntity(row));
    }

    [AzuriteFact]
    public async Task A_row_of_version_1_is_read_as_it_is_and_is_no_reason_for_a_rebuild()
    {
        await Table.ProjectAsync(Reply("c", 1));
        foreach (var prefix in new[] { "conversation_", "recent_", "timeline_" })
        {
            var row = Assert.Single(await Table.RowsAsync(prefix));
            row["SchemaVersion"] = 1;
            await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        }

        Assert.Equal(new RebuildOutcome.Unchanged(), await Table.Rebuilder().RebuildAsync(
            EventFactory.ShopId, "c", dryRun: false, CancellationToken.None));
        AssertAll<DeliveryOutcome.Applied>(await ProjectAsync([Reply("c", 2)]));
        Assert.Equal(2, (await RowAsync()).GetInt32("Events"));
    }

    private async Task<TableEntity> RowAsync() => Assert.Single(await Table.RowsAsync("conversation_"));
}
