using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

public sealed class CustomerErasureTests(AzuriteFixture azurite) : ErasingTests(azurite)
{
    [AzuriteFact]
    public async Task Erasing_a_customer_erases_exactly_the_conversations_that_name_them()
    {
        await Table.ProjectAsync(
            Message("c", "mine", 1), Message("c", "merged", 1), Message("d", "merged", 2),
            // The customer wrote in another customer's conversation.
            EventFactory.Reply("actor", 1, item =>
            {
                item.Parent!["conversation"]!["customerId"] = "d";
                item["reference"]!["type"] = "contact";
                item["reference"]!["_id"] = "c";
            }).ToQueued(),
            Message("d", "untouched", 1), Message("c", "later", 4000));

        await EraseAsync(new ErasureRequest.OfCustomer(Shop, "c", Now));

        var live = (await Table.RowsAsync("conversation_")).Where(row => !ConversationRow.IsTombstone(row));
        Assert.Equal(["later", "untouched"], live.Select(row => row.GetString("ConversationId")));
        Assert.Equal(2, (await Table.RowsAsync("timeline_")).Count);

        static QueuedEvent Message(string customerId, string conversationId, int second) => EventFactory.Reply(
            conversationId, second, item => item.Parent!["conversation"]!["customerId"] = customerId).ToQueued();
    }

    [AzuriteFact]
    public async Task An_event_that_names_an_erased_customer_erases_the_earlier_events_of_its_conversation()
    {
        await EraseAsync(new ErasureRequest.OfCustomer(Shop, "customer", Now));
        await Table.ProjectAsync(Anonymous(1), Anonymous(2));
        Assert.Equal(2, (await Table.RowsAsync("timeline_")).Count);

        Assert.Equal([new DeliveryOutcome.Erased()], await ProjectAsync([Named(3)]));

        Assert.Empty(await Table.RowsAsync("timeline_"));
        Assert.Empty(await Table.RowsAsync("recent_"));
        Assert.True(ConversationRow.IsTombstone(Assert.Single(await Table.RowsAsync("conversation_"))));

        QueuedEvent Anonymous(int second) => EventFactory.Reply(
            "c", second, item => item.Parent!["conversation"]!.AsObject().Remove("customerId")).ToQueued();
        QueuedEvent Named(int second) => EventFactory.Reply(
            "c", second, item => item.Parent!["conversation"]!["customerId"] = "customer").ToQueued();
    }

    [AzuriteFact]
    public async Task A_stray_blob_of_the_customer_is_erased_and_one_with_the_id_in_another_field_stays()
    {
        // For the projector, these two are not the customer's either.
        var named = await ReceiveAsync(Large("named", item => item["pageTitle"] = "customer"));
        await Table.ProjectAsync(named);
        var agents = await ReceiveAsync(Large("unnamed", item => item.Parent!["conversation"]!["assignedTo"] = "customer"));
        var customers = await ReceiveAsync(Large("theirs", item => item.Parent!["conversation"]!["customerId"] = "customer"));

        var receipt = await EraseAsync(new ErasureRequest.OfCustomer(Shop, "customer", Now));

        Assert.Equal(new ErasureReceipt { Blobs = 1 }, receipt);
        Assert.NotNull(await Table.Payloads.GetAsync(named.PayloadBlob!, CancellationToken.None));
        Assert.NotNull(await Table.Payloads.GetAsync(agents.PayloadBlob!, CancellationToken.None));
        Assert.Null(await Table.Payloads.GetAsync(customers.PayloadBlob!, CancellationToken.None));

        static byte[] Large(string conversation, Action<System.Text.Json.Nodes.JsonObject> change) =>
            EventFactory.Reply(conversation, 1, item =>
            {
                item["body"] = new string('x', 200_000);
                change(item);
            });
    }
}
