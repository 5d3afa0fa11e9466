using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Projecting;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>What Belco's API said of a conversation: written beside its items, and erased with them.</summary>
public sealed class ReadingTests(AzuriteFixture azurite) : ErasingTests(azurite)
{
    private static readonly DateTimeOffset ReadAt = EventFactory.Start.AddMinutes(30);

    private static readonly ConversationReading Reading = new()
    {
        Status = new("snoozed", ReadAt),
        AssignedTo = new(null, ReadAt),
        CustomerId = new("customer", ReadAt),
        CreatedAt = new(EventFactory.Start, ReadAt),
        Subject = new("A broken lamp", ReadAt),
    };

    [AzuriteFact]
    public async Task A_reading_counts_as_a_snapshot_of_its_moment()
    {
        await ImportAsync(1);

        var row = Assert.Single(await Table.RowsAsync("conversation_"));
        Assert.Equal(("snoozed", ReadAt, "snapshot", "A broken lamp"), (row.GetString("Status"),
            row.GetDateTimeOffset("StatusAsOf"), row.GetString("StatusSource"), row.GetString("Subject")));
        Assert.Null(row.GetString("AssignedTo"));
        Assert.Equal("A broken lamp", Assert.Single(await Table.RowsAsync("recent_")).GetString("Subject"));
        await AssertFoldsAsync();

        // A later event is newer.
        await Table.ProjectAsync(EventFactory.Make(EventNames.ConversationReopened, "c", 3600).ToQueued());
        Assert.Equal("open", Assert.Single(await Table.RowsAsync("conversation_")).GetString("Status"));
        await AssertFoldsAsync();
    }

    [AzuriteFact]
    public async Task A_later_reading_replaces_each_field_that_it_names()
    {
        await ImportAsync(1);
        var nextDay = ReadAt.AddDays(1);
        var later = new ConversationReading { Status = new("open", nextDay), AssignedTo = new("agent", nextDay) };

        var imported = await WriteAsync([], later);

        Assert.Null(imported.Error);
        var reading = await Table.Conversations().FindReadingAsync(Shop, "c", CancellationToken.None);
        Assert.Equal(Reading with { Status = later.Status, AssignedTo = later.AssignedTo }, reading);
        await AssertFoldsAsync();
        // An earlier one changes nothing.
        await WriteAsync([], Reading);
        Assert.Equal(reading, await Table.Conversations().FindReadingAsync(Shop, "c", CancellationToken.None));
    }

    // Another program may have put back a row that an erasure had deleted or changed.
    [AzuriteTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rebuild_erases_again_what_came_back_of_a_reading(bool hasLaterItem)
    {
        await ImportAsync(1);
        var reading = Assert.Single(await Table.RowsAsync("reading_"));
        if (hasLaterItem) await Table.ProjectAsync(Reply("c", 4_000));
        await EraseAsync(OneConversation);
        await Table.Client().UpsertEntityAsync(reading, TableUpdateMode.Replace);

        var outcome = await Table.Rebuilder().RebuildAsync(Shop, "c", dryRun: false, CancellationToken.None);

        Assert.Equal(new RebuildOutcome.Changed(), outcome);
        Assert.Equal(hasLaterItem ? 1 : 0, (await Table.RowsAsync("reading_")).Count);
        Assert.DoesNotContain(await Table.RowsAsync(),
            row => TestTable.ToText(row).Contains("A broken lamp", StringComparison.Ordinal));
    }

    [AzuriteFact]
    public async Task A_reading_is_not_written_without_an_item()
    {
        Assert.Null((await WriteAsync([], Reading)).Error);
        Assert.Empty(await Table.RowsAsync());

        await ImportAsync(1);
        await EraseAsync(OneConversation);
        Assert.Null((await WriteAsync([], Reading)).Error);
        Assert.Empty(await Table.RowsAsync("reading_"));
    }

    [AzuriteFact]
    public async Task Erasing_a_conversation_erases_its_reading()
    {
        await ImportAsync(1);

        await EraseAsync(OneConversation);

        Assert.Empty(await Table.RowsAsync("reading_"));
        Assert.True(ConversationRow.IsTombstone(Assert.Single(await Table.RowsAsync("conversation_"))));
        Assert.Equal([new DeliveryOutcome.Erased()], (await WriteAsync([1], Reading)).Items);
        Assert.Empty(await Table.RowsAsync("reading_"));
    }

    [AzuriteFact]
    public async Task The_subject_goes_when_a_part_of_the_conversation_is_erased_and_does_not_come_back()
    {
        await ImportAsync(1);
        await Table.ProjectAsync(Message("c", "customer", 4000));

        await EraseAsync(OneConversation);

        await AssertNoSubjectAsync();
        await WriteAsync([], Reading with { Subject = new("A broken lamp", ReadAt.AddDays(1)) });
        await AssertNoSubjectAsync();

        async Task AssertNoSubjectAsync()
        {
            Assert.Equal(1, Assert.Single(await Table.RowsAsync("conversation_")).GetInt32("Events"));
            Assert.All(await Table.RowsAsync(),
                row => Assert.DoesNotContain("lamp", TestTable.ToText(row), StringComparison.Ordinal));
            Assert.Equal("snoozed", Assert.Single(await Table.RowsAsync("reading_")).GetString("Status"));
            await AssertFoldsAsync();
        }
    }

    [AzuriteFact]
    public async Task A_conversation_that_only_its_reading_gives_a_customer_is_erased_with_the_customer()
    {
        await ImportAsync(1);
        // The two contacts were merged, so the conversation's row names the other one.
        await Table.ProjectAsync(Message("c", "merged", 4000));
        Assert.Equal("merged", Assert.Single(await Table.RowsAsync("conversation_")).GetString("CustomerId"));

        await EraseAsync(new ErasureRequest.OfCustomer(Shop, "customer", Now.AddHours(1)));

        Assert.Empty(await Table.RowsAsync("timeline_"));
        Assert.Empty(await Table.RowsAsync("reading_"));
    }

    [AzuriteFact]
    public async Task A_reading_that_names_an_erased_customer_erases_the_conversation()
    {
        await EraseAsync(new ErasureRequest.OfCustomer(Shop, "customer", Now));
        await WriteAsync([1], reading: null);
        Assert.Single(await Table.RowsAsync("timeline_"));

        await WriteAsync([], Reading);

        Assert.Empty(await Table.RowsAsync("timeline_"));
        Assert.Empty(await Table.RowsAsync("reading_"));
    }

    [AzuriteFact]
    public async Task A_damaged_reading_is_told_by_a_rebuild_and_goes_with_the_conversation()
    {
        await ImportAsync(1);
        await SetAsync("reading_c", "StatusReadAt", "yesterday");
        Assert.Equal("the row reading_c is damaged", Assert.IsType<RebuildOutcome.Failed>(await RebuildAsync()).Reason);

        await EraseAsync(OneConversation);

        Assert.Empty(await Table.RowsAsync("reading_"));
    }

    /// <summary>The rows give the conversation's row when they are folded again.</summary>
    private async Task AssertFoldsAsync() => Assert.IsType<RebuildOutcome.Unchanged>(await RebuildAsync());

    private Task<RebuildOutcome> RebuildAsync() =>
        Table.Rebuilder().RebuildAsync(Shop, "c", dryRun: false, CancellationToken.None);

    private Task ImportAsync(params int[] seconds) => WriteAsync(seconds, Reading);

    private Task<ItemImportOutcome> WriteAsync(int[] seconds, ConversationReading? reading) =>
        new ItemImport(Table.Storage(), Table.Payloads, new TimeWithoutWaiting()).WriteAsync(
            Shop, "c", [.. seconds.Select(Imported)], ReadAt, reading, CancellationToken.None);

    private static BelcoEvent Imported(int second) =>
        EventFactory.Reply("c", second, item => item["reference"] = null).AsImported();
}
