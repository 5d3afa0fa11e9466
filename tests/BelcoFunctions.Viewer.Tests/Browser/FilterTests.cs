using BelcoFunctions.Pipeline.Queries;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>The filters of the list, its numbers, and the list of conversations that wait for an answer.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FilterTests(BrowserFixture browser)
{
    // Two of three conversations are open, and no agent has answered.
    private const int Waiting = 40;

    [BrowserTheory]
    [InlineData("status=Closed", 20)]
    [InlineData("assignedTo=lovelace", 15)]
    [InlineData("assignedTo=Ada+L\u2026", 15)]
    [InlineData("assignedTo=agent-", 60)]
    [InlineData("customerId=zo\u00EB", 6)]
    [InlineData("customerId=customer-3", 6)]
    [InlineData("since=2026-03-02T09:50Z", 10)]
    [InlineData("until=2026-03-02T10:05&timeZone=Europe/Amsterdam", 5)]
    public async Task What_a_page_shows_may_be_typed_in_a_filter(string filter, int count)
    {
        await using var reader = await browser.OpenAsync(options => options.JavaScriptEnabled = false);
        await reader.Page.GotoAsync($"/conversations?shop={SampleShops.Busy}&{filter}");

        await Expect(reader.Page.Locator(".head .count")).ToHaveTextAsync($"{count} conversations");
        await Expect(reader.Page.Locator("a.row")).ToHaveCountAsync(Math.Min(count, 50));
    }

    [BrowserFact]
    public async Task A_value_that_no_conversation_has_is_said()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenListAsync(SampleShops.Busy);
        await reader.Page.GetByLabel("Assignee").FillAsync("Nobody");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();

        await Expect(reader.Page.Locator("p.empty")).ToHaveTextAsync(
            "No conversation matches. No conversation is assigned to nobody.");
        await Expect(reader.Page.GetByLabel("Assignee")).ToHaveValueAsync("Nobody");
    }

    [BrowserFact]
    public async Task A_date_is_a_date_of_the_reader()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenListAsync(SampleShops.Busy);
        await reader.Page.GetByLabel("Active since").FillAsync("2026-03-03");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();

        await Expect(reader.Page).ToHaveURLAsync(
            $"{browser.Address}conversations?shop=busy&timeZone=Europe%2FAmsterdam&since=2026-03-03");
        await Expect(reader.Page.Locator(".zone")).ToHaveTextAsync("Dates in Europe/Amsterdam");
        await Expect(reader.Page.Locator("p.empty")).ToHaveTextAsync(
            "No conversation matches. No conversation was last active in this time.");
    }

    [BrowserFact]
    public async Task A_wrong_date_is_an_error_on_the_page()
    {
        using var http = new HttpClient { BaseAddress = browser.Address };
        using var response = await http.GetAsync(
            new Uri($"conversations?shop={SampleShops.Busy}&until=monday", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("The date in Until is &quot;monday&quot;.", await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_shops_lead_to_the_conversations_that_wait_for_an_answer_the_longest_wait_first(bool hasScript)
    {
        await using var reader = await browser.OpenAsync(options => options.JavaScriptEnabled = hasScript);
        var page = reader.Page;
        await page.GotoAsync("/");
        var shop = page.Locator(".shops li", new() { HasText = SampleShops.Busy });
        await Expect(shop.Locator(".counts span")).ToHaveTextAsync($"{SampleShops.BusyConversations} conversations");
        await shop.GetByRole(AriaRole.Link, new() { Name = $"{Waiting} waiting for an answer" }).ClickAsync();

        await reader.ExpectPageAsync("Waiting for an answer");
        await Expect(page.Locator(".head .count")).ToHaveTextAsync($"{Waiting} conversations");
        await Expect(page.Locator("a.row")).ToHaveCountAsync(Waiting);
        await Expect(page.Locator("a.row").First).ToContainTextAsync("message 1");
        await Expect(page.Locator("a.row").First.Locator(".waiting")).ToContainTextAsync("d");
        await Expect(page.Locator("a.row").Last).ToContainTextAsync("message 59");

        // The list stays beside a conversation, and a filter narrows it.
        await page.GetByLabel("Channel").FillAsync("Email");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Expect(page.Locator("a.row")).ToHaveCountAsync(Waiting / 2);
        await page.Locator("a.row").First.ClickAsync();
        await Expect(page.Locator(".side a.row")).ToHaveCountAsync(Waiting / 2);
        await page.GetByRole(AriaRole.Link, new() { Name = "Change filter" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await Expect(page.Locator("a.row")).ToHaveCountAsync(Waiting);
        await page.GetByRole(AriaRole.Link, new() { Name = "All", Exact = true }).ClickAsync();
        await reader.ExpectPageAsync("Conversations");
    }

    [BrowserFact]
    public async Task A_list_of_a_report_shows_customer_last_message_and_assignee()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync(
            $"/report/conversations?shop={SampleShops.Busy}&since=2025-01-01&until=2026-12-31&figure=openAtEnd");
        var row = reader.Page.Locator(".groups-of-report tbody tr", new() { HasText = SampleShops.BusyId(37) });
        foreach (var text in (string[])[SampleNames.Customer, "message 37", "Open", "email", SampleNames.Agent])
        {
            await Expect(row).ToContainTextAsync(text);
        }
    }
}
