using Azure.Data.Tables;
using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Projecting;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>What it costs to give a conversation a customer. If the customer is erased between the read and the write of an
/// event, the event is erased too.</summary>
public sealed class CustomerRowTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly DateTimeOffset Now = EventFactory.Start.AddHours(1);

    [AzuriteFact]
    public async Task Only_the_event_that_gives_a_conversation_a_customer_costs_another_read_and_row()
    {
        var (none, one, two) = ((string?)null, "one", "two");
        Assert.Equal((1, 1, 3), await CountAsync(Message(none, 1)));
        Assert.Equal((2, 1, 5), await CountAsync(Message(one, 2)));
        Assert.Equal((1, 1, 4), await CountAsync(Message(one, 3)));
        // A missing customer changes nothing.
        Assert.Equal((1, 1, 4), await CountAsync(Message(none, 4)));
        Assert.Equal((2, 1, 5), await CountAsync(Message(two, 5)));
        // An older event changes nothing, but still belongs to its customer.
        Assert.Equal((2, 1, 4), await CountAsync(Message(one, 0)));

        Task<(int Reads, int Transactions, int Rows)> CountAsync(QueuedEvent e) => this.CountAsync(Table.Projector(Log), e);
    }

    [AzuriteFact]
    public async Task A_projector_that_remembers_conversations_reads_only_new_customers()
    {
        using var memory = new ConversationMemory();
        var projector = Table.RememberingProjector(memory, Log);
        Assert.Equal((2, 1, 4), await CountAsync(projector, Message("one", 1)));
        Assert.Equal((0, 1, 4), await CountAsync(projector, Message("one", 2)));
        Assert.Equal((1, 1, 5), await CountAsync(projector, Message("two", 3)));
    }

    [AzuriteFact]
    public async Task A_customer_who_is_erased_between_read_and_write_stays_erased()
    {
        var erasure = new Erasure(Now, Now);
        QueuedEvent[] events = [Message("one", 1), Message("one", 2, "another")];
        AssertAll<DeliveryOutcome.Erased>(await ProjectAsync(events, new ConcurrentWrite(
            Requests.IsTransaction, () => CustomerRows().EraseAsync(EventFactory.ShopId, "one", erasure, default))));

        var conversations = await Table.RowsAsync("conversation_");
        Assert.Equal((2, 3), (conversations.Count(ConversationRow.IsTombstone), (await Table.RowsAsync()).Count));
    }

    [AzuriteFact]
    public async Task A_customer_who_exists_and_is_erased_between_read_and_write_stays_erased()
    {
        await Table.ProjectAsync(Message("one", 1, "earlier"));

        AssertAll<DeliveryOutcome.Erased>(await ProjectAsync([Message("one", 2)], new ConcurrentWrite(Requests.IsTransaction,
            () => CustomerRows().EraseAsync(EventFactory.ShopId, "one", new Erasure(Now, Now), default))));
    }

    [AzuriteFact]
    public async Task Erasing_a_customer_twice_keeps_the_later_moment()
    {
        foreach (var hours in new[] { 1, 3, 2 })
        {
            await CustomerRows().EraseAsync(
                EventFactory.ShopId, "one", new Erasure(Now.AddHours(hours), Now), default);
        }

        Assert.Equal(Now.AddHours(3), Assert.Single(await Table.RowsAsync("customer_")).GetDateTimeOffset("ErasedThrough"));
    }

    [AzuriteFact]
    public async Task An_event_at_the_erased_moment_is_erased_and_one_a_millisecond_later_stays()
    {
        var through = EventFactory.Start.AddSeconds(5);
        await CustomerRows().EraseAsync(EventFactory.ShopId, "one", new Erasure(through, Now), default);
        var later = EventFactory.Reply("c", 6, item =>
        {
            item["createdAt"] = EventTime.ToText(through.AddMilliseconds(1));
            item.Parent!["conversation"]!["customerId"] = "one";
        }).ToQueued();

        Assert.Equal(
            [new DeliveryOutcome.Erased(), new DeliveryOutcome.Projected()], await ProjectAsync([Message("one", 5), later]));

        var row = Assert.Single(await Table.RowsAsync("conversation_"));
        Assert.Equal((1, through), (row.GetInt32("Events"), row.GetDateTimeOffset("ErasedThrough")));
        Assert.Single(await Table.RowsAsync("timeline_"));
        // The eraser searches for events that are in no timeline before it removes the mark.
        Assert.True(row.GetBoolean("ErasureUnfinished"));
        var eraser = Table.Eraser();
        await eraser.FinishAsync(EventFactory.ShopId, eraser.Begin(), CancellationToken.None);
        Assert.False(Assert.Single(await Table.RowsAsync("conversation_")).ContainsKey("ErasureUnfinished"));
    }

    [AzuriteTheory]
    [InlineData("customer", true)]
    [InlineData("contact", true)]
    [InlineData("user", false)]
    public async Task An_event_also_belongs_to_its_actor_unless_the_actor_is_an_agent(string actorType, bool erased)
    {
        await CustomerRows().EraseAsync(EventFactory.ShopId, "actor", new Erasure(Now, Now), default);
        var e = EventFactory.Reply("c", 1, item =>
        {
            item["reference"]!["type"] = actorType;
            item["reference"]!["_id"] = "actor";
        }).ToQueued();

        Assert.Equal(erased, Assert.Single(await ProjectAsync([e])) is DeliveryOutcome.Erased);
        Assert.Equal(erased ? 0 : 1, (await Table.RowsAsync("timeline_")).Count);
    }

    [AzuriteTheory]
    [InlineData("conversation_")]
    [InlineData("customer_")]
    public async Task A_row_of_a_newer_version_is_retried_later_and_not_written_and_other_conversations_go_on(string prefix)
    {
        await Table.ProjectAsync(Message("one", 1));
        var row = Assert.Single(await Table.RowsAsync(prefix));
        var newer = new TableEntity(row.PartitionKey, row.RowKey) { ["SchemaVersion"] = RowValues.SchemaVersion + 1 };
        await Table.Client().UpsertEntityAsync(newer, TableUpdateMode.Merge);
        var before = await Table.RowsAsync(prefix);
        // A new conversation of the customer needs the customer's row; the known one does not.
        var blocked = prefix == "customer_" ? Message("one", 2, "new") : Message("one", 2);

        var outcomes = await ProjectAsync([blocked, Message("other", 1, "other")]);

        var reason = Assert.IsType<DeliveryOutcome.RetryLater>(outcomes[0]).Reason;
        Assert.Contains("Another version", reason, StringComparison.Ordinal);
        Assert.IsType<DeliveryOutcome.Projected>(outcomes[1]);
        Assert.Equal(before[0].ETag, (await Table.RowsAsync(prefix)).Single(now => now.RowKey == row.RowKey).ETag);
    }

    private CustomerRowEraser CustomerRows() => new(Table.Conversations());

    private async Task<(int Reads, int Transactions, int Rows)> CountAsync(Projector projector, QueuedEvent e)
    {
        Log.Clear();
        AssertAll<DeliveryOutcome.Projected>(await projector.ProjectAsync([e], CancellationToken.None));
        Assert.Equal(Log.PointReads + Log.Transactions, Log.Total);
        return (Log.PointReads, Log.Transactions, Log.TransactionRows);
    }

    private static QueuedEvent Message(string? customerId, int second, string conversationId = "c") =>
        EventFactory.Reply(conversationId, second, item =>
        {
            var conversation = item.Parent!["conversation"]!.AsObject();
            conversation.Remove("customerId");
            if (customerId is not null) conversation["customerId"] = customerId;
        }).ToQueued();
}
