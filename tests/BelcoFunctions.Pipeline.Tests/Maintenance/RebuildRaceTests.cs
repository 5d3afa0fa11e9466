using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;

namespace BelcoFunctions.Pipeline.Tests.Maintenance;

/// <summary>A rebuild while others write.</summary>
[Collection(Azurite.Name)]
public sealed class RebuildRaceTests(AzuriteFixture azurite)
{
    private const string Conversation = "conversation-0";

    [AzuriteTheory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task An_event_that_arrives_before_the_row_is_replaced_is_not_lost(int times)
    {
        var (table, events) = (await TestTable.CreateAsync(azurite), EventFactory.Batch(10, conversations: 1));
        await table.ProjectAsync(events[..5]);
        await DamageAsync(table);
        var next = 5;
        var rebuilder = table.Rebuilder(
            new Interruption(Requests.IsTransaction, () => ProjectAndDamageAsync(table, events[next++]), times));

        Assert.Equal(new RebuildOutcome.Changed(), await RebuildAsync(rebuilder));

        await table.AssertHasExactlyAsync(events[..(5 + times)]);
    }

    [AzuriteFact]
    public async Task Five_lost_races_are_told()
    {
        var (table, events) = (await TestTable.CreateAsync(azurite), EventFactory.Batch(10, conversations: 1));
        await table.ProjectAsync(events[..5]);
        await DamageAsync(table);
        var (next, log) = (5, new RequestLog());
        var rebuilder = table.Rebuilder(
            log, new Interruption(Requests.IsTransaction, () => ProjectAndDamageAsync(table, events[next++]), times: 6));

        Assert.Equal(new RebuildOutcome.Failed("others kept writing it"), await RebuildAsync(rebuilder));

        Assert.Equal(5, log.Transactions);
        Assert.Equal(10, (await table.RowsAsync("timeline_")).Count);
    }

    [AzuriteFact]
    public async Task A_rebuild_beside_a_projector_loses_nothing()
    {
        var (table, events) = (await TestTable.CreateAsync(azurite), EventFactory.Batch(100, conversations: 2));
        await table.ProjectAsync(events[..10]);
        var projecting = Task.Run(async () =>
        {
            foreach (var e in events[10..]) Assert.Equal([new DeliveryOutcome.Applied()], await table.ProjectAsync(e));
        });

        while (!projecting.IsCompleted)
        {
            await DamageAsync(table);
            await RebuildAsync(table.Rebuilder());
        }

        await projecting;
        Assert.NotEqual(new RebuildOutcome.Failed("others kept writing it"), await RebuildAsync(table.Rebuilder()));
        await table.AssertHasExactlyAsync(events);
    }

    private static Task<RebuildOutcome> RebuildAsync(ConversationRebuilder rebuilder) =>
        rebuilder.RebuildAsync(EventFactory.ShopId, Conversation, dryRun: false, CancellationToken.None);

    private static async Task ProjectAndDamageAsync(TestTable table, QueuedEvent e)
    {
        await table.ProjectAsync(e);
        await DamageAsync(table);
    }

    private static async Task DamageAsync(TestTable table)
    {
        var row = new TableEntity(EventFactory.ShopId, "conversation_" + Conversation) { ["Channel"] = "wrong" };
        await table.Client().UpdateEntityAsync(row, Azure.ETag.All);
    }
}
