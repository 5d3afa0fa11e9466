using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Maintenance;

namespace BelcoFunctions.Pipeline.Tests.Maintenance;

/// <summary>A rebuild while events arrive.</summary>
public sealed class RebuildRaceTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const string Conversation = "conversation-0";

    [AzuriteTheory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task An_event_that_arrives_before_the_row_is_replaced_is_not_lost(int times)
    {
        var events = EventFactory.Batch(10, conversations: 1);

        Assert.Equal(new RebuildOutcome.Changed(), await RebuildWhileEventsArriveAsync(events, times));

        await Table.AssertHasExactlyAsync(events[..(5 + times)]);
    }

    [AzuriteFact]
    public async Task A_rebuild_that_lost_five_races_fails()
    {
        var outcome = await RebuildWhileEventsArriveAsync(EventFactory.Batch(10, conversations: 1), times: 6);

        Assert.Equal(new RebuildOutcome.Failed("others kept writing it"), outcome);
        Assert.Equal(5, Log.Transactions);
        Assert.Equal(10, (await Table.RowsAsync("timeline_")).Count);
    }

    [AzuriteFact]
    public async Task A_rebuild_beside_a_projector_loses_nothing()
    {
        var events = EventFactory.Batch(100, conversations: 2);
        await Table.ProjectAsync(events[..10]);
        var projecting = Task.Run(async () =>
        {
            foreach (var e in events[10..]) Assert.Equal([new DeliveryOutcome.Projected()], await Table.ProjectAsync(e));
        });

        while (!projecting.IsCompleted)
        {
            await DamageAsync();
            await RebuildAsync();
        }

        await projecting;
        Assert.NotEqual(new RebuildOutcome.Failed("others kept writing it"), await RebuildAsync());
        await Table.AssertHasExactlyAsync(events);
    }

    /// <summary>Five events exist. Another one arrives just before each of the first transactions of the rebuild.</summary>
    private async Task<RebuildOutcome> RebuildWhileEventsArriveAsync(QueuedEvent[] events, int times)
    {
        await Table.ProjectAsync(events[..5]);
        await DamageAsync();
        var next = 5;
        return await RebuildAsync(Log, new ConcurrentWrite(Requests.IsTransaction, async () =>
        {
            await Table.ProjectAsync(events[next++]);
            await DamageAsync();
        }, times));
    }

    private Task<RebuildOutcome> RebuildAsync(params Interceptor[] interceptors) => Table.Rebuilder(interceptors)
        .RebuildAsync(EventFactory.ShopId, Conversation, dryRun: false, CancellationToken.None);

    private Task DamageAsync() => Table.Client().UpdateEntityAsync(
        new TableEntity(EventFactory.ShopId, "conversation_" + Conversation) { ["Channel"] = "wrong" }, Azure.ETag.All);
}
