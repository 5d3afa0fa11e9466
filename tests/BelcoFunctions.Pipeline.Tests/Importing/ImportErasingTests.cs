using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Pipeline.Tests.Importing;

/// <summary>Erased stays erased, and what retention would erase is not imported.</summary>
public sealed class ImportErasingTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const int Days = 30;

    private static readonly DateTimeOffset Now = EventTime.ToMillisecond(DateTimeOffset.UtcNow);

    private ImportedShop Shop => field ??= new ImportedShop(Table);

    [AzuriteFact]
    public async Task An_erased_conversation_stays_erased_and_is_not_read_again()
    {
        Shop.Add("c").Add(BelcoItem.Note("n", Second(2), "N"));
        await Shop.CompleteAsync();
        await EraseAsync(new ErasureRequest.OfConversation(EventFactory.ShopId, "c", Now));
        Shop.Api.Clear();

        var receipt = await Shop.CompleteAsync();

        Assert.Empty(Shop.Api.Read);
        Assert.Equal(1, receipt.CompleteBefore);
        await AssertErasedAsync();
    }

    [AzuriteFact]
    public async Task A_tombstone_that_covers_the_last_item_is_read_once()
    {
        await Table.ProjectAsync(Reply("c", 10));
        await EraseAsync(new ErasureRequest.OfConversation(EventFactory.ShopId, "c", Now));
        Shop.Add("c");

        var first = await Shop.CompleteAsync();
        var second = await Shop.CompleteAsync();

        Assert.Equal((1, new ItemCounts(Erased: 1)), (first.Read, first.Items));
        Assert.Equal((0, 1), (second.Read, second.CompleteBefore));
        await AssertErasedAsync();
    }

    [AzuriteFact]
    public async Task A_later_item_is_read_and_written_and_what_was_erased_is_not()
    {
        Shop.Add("c", Now.AddDays(-2));
        await Shop.CompleteAsync();
        await EraseAsync(new ErasureRequest.OfConversation(EventFactory.ShopId, "c", Now));
        // What is erased reaches to the second in which it was asked for.
        Shop.Account.Conversations.AddItem("c", BelcoItem.CustomerMessage("later", Now.AddMinutes(1), "Hello again"));

        var receipt = await Shop.CompleteAsync();

        Assert.Equal(new ItemCounts(Added: 1, Erased: 1), receipt.Items);
        Assert.Equal("later", Assert.Single(await Table.RowsAsync("timeline_"))["ItemId"]);
    }

    [AzuriteFact]
    public async Task An_item_that_was_written_after_an_erasure_is_written_though_the_clock_of_the_import_is_slow()
    {
        await EraseAsync(new ErasureRequest.OfCustomer(EventFactory.ShopId, "customer-1", Now));
        Shop.Add("later", Now.AddMinutes(1));
        Shop.Api.Behind = TimeSpan.FromHours(1);

        var receipt = await Shop.CompleteAsync();

        Assert.Equal(new ItemCounts(Added: 1), receipt.Items);
        Assert.Equal("later-1", Assert.Single(await Table.RowsAsync("timeline_"))["ItemId"]);
    }

    [AzuriteFact]
    public async Task History_of_an_erased_customer_is_not_written_whoever_of_item_and_conversation_names_them()
    {
        await EraseAsync(new ErasureRequest.OfCustomer(EventFactory.ShopId, "customer-1", Now));
        Shop.Add("actor").Fields["customerId"] = "customer-2";
        var named = BelcoConversation.Create("named", EventFactory.ShopId, Second(0));
        Shop.Account.Conversations.Add(named.Add(BelcoItem.AgentMessage("m", Second(1), "Hello")));

        var receipt = await Shop.CompleteAsync();

        Assert.Equal(new ItemCounts(Erased: 2), receipt.Items);
        await AssertErasedAsync();
    }

    [AzuriteFact]
    public async Task A_conversation_that_retention_would_erase_is_only_remembered_until_it_changes()
    {
        Shop.Retention = new RetentionSettings(Days);
        Shop.Add("old").Add(BelcoItem.Close("old-2", Second(2)));
        Shop.Add("open");
        Shop.Add("recent", Now.AddDays(-1)).Add(BelcoItem.Close("recent-2", Now.AddDays(-1).AddSeconds(2)));

        var first = await Shop.CompleteAsync();

        Assert.Equal(new ItemCounts(Added: 3, PastRetention: 2), first.Items);
        Assert.Equal([], await Table.RowsAsync("conversation_old"));
        Assert.Equal(["ConversationId", "ListedHash", "PastRetentionDays", "ReadAt", "SchemaVersion", "ShopId"],
            Assert.Single(await Table.RowsAsync("listed_old")).Keys.Where(name => char.IsUpper(name[0]))
                .Except(["PartitionKey", "RowKey", "Timestamp"]).Order());

        Shop.Api.Clear();
        await Shop.CompleteAsync();
        Assert.Empty(Shop.Api.Read);

        Shop.Account.Conversations.AddItem("old", BelcoItem.CustomerMessage("old-3", Now.AddDays(-1), "One more question"));
        Shop.Account.Conversations.AddItem("old", BelcoItem.Open("old-4", Now.AddDays(-1).AddSeconds(1)));
        Assert.Equal(new ItemCounts(Added: 4), (await Shop.CompleteAsync()).Items);
    }

    [AzuriteTheory]
    [InlineData(Days - 1, false)]
    [InlineData(Days, false)]
    [InlineData(Days + 1, true)]
    [InlineData(null, true)]
    public async Task A_conversation_that_retention_left_out_is_read_again_when_retention_is_longer_or_off(int? days, bool isRead)
    {
        Shop.Retention = new RetentionSettings(Days);
        Shop.Add("old", Now.AddDays(-Days).AddHours(-1)).Add(BelcoItem.Close("old-2", Now.AddDays(-Days).AddMinutes(-1)));
        await Shop.CompleteAsync();
        Shop.Api.Clear();
        Shop.Retention = new RetentionSettings(days);

        var receipt = await Shop.CompleteAsync();

        Assert.Equal(isRead ? ["old"] : [], Shop.Api.Read);
        Assert.Equal(isRead ? new ItemCounts(Added: 2) : default, receipt.Items);
        Assert.Equal(isRead ? null : Days, Assert.Single(await Table.RowsAsync("listed_old")).GetInt32("PastRetentionDays"));
    }

    [AzuriteFact]
    public async Task A_conversation_of_the_archive_learns_that_it_is_closed_so_that_retention_erases_it()
    {
        Shop.Retention = new RetentionSettings(Days);
        await Table.ProjectAsync(Reply("c", 10));
        Shop.Add("c").Add(BelcoItem.Close("closed", Second(20)));

        Assert.Equal(new ItemCounts(Added: 2), (await Shop.CompleteAsync()).Items);

        Assert.Equal("closed", (await Table.RowsAsync("conversation_c"))[0]["Status"]);
    }

    [AzuriteFact]
    public async Task Who_is_erased_while_they_are_imported_stays_erased()
    {
        Shop.Add("c", Now.AddDays(-2));
        Shop.Api.Asked = path => path == "conversations/c/items"
            ? EraseAsync(new ErasureRequest.OfConversation(EventFactory.ShopId, "c", Now)) : Task.CompletedTask;

        await Shop.CompleteAsync();

        await AssertErasedAsync();
    }

    private async Task AssertErasedAsync()
    {
        Assert.Equal([], await Table.RowsAsync("timeline_"));
        Assert.Equal([], await Table.RowsAsync("recent_"));
        Assert.Equal([], await Table.RowsAsync("reading_"));
        Assert.All(await Table.RowsAsync("conversation_"), row => Assert.True(ConversationRow.IsTombstone(row)));
    }

    private Task EraseAsync(ErasureRequest request) => Table.Eraser().EraseAsync(request, null, CancellationToken.None);

    private static DateTimeOffset Second(int second) => ImportedShop.Start.AddSeconds(second);
}
