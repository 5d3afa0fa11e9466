using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Tests.Queries;

public sealed class ShopQueriesTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly string[] Shops = ["a", "a_b", "B/c", "..", new('x', 128), "🎉"];

    [AzuriteFact]
    public async Task Every_shop_is_found_once_whatever_its_id()
    {
        await FillAsync(conversationsEach: 1);

        var page = await new ShopQueries(Table.Conversations()).ListAsync(top: 50, after: null, CancellationToken.None);

        Assert.Equal(Shops.Order(StringComparer.Ordinal), page.Shops.Order(StringComparer.Ordinal));
        Assert.False(page.HasMore);
    }

    [AzuriteFact]
    public async Task Pages_follow_each_other()
    {
        await FillAsync(conversationsEach: 1);
        var (queries, found, after) = (new ShopQueries(Table.Conversations()), new List<string>(), (string?)null);
        for (var hasMore = true; hasMore; after = found[^1])
        {
            var page = await queries.ListAsync(top: 4, after, CancellationToken.None);
            found.AddRange(page.Shops);
            hasMore = page.HasMore;
        }

        Assert.Equal(Shops.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [AzuriteTheory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task A_shop_costs_one_request_however_many_rows_it_has(int conversationsEach)
    {
        await FillAsync(conversationsEach);
        var log = new RequestLog();

        await new ShopQueries(Table.Conversations(log)).ListAsync(top: 50, after: null, CancellationToken.None);

        // The last request finds no other shop.
        Assert.Equal((Shops.Length + 1, Shops.Length + 1), (log.Queries, log.Total));
    }

    [AzuriteFact]
    public async Task An_empty_table_has_no_shops()
    {
        var page = await new ShopQueries(Table.Conversations()).ListAsync(top: 50, after: null, CancellationToken.None);
        Assert.Empty(page.Shops);
        Assert.False(page.HasMore);
    }

    [AzuriteFact]
    public async Task A_shop_stays_listed_after_all_its_events_are_erased_and_shows_nothing()
    {
        await Table.ProjectAsync(Reply("c", 1));
        await Table.Eraser().EraseAsync(
            new ErasureRequest.OfConversation(EventFactory.ShopId, "c", EventFactory.Start.AddHours(1)),
            progress: null, CancellationToken.None);

        var page = await new ShopQueries(Table.Conversations()).ListAsync(top: 50, after: null, CancellationToken.None);

        Assert.Equal([EventFactory.ShopId], page.Shops);
        var newest = PageRequest.OfConversations(top: 50, continuationToken: null);
        Assert.Empty((await new ConversationQueries(Table.Conversations()).ListAsync(
            EventFactory.ShopId, new ConversationFilter(), newest!, CancellationToken.None)).Rows);
    }

    [AzuriteFact]
    public async Task A_shop_in_which_only_a_customer_was_erased_is_none_until_an_event_arrives()
    {
        await FillAsync(conversationsEach: 1);
        var queries = new ShopQueries(Table.Conversations());
        await Table.Eraser().EraseAsync(
            new ErasureRequest.OfCustomer("typo", "nobody", EventFactory.Start), progress: null, CancellationToken.None);

        var page = await queries.ListAsync(Shops.Length, after: null, CancellationToken.None);
        Assert.DoesNotContain("typo", page.Shops);
        Assert.False(page.HasMore);
        Assert.False(await queries.ExistsAsync("typo", CancellationToken.None));

        await Table.ProjectAsync(InShop("typo", EventFactory.Reply("conversation", 1)).ToQueued());
        Assert.Contains("typo", (await queries.ListAsync(top: 50, after: null, CancellationToken.None)).Shops);
        Assert.True(await queries.ExistsAsync("typo", CancellationToken.None));
    }

    // Erasing a customer without events leaves such a row.
    [AzuriteFact]
    public async Task A_row_is_skipped_if_neither_it_nor_its_key_names_the_shop()
    {
        await FillAsync(conversationsEach: 1);
        foreach (var shop in (string[])[new('y', 200), "a"])
        {
            await Table.Eraser().EraseAsync(
                new ErasureRequest.OfCustomer(shop, "nobody", EventFactory.Start), progress: null, CancellationToken.None);
        }

        var page = await new ShopQueries(Table.Conversations()).ListAsync(top: 50, after: null, CancellationToken.None);

        Assert.Equal(Shops.Order(StringComparer.Ordinal), page.Shops.Order(StringComparer.Ordinal));
    }

    private async Task FillAsync(int conversationsEach)
    {
        foreach (var shop in Shops)
        {
            AssertAll<DeliveryOutcome.Projected>(await Table.ProjectAsync([.. Enumerable.Range(0, conversationsEach).Select(
                number => InShop(shop, EventFactory.Reply($"conversation-{number}", number)).ToQueued())]));
        }
    }

    private static byte[] InShop(string shopId, byte[] body)
    {
        var e = JsonNode.Parse(body)!;
        e["payload"]!["shopId"] = shopId;
        return e.ToUtf8();
    }
}
