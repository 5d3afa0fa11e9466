using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Tests.Generated;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using CsCheck;

namespace BelcoFunctions.Pipeline.Tests.Maintenance;

/// <summary>Conversations folded again from their timeline rows.</summary>
[Collection(Azurite.Name)]
public sealed class RebuildTests(AzuriteFixture azurite)
{
    private static readonly RebuildOutcome Changed = new RebuildOutcome.Changed();
    private static readonly RebuildOutcome Unchanged = new RebuildOutcome.Unchanged();

    [AzuriteFact]
    public async Task After_any_history_it_changes_nothing() => await Histories.Delivered.SampleAsync(async delivered =>
    {
        var table = await TestTable.CreateAsync(azurite);
        foreach (var batch in delivered.Batches) await table.ProjectAsync([.. batch.Select(e => e.ToUtf8().ToQueued())]);
        var before = await ETagsAsync(table);

        Assert.All(await RebuildAsync(table), outcome => Assert.Equal(Unchanged, outcome));

        Assert.Equal(before, await ETagsAsync(table));
    }, iter: 10, threads: 1);

    [AzuriteTheory]
    [InlineData("conversation_", "Status", "wrong")]
    [InlineData("conversation_", "StatusSource", "wrong")]
    [InlineData("conversation_", "Events", 17)]
    [InlineData("conversation_", "LastItemVersion", "wrong")]
    [InlineData("conversation_", "StatusVersion", "no time event no date r i")]
    [InlineData("conversation_", "StatusVersion", "long-ago event never r i")]
    [InlineData("conversation_", "NoLongerKnown", "left by another version")]
    [InlineData("recent_", "Status", "wrong")]
    [InlineData("recent_", "AssignedTo", null)]
    public async Task A_damaged_row_is_mended(string row, string column, object? value)
    {
        var (table, events) = (await TestTable.CreateAsync(azurite), EventFactory.Batch(10, conversations: 2));
        await table.ProjectAsync(events);
        var damaged = (await table.RowsAsync(row))[0];
        damaged[column] = value;
        if (value is null) damaged.Remove(column);
        await table.Client().UpdateEntityAsync(damaged, damaged.ETag, TableUpdateMode.Replace);

        Assert.Equal([Changed, Unchanged], (await RebuildAsync(table)).OrderBy(outcome => outcome is RebuildOutcome.Unchanged));

        await table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task A_row_that_the_list_has_lost_is_put_back()
    {
        var (table, events) = (await TestTable.CreateAsync(azurite), EventFactory.Batch(10, conversations: 2));
        await table.ProjectAsync(events);
        await table.Client().DeleteEntityAsync((await table.RowsAsync("recent_"))[0]);

        Assert.Contains(Changed, await RebuildAsync(table));

        await table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task A_row_that_stands_at_a_wrong_place_in_the_list_is_moved()
    {
        var (table, events) = (await TestTable.CreateAsync(azurite), EventFactory.Batch(5, conversations: 1));
        await table.ProjectAsync(events[..4]);
        var (conversation, recent) = ((await table.RowsAsync("conversation_"))[0], (await table.RowsAsync("recent_"))[0]);
        await table.ProjectAsync(events[4]);
        await table.Client().UpsertEntityAsync(conversation, TableUpdateMode.Replace);
        await table.Client().DeleteEntityAsync((await table.RowsAsync("recent_"))[0]);
        await table.Client().UpsertEntityAsync(recent);

        Assert.Equal([Changed], await RebuildAsync(table));

        await table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task A_dry_run_tells_the_same_and_writes_nothing()
    {
        var (table, events) = (await TestTable.CreateAsync(azurite), EventFactory.Batch(10, conversations: 2));
        await table.ProjectAsync(events);
        var damaged = (await table.RowsAsync("conversation_"))[0];
        damaged["Status"] = "wrong";
        await table.Client().UpdateEntityAsync(damaged, damaged.ETag, TableUpdateMode.Replace);
        var before = await ETagsAsync(table);

        Assert.Contains(Changed, await RebuildAsync(table, dryRun: true));

        Assert.Equal(before, await ETagsAsync(table));
    }

    [AzuriteFact]
    public async Task One_shop_may_be_rebuilt_alone()
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.ProjectAsync(EventFactory.Batch(10, conversations: 2));

        Assert.Equal(2, await table.Rebuilder().ListAsync(EventFactory.ShopId, CancellationToken.None).CountAsync());
        Assert.Empty(await table.Rebuilder().ListAsync("another", CancellationToken.None).ToListAsync());
    }

    [AzuriteFact]
    public async Task A_missing_blob_is_told_and_leaves_the_rows_alone()
    {
        var table = await TestTable.CreateAsync(azurite);
        var small = EventFactory.Reply("c", 1).ToQueued();
        var large = EventFactory.Reply("c", 2).ToQueued();
        large = large with { PayloadBlob = await table.Payloads.PutAsync(large.Body, CancellationToken.None), Body = default };
        await table.ProjectAsync(small, large);
        Assert.Equal([Unchanged], await RebuildAsync(table));
        var before = await ETagsAsync(table);
        await table.Container().DeleteBlobAsync(large.PayloadBlob);

        Assert.Equal([new RebuildOutcome.Failed($"the blob {large.PayloadBlob} is missing")], await RebuildAsync(table));

        Assert.Equal(before, await ETagsAsync(table));
    }

    private static async Task<List<RebuildOutcome>> RebuildAsync(TestTable table, bool dryRun = false)
    {
        var rebuilder = table.Rebuilder();
        return await rebuilder.ListAsync(shopId: null, CancellationToken.None)
            .Select(async (conversation, _, token) =>
                await rebuilder.RebuildAsync(conversation.ShopId, conversation.ConversationId, dryRun, token))
            .ToListAsync();
    }

    private static async Task<List<string>> ETagsAsync(TestTable table) =>
        [.. (await table.RowsAsync()).Select(row => $"{row.PartitionKey} {row.RowKey} {row.ETag}")];
}
