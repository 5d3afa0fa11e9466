namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>The requests of a page to the table service, as <c>belco serve</c> counts them.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RequestCountTests(BrowserFixture browser)
{
    [BrowserFact]
    public async Task A_page_costs_as_many_requests_in_a_busy_shop_as_in_a_small_one()
    {
        foreach (var (shop, conversation) in new[]
        {
            (SampleShops.Samples, PayloadFiles.ConversationId), (SampleShops.Busy, SampleShops.BusyId(30)),
        })
        {
            // Read the names, which are then remembered for a minute.
            await CountAsync(Reader.Shop(shop).OfConversation(conversation));
            // The list and its number.
            Assert.Equal(2, await CountAsync(Reader.Shop(shop).List));
            Assert.Equal(2, await CountAsync(Reader.Shop(shop).Filtered(new(Status: "open"))));
            // The list beside it, its row, and its timeline.
            Assert.Equal(3, await CountAsync(Reader.Shop(shop).OfConversation(conversation)));
        }
    }

    [BrowserFact]
    public async Task A_report_costs_a_request_for_the_rows_and_one_for_each_active_timeline_or_one_for_all()
    {
        Assert.Equal(1, await CountAsync(ListAddress.Report(SampleShops.Busy)));
        Assert.Equal(2, await CountAsync(ListAddress.Report(SampleShops.Samples) + "&since=2025-01-01"));
        Assert.Equal(2, await CountAsync(ListAddress.Report(SampleShops.Busy) + "&since=2025-01-01"));
        var byAgent = ListAddress.Report(SampleShops.Busy) + "&since=2025-01-01&by=agent";
        await CountAsync(byAgent);
        Assert.Equal(2, await CountAsync(byAgent));
    }

    [BrowserFact]
    public async Task A_search_costs_a_request_for_each_conversation_and_one_more_for_each_that_it_finds()
    {
        // Read the names, which are then remembered for a minute.
        await CountAsync(new SearchAddress(SampleShops.Busy, "message", null).Value);
        Assert.Equal(62, await CountAsync(new SearchAddress(SampleShops.Busy, "nowhere", null).Value));
        Assert.Equal(63, await CountAsync(new SearchAddress(SampleShops.Busy, "message 57", null).Value));
    }

    [BrowserFact]
    public async Task The_list_of_shops_costs_two_requests_for_each_shop_and_one_more() => Assert.Equal(7, await CountAsync("/"));

    [BrowserFact]
    public async Task Completeness_costs_one_request_more_for_each_shop()
    {
        Assert.Equal(7, await CountAsync(ListAddress.CompletenessPath));
        Assert.Equal(1, await CountAsync(ListAddress.Completeness(SampleShops.Busy)));
    }

    [BrowserFact]
    public async Task Dead_letters_cost_no_storage_request_and_unprojected_events_one_for_each_thousand()
    {
        Assert.Equal(0, await CountAsync(DeadLetterAddress.Overview));
        Assert.Equal(1, await CountAsync(UnprojectedAddress.Overview));
        Assert.Equal(1, await CountAsync(UnprojectedAddress.Group("contact.created", "events of this name are not projected.")));
    }

    // The lesser of two counts: the minute for which names are remembered may end just before one of them.
    private async Task<int> CountAsync(string address)
    {
        using var http = new HttpClient { BaseAddress = browser.Address };
        return Math.Min(await CountAsync(http, address), await CountAsync(http, address));
    }

    internal static async Task<int> CountAsync(HttpClient http, string address)
    {
        var before = await ReadCounterAsync(http);
        using var page = await http.GetAsync(new Uri(address, UriKind.Relative));
        page.EnsureSuccessStatusCode();
        return await ReadCounterAsync(http) - before;
    }

    private static async Task<int> ReadCounterAsync(HttpClient http)
    {
        var status = JsonNode.Parse(await http.GetStringAsync(new Uri(ServeStatus.Path, UriKind.Relative)))!;
        return status["counters"]!.AsArray()
            .Where(counter => (string)counter!["counter"]! == "belco.table.requests").Sum(counter => (int)counter!["count"]!);
    }
}
