using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

[Collection(Azurite.Name)]
public sealed class BatchTests(AzuriteFixture azurite)
{
    private readonly RequestLog log = new();

    [AzuriteFact]
    public async Task A_lone_event_takes_one_read_and_one_transaction()
    {
        var table = await TestTable.CreateAsync(azurite);
        var e = EventFactory.Reply("c", 1).ToQueued();

        Assert.Equal([new DeliveryOutcome.Applied()], await ProjectAsync(table, e));

        Assert.Equal((1, 1, 2), (log.PointReads, log.Transactions, log.Total));
        await table.AssertHasExactlyAsync(e);
    }

    [AzuriteFact]
    public async Task Fifty_events_of_ten_conversations_take_ten_reads_and_one_transaction()
    {
        var table = await TestTable.CreateAsync(azurite);
        var events = EventFactory.Batch(500, conversations: 10);

        foreach (var batch in events.Chunk(50))
        {
            log.Clear();
            Assert.All(await ProjectAsync(table, batch), outcome => Assert.IsType<DeliveryOutcome.Applied>(outcome));
            Assert.Equal((10, 1, 11), (log.PointReads, log.Transactions, log.Total));
        }

        await table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task Fifty_events_of_fifty_known_conversations_fill_two_transactions()
    {
        var table = await TestTable.CreateAsync(azurite);
        var events = EventFactory.Batch(100, conversations: 50);
        await table.ProjectAsync(events[..50]);

        await ProjectAsync(table, events[50..]);

        // Four rows each: the conversation, its new place in the list, its old one, and the event.
        Assert.Equal((50, 2, 52), (log.PointReads, log.Transactions, log.Total));
        await table.AssertHasExactlyAsync(events);
    }

    [AzuriteTheory]
    [InlineData(95, 1)]
    [InlineData(96, 2)]
    public async Task A_transaction_has_room_for_100_rows(int events, int transactions)
    {
        var table = await TestTable.CreateAsync(azurite);
        // Each conversation has two rows beside its events.
        QueuedEvent[] batch = [.. EventFactory.Batch(events, conversations: 1), EventFactory.Reply("other", 1).ToQueued()];

        Assert.All(await ProjectAsync(table, batch), outcome => Assert.IsType<DeliveryOutcome.Applied>(outcome));

        Assert.Equal((2, transactions), (log.PointReads, log.Transactions));
        await table.AssertHasExactlyAsync(batch);
    }

    [AzuriteFact]
    public async Task A_batch_delivered_again_is_found_out_by_one_transaction_and_a_read_an_event()
    {
        var table = await TestTable.CreateAsync(azurite);
        var batch = EventFactory.Batch(50, conversations: 10);
        await table.ProjectAsync(batch);

        Assert.All(await ProjectAsync(table, batch), outcome => Assert.IsType<DeliveryOutcome.Duplicate>(outcome));

        Assert.Equal((10 + 50, 1, 61), (log.PointReads, log.Transactions, log.Total));
        await table.AssertHasExactlyAsync(batch);
    }

    [AzuriteFact]
    public async Task What_is_new_in_a_batch_delivered_again_is_applied()
    {
        var table = await TestTable.CreateAsync(azurite);
        var batch = EventFactory.Batch(50, conversations: 10);
        await table.ProjectAsync(batch[..20]);

        var outcomes = await ProjectAsync(table, batch);

        Assert.All(outcomes.Take(20), outcome => Assert.IsType<DeliveryOutcome.Duplicate>(outcome));
        Assert.All(outcomes.Skip(20), outcome => Assert.IsType<DeliveryOutcome.Applied>(outcome));
        Assert.Equal((10 + 50, 2, 62), (log.PointReads, log.Transactions, log.Total));
        await table.AssertHasExactlyAsync(batch);
    }

    [AzuriteTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_order_repetition_and_batching_give_the_same_rows(int seed)
    {
        var (table, random) = (await TestTable.CreateAsync(azurite), new Random(seed));
        var events = EventFactory.Batch(100, conversations: 6);
        QueuedEvent[] deliveries = [.. events, .. events];
        random.Shuffle(deliveries);

        for (var left = deliveries.AsEnumerable(); left.Any();)
        {
            var size = random.Next(1, 60);
            await table.ProjectAsync([.. left.Take(size)]);
            left = left.Skip(size);
        }

        await table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task A_repetition_within_a_batch_is_a_duplicate()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (first, second) = (EventFactory.Reply("c", 1).ToQueued(), EventFactory.Reply("c", 2).ToQueued());

        Assert.Equal([new DeliveryOutcome.Applied(), new DeliveryOutcome.Duplicate(), new DeliveryOutcome.Applied()],
            await ProjectAsync(table, first, first, second));

        Assert.Equal(1, log.Transactions);
        await table.AssertHasExactlyAsync(first, second);
    }

    [AzuriteFact]
    public async Task A_conversation_with_more_events_than_a_transaction_has_room_for_takes_several()
    {
        var table = await TestTable.CreateAsync(azurite);
        var events = EventFactory.Batch(151, conversations: 1);
        await table.ProjectAsync(events[0]);

        Assert.All(await ProjectAsync(table, events[1..]), outcome => Assert.IsType<DeliveryOutcome.Applied>(outcome));

        Assert.Equal((2, 2, 4), (log.PointReads, log.Transactions, log.Total));
        await table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task An_older_event_leaves_the_conversation_where_it_is_in_the_list()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (older, newer) = (EventFactory.Reply("c", 1).ToQueued(), EventFactory.Reply("c", 2).ToQueued());

        await table.ProjectAsync(newer);
        Assert.Equal([new DeliveryOutcome.Applied()], await ProjectAsync(table, older));

        await table.AssertHasExactlyAsync(older, newer);
    }

    [AzuriteFact]
    public async Task Shops_that_share_the_id_of_a_conversation_do_not_meet()
    {
        var table = await TestTable.CreateAsync(azurite);
        var events = Enumerable.Range(0, 30).Select(index => EventFactory.Reply("c", index / 3,
            item => item.Parent!["shopId"] = $"shop-{index % 3}").ToQueued()).ToArray();

        Assert.All(await ProjectAsync(table, events), outcome => Assert.IsType<DeliveryOutcome.Applied>(outcome));

        Assert.Equal((3, 3, 6), (log.PointReads, log.Transactions, log.Total));
        await table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task What_is_no_event_leaves_the_others_of_its_batch_alone()
    {
        var table = await TestTable.CreateAsync(azurite);
        var e = EventFactory.Reply("c", 1).ToQueued();

        var outcomes = await ProjectAsync(table, e with { Body = "{}"u8.ToArray() }, e, e with { Body = PayloadWithoutItem() });

        Assert.IsType<DeliveryOutcome.NeverProjectable>(outcomes[0]);
        Assert.IsType<DeliveryOutcome.Applied>(outcomes[1]);
        Assert.IsType<DeliveryOutcome.NeverProjectable>(outcomes[2]);
        await table.AssertHasExactlyAsync(e);
    }

    private Task<IReadOnlyList<DeliveryOutcome>> ProjectAsync(TestTable table, params IReadOnlyList<QueuedEvent> batch) =>
        table.Projector(log).ProjectAsync(batch, CancellationToken.None);

    private static byte[] PayloadWithoutItem() =>
        """{"requestId":"r","eventName":"conversation.replied","payload":{"shopId":"shop"}}"""u8.ToArray();
}
