using System.Text;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>A row that is damaged or of another version does not stop the erasure of others, and is never reported as
/// erased.</summary>
public sealed class RowsThatCannotBeReadTests(AzuriteFixture azurite) : ErasingTests(azurite)
{
    [AzuriteFact]
    public async Task A_conversation_of_another_version_and_its_events_stay()
    {
        await Table.ProjectAsync(Reply("c", 1));
        await KeepAsync(Message("c", "customer", 2));
        await SetAsync("conversation_c", "SchemaVersion", RowValues.SchemaVersion + 1);

        var counted = await CountAsync(OneConversation);
        var receipt = await EraseAsync(OneConversation);

        Assert.Equal(1, receipt.Remaining);
        Assert.Equal(counted, receipt);
        Assert.Single(await Table.Unprojected().QueryAsync<TableEntity>().ToListAsync());
    }

    [AzuriteFact]
    public async Task The_other_conversations_of_its_customer_are_erased()
    {
        await Table.ProjectAsync(Message("c", "customer"), Message("d", "customer"));
        await KeepAsync(Message("c", "customer", 2));
        await SetAsync("conversation_c", "SchemaVersion", RowValues.SchemaVersion + 1);
        var request = new ErasureRequest.OfCustomer(Shop, "customer", Now);

        var counted = await CountAsync(request);
        var receipt = await EraseAsync(request);

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 1, Remaining = 1 }, receipt);
        Assert.Equal(counted, receipt);
        Assert.Equal("c", Assert.Single(await Table.RowsAsync("timeline_")).GetString("ConversationId"));
    }

    [AzuriteFact]
    public async Task The_leftovers_of_a_killed_erasure_are_erased_although_an_event_names_a_damaged_row()
    {
        await Table.ProjectAsync(Reply("c", 1));
        var timeline = Assert.Single(await Table.RowsAsync("timeline_"));
        await EraseAsync(OneConversation);
        await Table.Client().AddEntityAsync(timeline);
        await SetAsync("conversation_c", "ErasureUnfinished", true);
        await KeepAsync(Message("d", "customer"));
        await SetAsync(TableKeys.Customer("customer"), "ErasedThrough", "soon");

        var receipt = await Table.Eraser().FinishAsync(
            shopId: null, new(Table.Conversations()), CancellationToken.None);

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 1, Remaining = 1 }, receipt);
        Assert.Empty(await Table.RowsAsync("timeline_"));
        Assert.Contains("ErasureUnfinished", Assert.Single(await Table.RowsAsync("conversation_")).Keys);
    }

    [AzuriteTheory]
    [InlineData(Shop)]
    [InlineData("other")]
    public async Task Large_events_that_are_in_a_timeline_are_not_judged(string shop)
    {
        var large = await ReceiveAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(EventFactory.ReplyOfSize(200_000))
            .Replace($"\"shopId\":\"{Shop}\"", $"\"shopId\":\"{shop}\"", StringComparison.Ordinal)
            .Replace("\"_id\":\"c\"", "\"_id\":\"large\"", StringComparison.Ordinal)));
        AssertAll<DeliveryOutcome.Projected>(await Table.ProjectAsync(large, Reply("c", 1)));
        var customer = Assert.Single(await Table.Client().QueryAsync<TableEntity>($"PartitionKey eq '{shop}'")
            .Where(row => row.RowKey.StartsWith(TableKeys.CustomerPrefix, StringComparison.Ordinal)).ToListAsync());
        await SetAsync(customer.RowKey, "ErasedThrough", "soon", shop);

        var counted = await CountAsync(OneConversation);

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 1 }, counted);
        Assert.Equal(counted, await EraseAsync(OneConversation));
        Assert.Single(await Table.Container().GetBlobsAsync().ToListAsync());
    }
}
