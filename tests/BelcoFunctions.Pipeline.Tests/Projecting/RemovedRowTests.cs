namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>An operator removed a row by hand.</summary>
public sealed class RemovedRowTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [AzuriteFact]
    public async Task The_next_event_puts_back_a_row_that_was_removed_from_the_list()
    {
        var (first, second, other) = (Reply("c", 1), Reply("c", 2), Reply("other", 1));
        await Table.ProjectAsync(first);
        await RemoveAsync("recent_");

        AssertAll<DeliveryOutcome.Projected>(await ProjectAsync([second, other]));

        // Two conversations, and the customer of the new one.
        Assert.Equal((3, 2), (Log.PointReads, Log.Transactions));
        await Table.AssertHasExactlyAsync(first, second, other);
    }

    [AzuriteFact]
    public async Task An_older_event_puts_back_a_removed_row_of_the_list_too()
    {
        var (older, newer) = (Reply("c", 1), Reply("c", 2));
        await Table.ProjectAsync(newer);
        await RemoveAsync("recent_");

        await Table.ProjectAsync(older);

        await Table.AssertHasExactlyAsync(older, newer);
    }

    [AzuriteFact]
    public async Task A_duplicate_does_not_bring_back_a_removed_conversation_row()
    {
        var e = Reply("c", 1);
        await Table.ProjectAsync(e);
        await RemoveAsync("conversation_");

        Assert.Equal([new DeliveryOutcome.Duplicate()], await Table.ProjectAsync(e));

        Assert.Empty(await Table.RowsAsync("conversation_"));
    }

    [AzuriteFact]
    public async Task A_conversation_row_that_is_removed_between_read_and_write_starts_anew()
    {
        await Table.ProjectAsync(Reply("c", 1));

        AssertAll<DeliveryOutcome.Projected>(await ProjectAsync(
            [Reply("c", 2)], new ConcurrentWrite(Requests.IsTransaction, () => RemoveAsync("conversation_"))));

        Assert.Equal(1, Assert.Single(await Table.RowsAsync("conversation_")).GetInt32("Events"));
        Assert.Equal(2, (await Table.RowsAsync("timeline_")).Count);
    }

    private async Task RemoveAsync(string prefix)
    {
        foreach (var row in await Table.RowsAsync(prefix)) await Table.Client().DeleteEntityAsync(row);
    }
}
