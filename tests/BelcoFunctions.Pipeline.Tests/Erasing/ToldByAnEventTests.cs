using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>Only an event that is in no timeline names the customer of a conversation.</summary>
public sealed class ToldByAnEventTests(AzuriteFixture azurite) : ErasingTests(azurite)
{
    private static readonly ErasureRequest OfCustomer = new ErasureRequest.OfCustomer(Shop, "customer", Now);

    [AzuriteFact]
    public async Task The_run_that_erases_its_conversation_also_finishes_it()
    {
        await Table.ProjectAsync(Reply("c", 1));
        await KeepAsync(Message("c", "customer", 2));
        // These events do not name the customer. One is checked before the event that does, and one after it.
        await KeepAsync("""{"requestId":"1","eventName":"a.first","payload":{"shopId":"shop","of":["c"]}}""");
        await KeepAsync("""{"requestId":"2","eventName":"z.last","payload":{"shopId":"shop","of":["c"]}}""");

        var counted = await CountAsync(OfCustomer);
        var receipt = await EraseAsync(OfCustomer);

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 1, UnprojectedEvents = 3 }, receipt);
        Assert.Equal(counted, receipt);
        var tombstone = Assert.Single(await Table.RowsAsync("conversation_"));
        Assert.True(ConversationRow.IsTombstone(tombstone));
        Assert.DoesNotContain("ErasureUnfinished", tombstone.Keys);
        Assert.Empty(await Table.Unprojected().QueryAsync<TableEntity>().ToListAsync());
    }
}
