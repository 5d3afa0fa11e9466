using System.Text;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Maintenance;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>Only an event that is in no timeline says whose a conversation is.</summary>
public sealed class ToldByAnEventTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const string Shop = EventFactory.ShopId;

    private static readonly ErasureRequest OfCustomer =
        new ErasureRequest.OfCustomer(Shop, "customer", EventFactory.Start.AddHours(1));

    [AzuriteFact]
    public async Task The_run_that_erases_its_conversation_also_finishes_it()
    {
        await Table.ProjectAsync(Reply("c", 1));
        var telling = EventFactory.Reply("c", 2, item => item.Parent!["conversation"]!["customerId"] = "customer").ToQueued();
        await KeepAsync(telling);
        // It says nothing of the customer. It is judged before the event that says it, or after: both are in one query.
        await KeepAsync("""{"requestId":"1","eventName":"a.first","payload":{"shopId":"shop","of":["c"]}}""");
        await KeepAsync("""{"requestId":"2","eventName":"z.last","payload":{"shopId":"shop","of":["c"]}}""");

        var counted = await Table.Eraser().CountAsync(
            OfCustomer, new ErasedEvents(new ConversationTable(Table.Client())), CancellationToken.None);
        var receipt = await Table.Eraser().EraseAsync(OfCustomer, progress: null, CancellationToken.None);

        Assert.Equal(new ErasureReceipt(1, 1, 3, 0, 0), receipt);
        Assert.Equal(counted, receipt);
        var tombstone = Assert.Single(await Table.RowsAsync("conversation_"));
        Assert.True(ConversationRow.IsTombstone(tombstone));
        Assert.DoesNotContain("ErasureUnfinished", tombstone.Keys);
        Assert.Empty(await Table.Unprojected().QueryAsync<TableEntity>().ToListAsync());
    }

    private async Task KeepAsync(string body) => await KeepAsync(await ReceiveAsync(Encoding.UTF8.GetBytes(body)));

    private async Task KeepAsync(QueuedEvent queued) => AssertAll<DeliveryOutcome.Applied>(
        await Table.UnprojectedStore().KeepAsync(
            [queued with { Queue = QueueNames.UnprojectedEvents }], CancellationToken.None));
}
