using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>Closed conversations that are erased because of their age.</summary>
public sealed class RetentionErasureTests(AzuriteFixture azurite) : ErasingTests(azurite)
{
    [AzuriteFact]
    public async Task Retention_erases_closed_conversations_through_their_last_item_and_an_event_that_reopens_one_brings_it_back()
    {
        var (message, closed, open, recent) = (Reply("c", 1), Close("c", 2), Reply("open", 1), Close("recent", 3600));
        await Table.ProjectAsync(message, closed, open, recent);
        var request = new ErasureRequest.OfClosed(ShopId: null, EventFactory.Start.AddSeconds(60));

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 2 }, await EraseAsync(request));
        Assert.True((await EraseAsync(request)).IsEmpty);

        var later = Reply("c", 3);
        Assert.Equal([new DeliveryOutcome.Erased(), new DeliveryOutcome.Erased(), new DeliveryOutcome.Projected()],
            await ProjectAsync([message, closed, later]));
        Assert.Equal(3, (await Table.RowsAsync("timeline_")).Count);
        var row = Assert.Single(await Table.RowsAsync("conversation_c"));
        Assert.Equal((1, EventFactory.Start.AddSeconds(2)), (row.GetInt32("Events"), row.GetDateTimeOffset("ErasedThrough")));

        static QueuedEvent Close(string conversationId, int second) =>
            EventFactory.Make(EventNames.ConversationClosed, conversationId, second).ToQueued();
    }

    [AzuriteFact]
    public async Task Retention_does_not_erase_a_conversation_that_is_reopened_after_it_was_found()
    {
        await Table.ProjectAsync(EventFactory.Make(EventNames.ConversationClosed, "c", 1).ToQueued());
        var reopened = EventFactory.Make(EventNames.ConversationReopened, "c", 20).ToQueued();

        var receipt = await Table.Eraser(new ConcurrentWrite(Requests.IsTransaction, () => Table.ProjectAsync(reopened)))
            .EraseAsync(new ErasureRequest.OfClosed(Shop, EventFactory.Start.AddSeconds(10)), null, CancellationToken.None);

        Assert.True(receipt.IsEmpty);
        Assert.Equal(2, (await Table.RowsAsync("timeline_")).Count);
    }

    [AzuriteFact]
    public async Task The_next_run_finishes_a_killed_retention()
    {
        var request = new ErasureRequest.OfClosed(Shop, Now);
        for (var requests = 0; ; requests++)
        {
            await Table.ProjectAsync(EventFactory.Make(EventNames.ConversationClosed, $"c{requests}", 1).ToQueued());
            await KeepAsync($$$"""
                {"requestId":"r","eventName":"contact.updated","date":"2025-06-11T09:00:00Z",
                "payload":{"shopId":"shop","of":["c{{{requests}}}"]}}
                """);
            var kill = new KilledAfter(requests);
            try
            {
                await Table.Eraser(kill).EraseAsync(request, null, CancellationToken.None);
            }
            catch (StoreUnavailableException) when (kill.IsKilled)
            {
                // The eraser was killed, as intended.
            }

            await EraseAsync(request);

            Assert.Empty(await Table.RowsAsync("timeline_"));
            Assert.Empty(await Table.Unprojected().QueryAsync<TableEntity>().ToListAsync());
            Assert.DoesNotContain(await Table.RowsAsync("conversation_"), row => row.ContainsKey("ErasureUnfinished"));
            if (!kill.IsKilled) return;
        }
    }
}
