using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Testing.Generated;
using CsCheck;

namespace BelcoFunctions.Pipeline.Tests.Maintenance;

public sealed class RebuildTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly RebuildOutcome Changed = new RebuildOutcome.Changed();
    private static readonly RebuildOutcome Unchanged = new RebuildOutcome.Unchanged();

    [AzuriteFact]
    public async Task After_any_history_a_rebuild_changes_nothing() => await Histories.Delivered.SampleAsync(async delivered =>
    {
        var table = await CreateTableAsync();
        foreach (var batch in delivered.Batches) await table.ProjectAsync([.. batch.Select(e => e.ToUtf8().ToQueued())]);
        var before = await ETagsAsync(table);

        Assert.All(await RebuildAsync(table), outcome => Assert.Equal(Unchanged, outcome));

        Assert.Equal(before, await ETagsAsync(table));
    }, iter: 10, threads: 1);

    [AzuriteTheory]
    [InlineData("conversation_", "Status", "wrong")]
    [InlineData("conversation_", "StatusSource", "wrong")]
    [InlineData("conversation_", "Events", 17)]
    [InlineData("conversation_", "Events", "seven")]
    [InlineData("conversation_", "ConversationId", 7)]
    [InlineData("conversation_", "LastItemAt", "yesterday")]
    [InlineData("conversation_", "LastItemVersion", "wrong")]
    [InlineData("conversation_", "StatusVersion", "no time event no date r i")]
    [InlineData("conversation_", "StatusVersion", "long-ago event never r i")]
    [InlineData("conversation_", "NoLongerKnown", "left by another version")]
    [InlineData("recent_", "Status", "wrong")]
    [InlineData("recent_", "AssignedTo", null)]
    public async Task A_damaged_row_is_repaired_and_a_dry_run_only_finds_it(string row, string column, object? value)
    {
        var events = EventFactory.Batch(10, conversations: 2);
        await Table.ProjectAsync(events);
        var damaged = (await Table.RowsAsync(row))[0];
        damaged[column] = value;
        if (value is null) damaged.Remove(column);
        await Table.Client().UpdateEntityAsync(damaged, damaged.ETag, TableUpdateMode.Replace);
        var before = await ETagsAsync(Table);

        Assert.Equal([Changed, Unchanged], await RebuildAsync(Table, dryRun: true));
        Assert.Equal(before, await ETagsAsync(Table));

        Assert.Equal([Changed, Unchanged], await RebuildAsync(Table));
        await Table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task A_missing_row_of_the_list_is_put_back()
    {
        var events = EventFactory.Batch(10, conversations: 2);
        await Table.ProjectAsync(events);
        await Table.Client().DeleteEntityAsync((await Table.RowsAsync("recent_"))[0]);

        Assert.Contains(Changed, await RebuildAsync(Table));

        await Table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task A_missing_row_is_told_and_not_put_back()
    {
        var events = EventFactory.Batch(10, conversations: 1);
        await Table.ProjectAsync(events);
        await Table.Client().DeleteEntityAsync(Assert.Single(await Table.RowsAsync("conversation_")));

        Assert.Equal(new RebuildOutcome.Failed("its row is gone"), await Table.Rebuilder().RebuildAsync(
            EventFactory.ShopId, "conversation-0", dryRun: false, CancellationToken.None));

        Assert.Empty(await Table.RowsAsync("conversation_"));
    }

    [AzuriteFact]
    public async Task A_row_at_the_wrong_place_in_the_list_is_moved()
    {
        var events = EventFactory.Batch(5, conversations: 1);
        await Table.ProjectAsync(events[..4]);
        var (conversation, recent) = ((await Table.RowsAsync("conversation_"))[0], (await Table.RowsAsync("recent_"))[0]);
        await Table.ProjectAsync(events[4]);
        await Table.Client().UpsertEntityAsync(conversation, TableUpdateMode.Replace);
        await Table.Client().DeleteEntityAsync((await Table.RowsAsync("recent_"))[0]);
        await Table.Client().UpsertEntityAsync(recent);

        Assert.Equal([Changed], await RebuildAsync(Table));

        await Table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task One_shop_can_be_rebuilt_alone()
    {
        await Table.ProjectAsync(EventFactory.Batch(10, conversations: 2));

        Assert.Equal(2, await Table.Rebuilder().ListAsync(EventFactory.ShopId, CancellationToken.None).CountAsync());
        Assert.Empty(await Table.Rebuilder().ListAsync("another", CancellationToken.None).ToListAsync());
    }

    [AzuriteFact]
    public async Task A_missing_blob_fails_the_rebuild_and_leaves_the_rows_as_they_are()
    {
        var large = await ReceiveAsync(EventFactory.ReplyOfSize(200_000));
        await Table.ProjectAsync(Reply("c", 2), large);
        Assert.Equal([Unchanged], await RebuildAsync(Table));
        await Table.Container().DeleteBlobAsync(large.PayloadBlob);

        await ShouldFailAsync($"the blob {large.PayloadBlob} is missing");
    }

    [AzuriteFact]
    public async Task A_conversation_without_a_timeline_fails_the_rebuild_and_stays_as_it_is()
    {
        await Table.ProjectAsync(Reply("c", 1));
        await Table.Client().DeleteEntityAsync(Assert.Single(await Table.RowsAsync("timeline_")));

        await ShouldFailAsync("it has no timeline");
    }

    [AzuriteTheory]
    [InlineData("conversation_", "LastItemVersion", 7)]
    [InlineData("conversation_", "ErasedThrough", "yesterday")]
    [InlineData("conversation_", "SchemaVersion", "two")]
    [InlineData("timeline_", "RawBlob", 7)]
    public async Task A_row_that_cannot_be_repaired_fails_and_the_others_are_rebuilt(string row, string column, object value)
    {
        await Table.ProjectAsync(EventFactory.Batch(10, conversations: 2));
        var (damaged, wrong) = ((await Table.RowsAsync(row))[0], (await Table.RowsAsync("conversation_"))[1]);
        (damaged[column], wrong["Channel"]) = (value, "wrong");
        foreach (var changed in new[] { damaged, wrong })
        {
            await Table.Client().UpdateEntityAsync(changed, changed.ETag, TableUpdateMode.Replace);
        }

        var outcomes = await RebuildAsync(Table);

        Assert.Contains("damaged", Assert.Single(outcomes.OfType<RebuildOutcome.Failed>()).Reason, StringComparison.Ordinal);
        Assert.Single(outcomes.OfType<RebuildOutcome.Changed>());
    }

    private async Task ShouldFailAsync(string reason)
    {
        var before = await ETagsAsync(Table);
        Assert.Equal([new RebuildOutcome.Failed(reason)], await RebuildAsync(Table));
        Assert.Equal(before, await ETagsAsync(Table));
    }

    /// <summary>The outcomes, beginning with the conversations that a rebuild changes.</summary>
    private static async Task<IReadOnlyList<RebuildOutcome>> RebuildAsync(TestTable table, bool dryRun = false)
    {
        var rebuilder = table.Rebuilder();
        return await rebuilder.ListAsync(shopId: null, CancellationToken.None)
            .Select(async (conversation, _, token) =>
                await rebuilder.RebuildAsync(conversation.ShopId, conversation.ConversationId, dryRun, token))
            .OrderBy(outcome => outcome is RebuildOutcome.Unchanged)
            .ToListAsync();
    }

    private static async Task<List<string>> ETagsAsync(TestTable table) =>
        [.. (await table.RowsAsync()).Select(row => $"{row.PartitionKey} {row.RowKey} {row.ETag}")];
}
