using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Maintenance;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>Rows of another version are refused, older ones too.</summary>
public sealed class AnotherVersionTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly ErasureRequest Request =
        new ErasureRequest.OfConversation(EventFactory.ShopId, "c", EventFactory.Start.AddSeconds(5));

    [AzuriteTheory]
    [InlineData(RowValues.SchemaVersion - 1)]
    [InlineData(RowValues.SchemaVersion + 1)]
    public async Task A_row_of_another_version_is_refused_with_a_sentence_and_stays(int version)
    {
        await Table.ProjectAsync(Reply("c", 1));
        var row = Assert.Single(await Table.RowsAsync("conversation_"));
        row["SchemaVersion"] = version;
        await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        var before = await RowAsync();

        var outcome = Assert.IsType<DeliveryOutcome.RetryLater>(Assert.Single(await ProjectAsync([Reply("c", 2)])));
        Assert.Contains("export the events with that version of belco", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(new RebuildOutcome.Failed("another version wrote it"), await Table.Rebuilder().RebuildAsync(
            EventFactory.ShopId, "c", dryRun: false, CancellationToken.None));
        Assert.Equal(1, (await Table.Eraser().EraseAsync(Request, progress: null, CancellationToken.None)).Remaining);

        Assert.Equal(before.ETag, (await RowAsync()).ETag);
    }

    private async Task<TableEntity> RowAsync() => Assert.Single(await Table.RowsAsync("conversation_"));
}
