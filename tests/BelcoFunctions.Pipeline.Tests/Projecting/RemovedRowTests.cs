using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>Somebody removed a row by hand.</summary>
[Collection(Azurite.Name)]
public sealed class RemovedRowTests(AzuriteFixture azurite)
{
    [AzuriteFact]
    public async Task The_next_event_mends_the_list_from_which_a_row_was_removed()
    {
        var (table, log) = (await TestTable.CreateAsync(azurite), new RequestLog());
        var (first, second, other) = (Reply("c", 1), Reply("c", 2), Reply("other", 1));
        await table.ProjectAsync(first);
        await RemoveAsync(table, "recent_");

        Assert.Equal([new DeliveryOutcome.Applied(), new DeliveryOutcome.Applied()],
            await table.Projector(log).ProjectAsync([second, other], CancellationToken.None));

        Assert.Equal((2, 2), (log.PointReads, log.Transactions));
        await table.AssertHasExactlyAsync(first, second, other);
    }

    [AzuriteFact]
    public async Task An_older_event_mends_the_list_as_well()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (older, newer) = (Reply("c", 1), Reply("c", 2));
        await table.ProjectAsync(newer);
        await RemoveAsync(table, "recent_");

        await table.ProjectAsync(older);

        await table.AssertHasExactlyAsync(older, newer);
    }

    [AzuriteFact]
    public async Task A_duplicate_does_not_bring_back_a_removed_conversation_row()
    {
        var table = await TestTable.CreateAsync(azurite);
        var e = Reply("c", 1);
        await table.ProjectAsync(e);
        await RemoveAsync(table, "conversation_");

        Assert.Equal([new DeliveryOutcome.Duplicate()], await table.ProjectAsync(e));

        Assert.Empty(await table.RowsAsync("conversation_"));
    }

    [AzuriteFact]
    public async Task A_conversation_row_that_is_removed_between_reading_and_writing_starts_anew()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (first, second) = (Reply("c", 1), Reply("c", 2));
        await table.ProjectAsync(first);
        var projector = table.Projector(new Interruption(
            Requests.IsTransaction, () => RemoveAsync(table, "conversation_")));

        Assert.Equal([new DeliveryOutcome.Applied()], await projector.ProjectAsync([second], CancellationToken.None));

        Assert.Equal(1, Assert.Single(await table.RowsAsync("conversation_")).GetInt32("Events"));
        Assert.Equal(2, (await table.RowsAsync("timeline_")).Count);
    }

    private static QueuedEvent Reply(string conversationId, int second) => EventFactory.Reply(conversationId, second).ToQueued();

    private static async Task RemoveAsync(TestTable table, string prefix)
    {
        foreach (var row in await table.RowsAsync(prefix)) await table.Client().DeleteEntityAsync(row);
    }
}
