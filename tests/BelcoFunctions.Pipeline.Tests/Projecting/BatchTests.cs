namespace BelcoFunctions.Pipeline.Tests.Projecting;

public sealed class BatchTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [AzuriteTheory]
    // Conversations that are new share the row of their customer.
    [InlineData(0, 1, 1, 1, 1)]
    [InlineData(0, 50, 10, 1, 1)]
    [InlineData(450, 50, 10, 0, 1)]
    // Four rows each: the conversation, its new and its old place in the list, and the event.
    [InlineData(50, 50, 50, 0, 2)]
    // A transaction has room for 97 events of one known conversation.
    [InlineData(1, 150, 1, 0, 2)]
    public async Task A_batch_takes_a_read_per_conversation_and_new_customer_and_few_transactions(
        int before, int batch, int conversations, int newCustomers, int transactions)
    {
        var events = EventFactory.Batch(before + batch, conversations);
        await Table.ProjectAsync(events[..before]);

        AssertAll<DeliveryOutcome.Projected>(await ProjectAsync(events[before..]));

        var reads = conversations + newCustomers;
        Assert.Equal((reads, transactions, reads + transactions),
            (Log.PointReads, Log.Transactions, Log.Total));
        await Table.AssertHasExactlyAsync(events);
    }

    [AzuriteTheory]
    [InlineData(94, 1)]
    [InlineData(95, 2)]
    public async Task A_transaction_has_room_for_100_rows(int events, int transactions)
    {
        // Each conversation has two rows beside its events, and both have the same customer.
        QueuedEvent[] batch = [.. EventFactory.Batch(events, conversations: 1), Reply("other", 1)];

        AssertAll<DeliveryOutcome.Projected>(await ProjectAsync(batch));

        Assert.Equal((3, transactions), (Log.PointReads, Log.Transactions));
        await Table.AssertHasExactlyAsync(batch);
    }

    [AzuriteTheory]
    [InlineData(50, 1)]
    [InlineData(20, 2)]
    public async Task A_batch_delivered_again_costs_a_read_per_event_and_only_its_new_events_are_projected(
        int known, int transactions)
    {
        var batch = EventFactory.Batch(50, conversations: 10);
        await Table.ProjectAsync(batch[..known]);

        var outcomes = await ProjectAsync(batch);

        AssertAll<DeliveryOutcome.Duplicate>(outcomes.Take(known));
        AssertAll<DeliveryOutcome.Projected>(outcomes.Skip(known));
        Assert.Equal((10 + 50, transactions, 60 + transactions), (Log.PointReads, Log.Transactions, Log.Total));
        await Table.AssertHasExactlyAsync(batch);
    }

    [AzuriteTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_order_repetition_and_batching_give_the_same_rows(int seed)
    {
        var random = new Random(seed);
        var events = EventFactory.Batch(100, conversations: 6);
        QueuedEvent[] deliveries = [.. events, .. events];
        random.Shuffle(deliveries);

        for (var left = deliveries.AsEnumerable(); left.Any();)
        {
            var size = random.Next(1, 60);
            await Table.ProjectAsync([.. left.Take(size)]);
            left = left.Skip(size);
        }

        await Table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task A_repetition_within_a_batch_is_a_duplicate()
    {
        var (first, second) = (Reply("c", 1), Reply("c", 2));

        Assert.Equal([new DeliveryOutcome.Projected(), new DeliveryOutcome.Duplicate(), new DeliveryOutcome.Projected()],
            await ProjectAsync([first, first, second]));

        Assert.Equal(1, Log.Transactions);
        await Table.AssertHasExactlyAsync(first, second);
    }

    [AzuriteFact]
    public async Task An_older_event_does_not_move_the_conversation_in_the_list()
    {
        var (older, newer) = (Reply("c", 1), Reply("c", 2));

        await Table.ProjectAsync(newer);
        Assert.Equal([new DeliveryOutcome.Projected()], await ProjectAsync([older]));

        await Table.AssertHasExactlyAsync(older, newer);
    }

    [AzuriteFact]
    public async Task Shops_may_share_the_id_of_a_conversation()
    {
        var events = Enumerable.Range(0, 30).Select(index => EventFactory.Reply("c", index / 3,
            item => item.Parent!["shopId"] = $"shop-{index % 3}").ToQueued()).ToArray();

        AssertAll<DeliveryOutcome.Projected>(await ProjectAsync(events));

        // Each shop has a conversation and a customer of its own.
        Assert.Equal((6, 3, 9), (Log.PointReads, Log.Transactions, Log.Total));
        await Table.AssertHasExactlyAsync(events);
    }

    [AzuriteTheory]
    [InlineData("{}")]
    [InlineData("""{"requestId":"r","eventName":"conversation.replied","payload":{"shopId":"shop"}}""")]
    public async Task A_body_that_is_not_an_event_does_not_affect_the_rest_of_its_batch(string body)
    {
        var e = Reply("c", 1);

        var outcomes = await ProjectAsync([e with { Body = System.Text.Encoding.UTF8.GetBytes(body) }, e]);

        Assert.IsType<DeliveryOutcome.NeverProjectable>(outcomes[0]);
        Assert.IsType<DeliveryOutcome.Projected>(outcomes[1]);
        await Table.AssertHasExactlyAsync(e);
    }
}
